// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/base_expert_modules.h"

#include "formats/layer_modules.h"

namespace hilo {
namespace {

const char* frontOf(const ModelConfig& config)
{
    if (config.mixture.besideMlp)
        return "";
    const bool isGranite = config.family == Family::GraniteMoe || config.family == Family::GraniteMoeShared ||
                           config.family == Family::GraniteHybrid;
    return isGranite ? "block_sparse_moe." : "mlp.";
}

} // namespace

std::vector<ModuleShape> baseExpertModules(const ModelConfig& config, std::int64_t layer)
{
    const BaseMixture& mixture = config.mixture;
    if (!mixture.hasExperts(layer))
        return {};
    std::vector<ModuleShape> modules;
    const auto add = [&](const std::string& name, std::int64_t in, std::int64_t out, int group) {
        ModuleShape shape{name, frontOf(config) + name, in, out, group};
        shape.baseExperts = mixture.experts;
        modules.push_back(std::move(shape));
    };
    add("experts.gate_up_proj", config.hidden, 2 * mixture.intermediate, inputGroupOfExperts);
    add("experts.down_proj", mixture.intermediate, config.hidden, inputGroupOfExpertsDown);
    return modules;
}

ModuleGrid mapGrid(const ModelConfig& config)
{
    std::vector<std::vector<ModuleShape>> layers;
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        layers.push_back(layerModules(config, layer));
        for (ModuleShape& shape : baseExpertModules(config, layer))
            layers.back().push_back(std::move(shape));
    }
    return ModuleGrid::of(std::move(layers));
}

} // namespace hilo
