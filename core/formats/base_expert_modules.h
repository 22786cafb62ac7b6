// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/module_grid.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Their inputs: the tokens' hidden states, and the activations.
constexpr int inputGroupOfExperts = 4;
constexpr int inputGroupOfExpertsDown = 5;

/// The weights that all of the base's own experts of a layer have, as transformers names them: gate and up of one
/// expert behind one another (or in turns, as the family has them), and down. Each is a module with baseExperts
/// experts; in and out are one expert's. Empty for a layer without experts. transformers: models/*/modeling_*.py, the
/// Experts classes.
std::vector<ModuleShape> baseExpertModules(const ModelConfig& config, std::int64_t layer);

/// moduleGrid() with the base's own experts behind it: all that an allocation map can name. The columns of moduleGrid()
/// keep their numbers.
ModuleGrid mapGrid(const ModelConfig& config);

} // namespace hilo
