// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

namespace hilo {

/// 95 % interval of a share (Wilson 1927): correct of total.
std::pair<double, double> wilsonInterval(double correct, double total);

} // namespace hilo
