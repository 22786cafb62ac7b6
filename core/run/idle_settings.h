// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <string>
#include <vector>

namespace hilo {

/// Settings of a run that were chosen (they differ from their defaults) and that nothing in it reads, each as a
/// sentence that says why: a router's settings where the map has no router, a temperature of another mixing. A map
/// without experts is one of them.
std::vector<std::string> idleSettings(const RunSpec& spec);

} // namespace hilo
