// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/map_timeline.h"

#include <string>

namespace hilo {

/// How the ranks of every module go over the steps: a row a layer, a column a module that any of the maps adapts, in
/// each cell the sum of ranks as a line of steps, all on one scale; below the number of ranks of the whole map. A
/// marker stands where an expert has come or gone. lastStep: where the drawing ends.
std::string timelineSvg(const MapTimeline& timeline, std::int64_t lastStep);

} // namespace hilo
