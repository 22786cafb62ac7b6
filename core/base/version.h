// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo {

/// Of this program, as CMakeLists.txt has it: "0.2.0".
std::string programVersion();

} // namespace hilo
