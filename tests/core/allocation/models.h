// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testing.h"

#include "allocation/strategy.h"
#include "base/json.h"
#include "formats/model_config.h"

/// Models of public config.json files, and short ways to allocate on them.
namespace hilo::testing {

inline ModelConfig llamaModel(std::int64_t layers, std::int64_t hidden, std::int64_t intermediate, std::int64_t heads,
                              std::int64_t keyValueHeads)
{
    return required(parseModelConfig({{"model_type", "llama"},
                                      {"num_hidden_layers", layers},
                                      {"hidden_size", hidden},
                                      {"intermediate_size", intermediate},
                                      {"num_attention_heads", heads},
                                      {"num_key_value_heads", keyValueHeads},
                                      {"vocab_size", 32000},
                                      {"max_position_embeddings", 4096},
                                      {"rms_norm_eps", 1e-5},
                                      {"hidden_act", "silu"}},
                                     "config.json"),
                    "model", __FILE__, __LINE__);
}
inline ModelConfig llama2With7B()
{
    return llamaModel(32, 4096, 11008, 32, 32);
}
inline ModelConfig smolModel()
{
    return llamaModel(30, 576, 1536, 9, 3);
}

using Given = std::map<std::string, std::string>;
inline Result<AllocationMap> tryAllocate(const ModelConfig& model, const std::string& strategy, const Given& given,
                                         std::vector<ComplexityProfile> profiles = {})
{
    auto found = findStrategy(strategy);
    if (!found)
        return failure(found.error());
    return allocate(**found, model, given, std::move(profiles));
}

/// Experts of q_proj per layer.
inline std::vector<int> expertsOf(const AllocationMap& map)
{
    std::vector<int> experts;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
        const ModuleAllocation* module = map.find(layer, "q_proj");
        experts.push_back(module ? module->experts() : 0);
    }
    return experts;
}

} // namespace hilo::testing
