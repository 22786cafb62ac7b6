// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "formats/model_config.h"

#include <string>

namespace hilo {

/// The map as an SVG drawing: a row a layer, a column a module; in each cell a bar for every expert, as high as its
/// rank.
std::string mapPicture(const AllocationMap& map, const ModelConfig& model);

} // namespace hilo
