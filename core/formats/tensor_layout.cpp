// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/tensor_layout.h"

namespace hilo {
namespace {

void nameGpt2(TensorLayout& names)
{
    names.body = "transformer.";
    names.layers = "h.";
    names.embedding = "transformer.wte";
    names.positions = "transformer.wpe";
    names.finalNorm = "transformer.ln_f";
    names.inputNorm = "ln_1";
    names.preMlpNorm = "ln_2";
}

void nameGptNeox(TensorLayout& names)
{
    names.body = "gpt_neox.";
    names.embedding = "gpt_neox.embed_in";
    names.finalNorm = "gpt_neox.final_layer_norm";
    names.head = "embed_out";
}

TensorLayout namesOf(Family family)
{
    TensorLayout names;
    switch (family) {
    case Family::Gpt2:
        nameGpt2(names);
        break;
    case Family::GptNeox:
        nameGptNeox(names);
        break;
    case Family::Phi:
        names.finalNorm = "model.final_layernorm";
        names.queryNorm = "self_attn.q_layernorm";
        names.keyNorm = "self_attn.k_layernorm";
        break;
    case Family::Gemma2:
    case Family::Gemma3:
    case Family::Gemma4:
        names.postAttentionNorm = "post_attention_layernorm";
        names.preMlpNorm = "pre_feedforward_layernorm";
        names.postMlpNorm = "post_feedforward_layernorm";
        break;
    case Family::Olmo2:
    case Family::Olmo3:
    case Family::Exaone4:
        names.postAttentionNorm = "post_attention_layernorm";
        names.postMlpNorm = "post_feedforward_layernorm";
        break;
    case Family::Glm4:
        names.postAttentionNorm = "post_self_attn_layernorm";
        names.postMlpNorm = "post_mlp_layernorm";
        break;
    case Family::HunYuan:
        names.queryNorm = "self_attn.query_layernorm";
        names.keyNorm = "self_attn.key_layernorm";
        break;
    case Family::Apertus:
        names.inputNorm = "attention_layernorm";
        names.preMlpNorm = "feedforward_layernorm";
        break;
    default:
        break;
    }
    return names;
}

} // namespace

TensorLayout tensorLayout(const ModelConfig& config)
{
    TensorLayout names = namesOf(config.family);
    if (!config.preNorms)
        names.inputNorm = names.preMlpNorm = "";
    if (config.parallelBranches && config.sharedNorm)
        names.preMlpNorm = "";
    if (config.queryKeyNorm == QueryKeyNorm::None)
        names.queryNorm = names.keyNorm = "";
    if (config.perLayerWidth > 0) {
        names.perLayerEmbedding = "model.embed_tokens_per_layer";
        names.perLayerProjection = "model.per_layer_model_projection";
        names.perLayerNorm = "model.per_layer_projection_norm";
        names.perLayerGate = "per_layer_input_gate";
        names.perLayerOutput = "per_layer_projection";
        names.perLayerOutputNorm = "post_per_layer_input_norm";
    }
    if (config.layerScalar)
        names.scalar = "layer_scalar";
    if (config.attentionSinks)
        names.sinks = "self_attn.sinks";
    if (config.activation != Activation::Xielu)
        names.activation = "";
    return names;
}

std::string layerPrefix(const ModelConfig& config, std::int64_t layer)
{
    const TensorLayout names = tensorLayout(config);
    return names.body + names.layers + std::to_string(layer) + ".";
}

} // namespace hilo
