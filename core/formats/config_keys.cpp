// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/config_keys.h"

#include <algorithm>

namespace hilo {
namespace {

/// When a key asks for nothing: null always does.
enum class Neutral { Off, On, One, AtMostOne, Nothing };

struct ForeignKey
{
    const char* key;
    Neutral neutral;
    std::vector<Family> honouredBy; ///< read elsewhere for these
    const char* meaning;
};

const std::vector<ForeignKey>& foreignKeys()
{
    using enum Family;
    static const std::vector<ForeignKey> keys = {
        {"attention_bias", Neutral::Off, {Llama, Qwen2, Qwen3, Gemma, Gemma2}, "biases of the attention"},
        {"mlp_bias", Neutral::Off, {Llama}, "biases of the MLP"},
        {"final_logit_softcapping", Neutral::Nothing, {Gemma2}, "a soft cap of the logits"},
        {"attn_logit_softcapping", Neutral::Nothing, {Gemma2}, "a soft cap of the attention"},
        {"query_pre_attn_scalar", Neutral::Nothing, {Gemma2}, "an attention scale of its own"},
        {"use_bidirectional_attention", Neutral::Off, {}, "attention to later tokens"},
        {"is_causal", Neutral::On, {}, "attention to later tokens"},
        {"add_cross_attention", Neutral::Off, {}, "cross attention"},
        {"scale_attn_by_inverse_layer_idx", Neutral::Off, {}, "an attention scale by layer"},
        {"logit_scale", Neutral::One, {}, "a factor on the logits"},
        {"logits_scaling", Neutral::One, {}, "a divisor of the logits"},
        {"embedding_multiplier", Neutral::One, {}, "a factor on the embeddings"},
        {"residual_multiplier", Neutral::One, {}, "a factor on the residual branches"},
        {"attention_multiplier", Neutral::Nothing, {}, "an attention scale of its own"},
        {"attn_temperature_tuning", Neutral::Off, {}, "an attention scale by position"},
        {"no_rope_layers", Neutral::Nothing, {}, "layers without RoPE"},
        {"no_rope_layer_interval", Neutral::Nothing, {}, "layers without RoPE"},
        {"rope_interleaved", Neutral::Off, {}, "RoPE over neighbouring values"},
        {"rope_traditional", Neutral::Off, {}, "RoPE over neighbouring values"},
        {"rotary_pct", Neutral::One, {}, "RoPE over a part of each head"},
        {"use_mrope", Neutral::Off, {}, "RoPE in several dimensions"},
        {"alibi", Neutral::Off, {}, "ALiBi"},
        {"clip_qkv", Neutral::Nothing, {}, "clipped queries, keys and values"},
        {"use_qk_norm", Neutral::Off, {Qwen3}, "norms of queries and keys"},
        {"qk_norm", Neutral::Off, {Qwen3}, "norms of queries and keys"},
        {"qk_layernorm", Neutral::Off, {Qwen3}, "norms of queries and keys"},
        {"parallel_attn", Neutral::Off, {}, "attention and MLP side by side"},
        {"use_parallel_residual", Neutral::Off, {}, "attention and MLP side by side"},
        {"num_local_experts", Neutral::AtMostOne, {}, "experts of its own"},
        {"num_experts", Neutral::AtMostOne, {}, "experts of its own"},
        {"n_routed_experts", Neutral::AtMostOne, {}, "experts of its own"},
    };
    return keys;
}

bool asksForNothing(const Json& value, Neutral neutral)
{
    switch (neutral) {
    case Neutral::Off:
        return value == false || value == 0;
    case Neutral::On:
        return value == true;
    case Neutral::One:
        return value == 1;
    case Neutral::AtMostOne:
        return value == 0 || value == 1;
    case Neutral::Nothing:
        break;
    }
    return false;
}

} // namespace

Status refuseForeignKeys(const JsonObject& config, Family family)
{
    for (const ForeignKey& foreign : foreignKeys()) {
        const bool honoured =
            std::find(foreign.honouredBy.begin(), foreign.honouredBy.end(), family) != foreign.honouredBy.end();
        if (honoured || !config.has(foreign.key) || asksForNothing(config.json()[foreign.key], foreign.neutral))
            continue;
        return failure(config.errorAt(foreign.key,
                                      "Asks for " + std::string(foreign.meaning) +
                                          ", which models of this architecture do not have here.",
                                      "Remove the key only if the model was trained without."));
    }
    return {};
}

} // namespace hilo
