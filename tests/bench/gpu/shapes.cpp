// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/gpu/shapes.h"
#include "formats/layer_modules.h"

#include <cmath>

namespace hilo::bench {
namespace {

struct Shape
{
    const char* name;
    std::int64_t layers, hidden, heads, keyValueHeads, intermediate, vocabulary;
    bool tied;
};

// From the models' own config.json.
constexpr Shape shapes[] = {
    {"tiny", 4, 64, 4, 2, 128, 512, true},
    {"llama-3.2-1b", 16, 2048, 32, 8, 8192, 128256, true},
    {"llama-2-7b", 32, 4096, 32, 32, 11008, 32000, false},
    {"llama-3-8b", 32, 4096, 32, 8, 14336, 128256, false},
};

} // namespace

std::vector<std::string> shapeNames()
{
    std::vector<std::string> names;
    for (const Shape& shape : shapes)
        names.emplace_back(shape.name);
    return names;
}

std::optional<ModelConfig> shapeOf(const std::string& name)
{
    for (const Shape& shape : shapes) {
        if (name != shape.name)
            continue;
        ModelConfig config;
        config.architecture = "llama";
        config.layers = shape.layers;
        config.hidden = shape.hidden;
        config.heads = shape.heads;
        config.keyValueHeads = shape.keyValueHeads;
        config.headDimension = shape.hidden / shape.heads;
        config.intermediate = shape.intermediate;
        config.vocabulary = shape.vocabulary;
        config.maximumPositions = 8192;
        config.normEpsilon = 1e-5;
        config.tiedEmbeddings = shape.tied;
        config.attentionScale = 1 / std::sqrt(static_cast<double>(config.headDimension));
        config.windows.assign(static_cast<std::size_t>(shape.layers), 0);
        return config;
    }
    return std::nullopt;
}

AllocationMap mapOf(const std::string& name, const ModelConfig& config)
{
    AllocationMap map;
    map.name = map.strategy = name;
    map.architecture = config.architecture;
    map.layers.resize(static_cast<std::size_t>(config.layers));
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        const int digit = 2 * (1 + static_cast<int>(layer * 4 / config.layers));
        ModuleAllocation module;
        module.alpha = 16;
        if (name == "lora") {
            module.ranks = {64};
            module.topK = 1;
        } else {
            module.ranks.assign(name == "hilo" ? static_cast<std::size_t>(digit) : 5, name == "hilo" ? digit : 8);
            module.topK = 2;
        }
        for (const ModuleShape& shape : layerModules(config, 0))
            map.layers[static_cast<std::size_t>(layer)][shape.name] = module;
    }
    return map;
}

} // namespace hilo::bench
