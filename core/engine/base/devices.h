// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hilo {

/// "cuda:0" and so on, one for every GPU that this build can use here, or "cpu" where there is none: what a worker
/// serves unless it is told.
std::vector<std::string> ownDevices();

} // namespace hilo
