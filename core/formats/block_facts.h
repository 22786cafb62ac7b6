// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"
#include "formats/module_grid.h"

#include <algorithm>

namespace hilo {

/// Whether the module belongs to the MLP of its layer ("mlp.up_proj", "shared_mlp.input_linear"), not to the attention.
inline bool isMlp(const ModuleShape& module)
{
    return module.path.find("mlp.") != std::string::npos;
}

/// Whether any layer turns its queries and keys.
inline bool usesRope(const ModelConfig& config)
{
    return !config.learnedPositions &&
           (config.layerRopes.empty() || std::any_of(config.layerRopes.begin(), config.layerRopes.end(),
                                                     [](LayerRope rope) { return rope != LayerRope::None; }));
}

} // namespace hilo
