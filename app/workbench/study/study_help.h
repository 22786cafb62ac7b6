// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hilo {

/// What F1 says of the page Study; rich text, a screenful.
QString studyHelp();

} // namespace hilo
