// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hilo {

/// What F1 says on the page Compare.
QString compareHelp();

} // namespace hilo
