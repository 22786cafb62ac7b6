// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hilo {

/// The allocation page's F1 text: the page, then a paragraph for each strategy with its source.
QString allocationHelp();

} // namespace hilo
