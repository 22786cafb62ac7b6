// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/mixture_layout.h"

#include "formats/tensor_layout.h"

namespace hilo {
namespace {

GatedMlpNames namesOfExpert(const ModelConfig& config, const std::string& layer, std::int64_t expert)
{
    const std::string number = std::to_string(expert);
    if (config.family == Family::Mixtral) {
        const std::string front = layer + "block_sparse_moe.experts." + number + ".";
        return {front + "w1", front + "w3", front + "w2"};
    }
    const std::string front = layer + "mlp.experts." + number + ".";
    return {front + "gate_proj", front + "up_proj", front + "down_proj"};
}

} // namespace

MixtureNames mixtureNames(const ModelConfig& config, std::int64_t layer)
{
    MixtureNames names;
    if (!config.mixture.hasExperts(layer))
        return names;
    const std::string front = layerPrefix(config, layer);
    switch (config.family) {
    case Family::Gemma4:
        names.router = front + "router.proj.weight";
        names.routerScale = front + "router.scale";
        names.expertScale = front + "router.per_expert_scale";
        names.mlpNorm = front + "post_feedforward_layernorm_1.weight";
        names.inputNorm = front + "pre_feedforward_layernorm_2.weight";
        names.outputNorm = front + "post_feedforward_layernorm_2.weight";
        names.in = front + "experts.gate_up_proj";
        names.out = front + "experts.down_proj";
        return names;
    case Family::GraniteMoe:
    case Family::GraniteMoeShared:
    case Family::GraniteHybrid:
        names.router = front + "block_sparse_moe.router.layer.weight";
        names.in = front + "block_sparse_moe.input_linear.weight";
        names.out = front + "block_sparse_moe.output_linear.weight";
        return names;
    case Family::GptOss:
        names.router = front + "mlp.router.weight";
        names.routerBias = front + "mlp.router.bias";
        names.in = front + "mlp.experts.gate_up_proj";
        names.inBias = front + "mlp.experts.gate_up_proj_bias";
        names.out = front + "mlp.experts.down_proj";
        names.outBias = front + "mlp.experts.down_proj_bias";
        return names;
    case Family::Mixtral:
        names.router = front + "block_sparse_moe.gate.weight";
        break;
    default:
        names.router = front + "mlp.gate.weight";
        break;
    }
    if (config.mixture.sharedGate)
        names.sharedGate = front + "mlp.shared_expert_gate.weight";
    for (std::int64_t expert = 0; expert < config.mixture.experts; ++expert)
        names.mlps.push_back(namesOfExpert(config, front, expert));
    return names;
}

} // namespace hilo
