// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/module_grid.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// The linear modules of one layer in the order of the forward pass; their columns are not filled in. What families
/// call them and how wide they are is told here and nowhere else.
std::vector<ModuleShape> layerModules(const ModelConfig& config, std::int64_t layer);

} // namespace hilo
