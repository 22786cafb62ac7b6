// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"
#include "gpu/tensor.h"

#include <map>

namespace hilo {

/// As attention reads them, behind norms and rotation: [T, keyValueHeads · headDimension] each.
struct KeysAndValues
{
    torch::Tensor key, value;
};

/// What one layer reads beside the hidden states; undefined where the model has no such thing.
struct LayerInputs
{
    torch::Tensor perLayer; ///< [T, perLayerWidth]
    KeysAndValues shared;   ///< of the earlier layer that this one attends to
};

/// What goes past the layers of one forward pass (gemma4's E sizes); empty for other models.
struct SideInputs
{
    torch::Tensor perLayer;                          ///< [T, layers, perLayerWidth]
    std::map<std::int64_t, KeysAndValues> made;      ///< by layer, of those that later layers attend to
    std::map<std::int64_t, KeysAndValues> gradients; ///< of these, in a backward pass layer by layer

    LayerInputs of(const ModelConfig& config, std::int64_t layer) const;
    void keep(const ModelConfig& config, std::int64_t layer, KeysAndValues keysAndValues);
};

} // namespace hilo
