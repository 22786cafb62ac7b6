// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/map_timeline.h"

#include <string>

namespace hilo {

/// How a run's map has moved, as an animated SVG (SMIL): a row a layer, a column a module that any of the maps adapts,
/// in each cell a bar for every expert as high as its rank. Every moment of the timeline is shown for a second, the
/// last one longer, again and again; what has changed at it has a frame, green where ranks came, red where they went.
/// Viewers that know no animation show the first map. A timeline that has not moved is a still drawing.
std::string timelineAnimation(const MapTimeline& timeline);

} // namespace hilo
