// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/peculiarities.h"

#include <QString>

namespace hilo {

/// What sets a model apart, a paragraph of rich text each, in the language of the interface; empty where there is
/// nothing.
QString peculiarityParagraphs(const std::vector<Peculiarity>& peculiarities);

} // namespace hilo
