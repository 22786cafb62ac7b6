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
    const char* meaning;
};

const std::vector<ForeignKey>& foreignKeys()
{
    static const std::vector<ForeignKey> keys = {
        {"attention_bias", Neutral::Off, "biases of the attention"},
        {"attention_out_bias", Neutral::Off, "a bias of the attention's output"},
        {"mlp_bias", Neutral::Off, "biases of the MLP"},
        {"use_bias", Neutral::Off, "biases"},
        {"use_qkv_bias", Neutral::Off, "biases of queries, keys and values"},
        {"final_logit_softcapping", Neutral::Nothing, "a soft cap of the logits"},
        {"attn_logit_softcapping", Neutral::Nothing, "a soft cap of the attention"},
        {"query_pre_attn_scalar", Neutral::Nothing, "an attention scale of its own"},
        {"use_bidirectional_attention", Neutral::Off, "attention to later tokens"},
        {"is_causal", Neutral::On, "attention to later tokens"},
        {"add_cross_attention", Neutral::Off, "cross attention"},
        {"scale_attn_by_inverse_layer_idx", Neutral::Off, "an attention scale by layer"},
        {"logit_scale", Neutral::One, "a factor on the logits"},
        {"logits_scaling", Neutral::One, "a divisor of the logits"},
        {"embedding_multiplier", Neutral::One, "a factor on the embeddings"},
        {"residual_multiplier", Neutral::One, "a factor on the residual branches"},
        {"attention_multiplier", Neutral::Nothing, "an attention scale of its own"},
        {"attn_temperature_tuning", Neutral::Off, "an attention scale by position"},
        {"no_rope_layers", Neutral::Nothing, "layers without RoPE"},
        {"no_rope_layer_interval", Neutral::Nothing, "layers without RoPE"},
        {"rope_interleaved", Neutral::Off, "RoPE over neighbouring values"},
        {"rope_traditional", Neutral::Off, "RoPE over neighbouring values"},
        {"rope_local_base_freq", Neutral::Nothing, "another RoPE in sliding layers"},
        {"rotary_pct", Neutral::One, "RoPE over a part of each head"},
        {"rotary_emb_base", Neutral::Nothing, "a RoPE base under another name"},
        {"attn_output_gate", Neutral::Off, "a gate on what attention gives"},
        {"use_mrope", Neutral::Off, "RoPE in several dimensions"},
        {"alibi", Neutral::Off, "ALiBi"},
        {"clip_qkv", Neutral::Nothing, "clipped queries, keys and values"},
        {"use_qk_norm", Neutral::Off, "norms of queries and keys"},
        {"qk_norm", Neutral::Off, "norms of queries and keys"},
        {"qk_layernorm", Neutral::Off, "norms of queries and keys"},
        {"use_cla", Neutral::Off, "keys and values shared between layers"},
        {"parallel_attn", Neutral::Off, "attention and MLP side by side"},
        {"use_parallel_block", Neutral::Off, "attention and MLP side by side"},
        {"use_parallel_residual", Neutral::Off, "attention and MLP side by side"},
        {"num_local_experts", Neutral::AtMostOne, "experts of its own"},
        {"num_experts", Neutral::AtMostOne, "experts of its own"},
        {"n_routed_experts", Neutral::AtMostOne, "experts of its own"},
    };
    return keys;
}

/// Keys that the family's entry reads by itself.
bool isRead(const FamilyEntry& family, const std::string& key)
{
    for (const FlagKey* flag : {&family.queryKeyValueBias, &family.outputBias, &family.mlpBias,
                                &family.parallelBranches, &family.normsQueriesAndKeys})
        if (flag->key && key == flag->key)
            return true;
    for (const NumberKey* number :
         {&family.embeddingFactor, &family.residualFactor, &family.logitFactor, &family.attentionScale,
          &family.attentionSoftcap, &family.logitSoftcap, &family.clipQueryKeyValue})
        if (number->key && key == number->key)
            return true;
    if (family.mixture.experts > 0 && (key == "num_local_experts" || key == "num_experts"))
        return true;
    const bool ofRope = key == family.rope.thetaKey || (family.rope.shareKey && key == family.rope.shareKey);
    return ofRope || std::find(family.keys.begin(), family.keys.end(), key) != family.keys.end();
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

Status refuseForeignKeys(const JsonObject& config, const FamilyEntry& family)
{
    for (const ForeignKey& foreign : foreignKeys()) {
        if (isRead(family, foreign.key) || !config.has(foreign.key) ||
            asksForNothing(config.json()[foreign.key], foreign.neutral))
            continue;
        return failure(config.errorAt(foreign.key,
                                      "Asks for " + std::string(foreign.meaning) +
                                          ", which models of this architecture do not have here.",
                                      "Remove the key only if the model was trained without."));
    }
    return {};
}

std::vector<std::string> passedOverKeys(const Json& text, const ModelConfig& model)
{
    const auto has = [&text](const char* key) { return text.contains(key) && !text[key].is_null(); };
    std::vector<std::string> notes;
    if (model.family != Family::Gemma3)
        return notes;
    if (has("attn_logit_softcapping"))
        notes.push_back(
            "attn_logit_softcapping is passed over, as it is by transformers, whose Gemma 3 does not cap its "
            "attention.");
    if (model.insideWrapper && has("final_logit_softcapping"))
        notes.push_back("final_logit_softcapping is passed over, as it is by transformers, whose Gemma 3 of images and "
                        "text does not cap its logits.");
    return notes;
}

} // namespace hilo
