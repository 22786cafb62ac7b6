// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/layer_modules.h"

#include <string>

namespace hilo {
namespace {

std::vector<ModuleShape> deltaNetModules(const ModelConfig& config)
{
    const LinearAttention& net = config.linearAttention;
    return {{"in_proj_qkv", "linear_attn.in_proj_qkv", config.hidden, net.channels(), 0},
            {"in_proj_z", "linear_attn.in_proj_z", config.hidden, net.valueWidth(), 0},
            {"in_proj_b", "linear_attn.in_proj_b", config.hidden, net.valueHeads, 0},
            {"in_proj_a", "linear_attn.in_proj_a", config.hidden, net.valueHeads, 0},
            {"out_proj", "linear_attn.out_proj", net.valueWidth(), config.hidden, 1}};
}

std::vector<ModuleShape> attentionModules(const ModelConfig& config, std::int64_t layer)
{
    const LayerSizes sizes = config.sizesOf(layer);
    const std::int64_t queries = config.heads * sizes.headDimension;
    const std::int64_t keys = sizes.keyValueHeads * sizes.headDimension;
    const std::int64_t all = queries + 2 * keys;
    switch (config.family) {
    case Family::Gpt2:
        return {{"c_attn", "attn.c_attn", config.hidden, all, 0},
                {"attn.c_proj", "attn.c_proj", queries, config.hidden, 1}};
    case Family::GptNeox:
        return {{"query_key_value", "attention.query_key_value", config.hidden, all, 0},
                {"dense", "attention.dense", queries, config.hidden, 1}};
    case Family::Phi:
        return {{"q_proj", "self_attn.q_proj", config.hidden, queries, 0},
                {"k_proj", "self_attn.k_proj", config.hidden, keys, 0},
                {"v_proj", "self_attn.v_proj", config.hidden, keys, 0},
                {"dense", "self_attn.dense", queries, config.hidden, 1}};
    case Family::Phi3:
        return {{"qkv_proj", "self_attn.qkv_proj", config.hidden, all, 0},
                {"o_proj", "self_attn.o_proj", queries, config.hidden, 1}};
    default:
        break;
    }
    std::vector<ModuleShape> modules = {
        {"q_proj", "self_attn.q_proj", config.hidden, (config.attentionGate ? 2 : 1) * queries, 0}};
    const bool owns = config.keyValueLayerOf(layer) == layer;
    if (owns)
        modules.push_back({"k_proj", "self_attn.k_proj", config.hidden, keys, 0});
    if (owns && !sizes.keysAreValues)
        modules.push_back({"v_proj", "self_attn.v_proj", config.hidden, keys, 0});
    modules.push_back({"o_proj", "self_attn.o_proj", queries, config.hidden, 1});
    return modules;
}

struct MlpNames
{
    std::string in, up, out; ///< up only where gate and up are two weights
};

MlpNames mlpNames(const ModelConfig& config)
{
    switch (config.family) {
    case Family::Gpt2:
    case Family::Starcoder2:
        return {"mlp.c_fc", "", "mlp.c_proj"};
    case Family::Phi:
        return {"mlp.fc1", "", "mlp.fc2"};
    case Family::GptNeox:
        return {"mlp.dense_h_to_4h", "", "mlp.dense_4h_to_h"};
    case Family::GraniteHybrid:
        return {"shared_mlp.input_linear", "", "shared_mlp.output_linear"};
    default:
        break;
    }
    if (!config.gatedMlp)
        return {"mlp.up_proj", "", "mlp.down_proj"};
    if (config.fusedGateUp)
        return {"mlp.gate_up_proj", "", "mlp.down_proj"};
    return {"mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"};
}

std::string lastWord(const std::string& path)
{
    return path.substr(path.rfind('.') + 1);
}

/// By two words: the last one alone is also that of an expert's weight.
void addSharedExpert(std::vector<ModuleShape>& modules, const ModelConfig& config)
{
    const std::int64_t hidden = config.hidden;
    const std::int64_t width = config.mixture.sharedIntermediate;
    if (config.fusedGateUp) {
        modules.push_back({"shared_mlp.input_linear", "shared_mlp.input_linear", hidden, 2 * width, 2});
        modules.push_back({"shared_mlp.output_linear", "shared_mlp.output_linear", width, hidden, 3});
        return;
    }
    modules.push_back({"shared_expert.gate_proj", "mlp.shared_expert.gate_proj", hidden, width, 2});
    modules.push_back({"shared_expert.up_proj", "mlp.shared_expert.up_proj", hidden, width, 2});
    modules.push_back({"shared_expert.down_proj", "mlp.shared_expert.down_proj", width, hidden, 3});
}

} // namespace

std::vector<ModuleShape> layerModules(const ModelConfig& config, std::int64_t layer)
{
    std::vector<ModuleShape> modules =
        config.linearAttention.at(layer) ? deltaNetModules(config) : attentionModules(config, layer);
    if (config.mixture.hasShared(layer))
        addSharedExpert(modules, config);
    if (!config.mixture.hasMlp(layer))
        return modules;
    const MlpNames names = mlpNames(config);
    const auto add = [&](const std::string& path, std::int64_t in, std::int64_t out, int group) {
        // gpt2 has two modules of this name.
        const bool twice = config.family == Family::Gpt2 && path == "mlp.c_proj";
        modules.push_back({twice ? path : lastWord(path), path, in, out, group});
    };
    const std::int64_t width = config.sizesOf(layer).intermediate;
    add(names.in, config.hidden, (config.fusedGateUp ? 2 : 1) * width, 2);
    if (!names.up.empty())
        add(names.up, config.hidden, width, 2);
    add(names.out, width, config.hidden, 3);
    return modules;
}

} // namespace hilo
