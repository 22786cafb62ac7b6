// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/config_json.h"

#include <cmath>

namespace hilo {
namespace {

/// Of the families that GGUF files are read of; empty for the others, whose config.json lies beside the weights.
std::string className(Family family)
{
    switch (family) {
    case Family::Llama:
        return "LlamaForCausalLM";
    case Family::Mistral:
        return "MistralForCausalLM";
    case Family::Qwen2:
        return "Qwen2ForCausalLM";
    case Family::Qwen3:
        return "Qwen3ForCausalLM";
    case Family::Gemma:
        return "GemmaForCausalLM";
    case Family::Gemma2:
        return "Gemma2ForCausalLM";
    default:
        break;
    }
    return {};
}

std::string activationName(Activation activation)
{
    return activation == Activation::Silu ? "silu" : activation == Activation::GeluErf ? "gelu" : "gelu_pytorch_tanh";
}

Json ropeScaling(const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    const std::int64_t original =
        rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : model.maximumPositions;
    switch (rope.kind) {
    case RopeKind::Linear:
        return {{"rope_type", "linear"}, {"factor", rope.factor}};
    case RopeKind::Dynamic:
        return {{"rope_type", "dynamic"}, {"factor", rope.factor}};
    case RopeKind::Yarn: {
        Json scaling = {{"rope_type", "yarn"},
                        {"factor", rope.factor},
                        {"original_max_position_embeddings", original},
                        {"beta_fast", rope.betaFast},
                        {"beta_slow", rope.betaSlow}};
        if (rope.attentionFactor > 0)
            scaling["attention_factor"] = rope.attentionFactor;
        if (!rope.truncate)
            scaling["truncate"] = false;
        return scaling;
    }
    case RopeKind::Llama3:
        return {{"rope_type", "llama3"},
                {"factor", rope.factor},
                {"low_freq_factor", rope.lowFrequencyFactor},
                {"high_freq_factor", rope.highFrequencyFactor},
                {"original_max_position_embeddings", original}};
    case RopeKind::None:
    case RopeKind::Factors:
    case RopeKind::LongRope:
    case RopeKind::Proportional:
        break;
    }
    return nullptr;
}

/// Rounded when it is within float32's precision of a whole number: GGUF files hold 32 bits.
double tidy(double value)
{
    const double whole = std::round(value);
    return std::abs(value - whole) <= 1e-6 * std::abs(value) ? whole : value;
}

} // namespace

Result<Json> configJson(const ModelConfig& model)
{
    if (model.rope.kind == RopeKind::Factors || className(model.family).empty())
        return failure(badInput({}, {}, "The model's configuration cannot be written as config.json."));
    const bool gemma = model.family == Family::Gemma || model.family == Family::Gemma2;
    Json json = {{"architectures", {className(model.family)}},
                 {"model_type", model.architecture},
                 {"vocab_size", model.vocabulary},
                 {"hidden_size", model.hidden},
                 {"intermediate_size", model.intermediate},
                 {"num_hidden_layers", model.layers},
                 {"num_attention_heads", model.heads},
                 {"num_key_value_heads", model.keyValueHeads},
                 {"head_dim", model.headDimension},
                 {"max_position_embeddings", model.maximumPositions},
                 {"rms_norm_eps", static_cast<double>(static_cast<float>(model.normEpsilon))},
                 {"hidden_act", activationName(model.activation)},
                 {"rope_theta", tidy(model.rope.theta)},
                 {"rope_scaling", ropeScaling(model)},
                 {"attention_bias", model.queryKeyValueBias},
                 {"tie_word_embeddings", model.tiedEmbeddings},
                 {"use_cache", true}};
    if (gemma)
        json["hidden_activation"] = activationName(model.activation);
    if (model.family == Family::Llama)
        json["mlp_bias"] = model.mlpBias;
    if (model.family == Family::Gemma2) {
        json["query_pre_attn_scalar"] = tidy(1 / (model.attentionScale * model.attentionScale));
        json["attn_logit_softcapping"] = model.attentionSoftcap > 0 ? Json(model.attentionSoftcap) : Json();
        json["final_logit_softcapping"] = model.logitSoftcap > 0 ? Json(model.logitSoftcap) : Json();
        json["sliding_window"] = model.windows.empty() ? 0 : model.windows[0];
    }
    if (model.bosToken >= 0)
        json["bos_token_id"] = model.bosToken;
    if (model.eosTokens.size() == 1)
        json["eos_token_id"] = model.eosTokens[0];
    else if (!model.eosTokens.empty())
        json["eos_token_id"] = model.eosTokens;
    return json;
}

} // namespace hilo
