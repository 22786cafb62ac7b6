// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/side_inputs.h"

#include <utility>

namespace hilo {

LayerInputs SideInputs::of(const ModelConfig& config, std::int64_t layer) const
{
    LayerInputs inputs;
    if (perLayer.defined())
        inputs.perLayer = perLayer.select(1, layer);
    if (const std::int64_t other = config.keyValueLayerOf(layer); other != layer && made.contains(other))
        inputs.shared = made.at(other);
    return inputs;
}

void SideInputs::keep(const ModelConfig& config, std::int64_t layer, KeysAndValues keysAndValues)
{
    if (config.sharesKeysAndValues(layer))
        made[layer] = std::move(keysAndValues);
}

} // namespace hilo
