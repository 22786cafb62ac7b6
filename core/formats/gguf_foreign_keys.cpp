// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_foreign_keys.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

struct NeutralValue
{
    const char* name;
    double neutral;
};

/// Keys of llama-arch.cpp that no family here reads, and those that only some do.
constexpr std::array neutralValues = {
    NeutralValue{"expert_count", 0},
    NeutralValue{"expert_shared_count", 0},
    NeutralValue{"expert_gating_func", 1},
    NeutralValue{"expert_weights_scale", 1},
    NeutralValue{"expert_group_count", 1},
    NeutralValue{"expert_group_used_count", 1},
    NeutralValue{"leading_dense_block_count", 0},
    NeutralValue{"nextn_predict_layers", 0},
    NeutralValue{"logit_scale", 1},
    NeutralValue{"residual_scale", 1},
    NeutralValue{"embedding_scale", 1},
    NeutralValue{"attn_logit_softcapping", 0},
    NeutralValue{"final_logit_softcapping", 0},
    NeutralValue{"router_logit_softcapping", 0},
    NeutralValue{"attention.clamp_kqv", 0},
    NeutralValue{"attention.max_alibi_bias", 0},
    NeutralValue{"attention.output_scale", 1},
    NeutralValue{"attention.value_scale", 1},
    NeutralValue{"attention.scale", 0},
    NeutralValue{"attention.temperature_scale", 0},
    NeutralValue{"attention.temperature_length", 0},
    NeutralValue{"attention.shared_kv_layers", 0},
    NeutralValue{"attention.relative_buckets_count", 0},
    NeutralValue{"attention.q_lora_rank", 0},
    NeutralValue{"attention.kv_lora_rank", 0},
    NeutralValue{"embedding_length_per_layer_input", 0},
    NeutralValue{"full_attention_interval", 0},
    NeutralValue{"num_loops", 1},
    NeutralValue{"rescale_every_n_layers", 0},
    NeutralValue{"rope.scaling.alpha", 0},
    NeutralValue{"rope.scaling.yarn_log_multiplier", 0},
    NeutralValue{"rope.scaling.yarn_ext_factor", 1},
};

bool isReadFor(const FamilyEntry& entry, const GgufFamily& family, std::string_view key)
{
    if (key == "expert_count")
        return family.isMixture;
    if (key == "attention.shared_kv_layers" || key == "embedding_length_per_layer_input")
        return entry.layersDiffer;
    if (key == "full_attention_interval")
        return entry.linearAttention;
    if (key == "nextn_predict_layers")
        return family.guessesAhead;
    if (key == "logit_scale")
        return entry.logitFactor.key != nullptr;
    if (key == "residual_scale")
        return entry.residualFactor.key != nullptr;
    if (key == "embedding_scale")
        return entry.embeddingFactor.key != nullptr;
    if (key == "attention.scale")
        return entry.attentionScale.key != nullptr;
    if (key == "attn_logit_softcapping")
        return entry.attentionSoftcap.key != nullptr || entry.family == Family::Gemma3; // passed over, as there
    if (key == "final_logit_softcapping")
        return entry.logitSoftcap.key != nullptr;
    if (key == "attention.temperature_scale" || key == "rope.scaling.yarn_log_multiplier")
        return entry.rope.positionScale || std::string_view(family.architecture) == "mistral3";
    return false;
}

Error foreignKey(const GgufDocument& document, const std::string& name)
{
    return document.errorAt(name, "Asks for arithmetic that models of this architecture do not have here.",
                            "Use the Hugging Face folder of the model, or another model.");
}

Status refuseFlags(const GgufDocument& document)
{
    const GgufFile& file = document.file();
    HILO_TRY(const auto causal, file.flag(document.key("attention.causal")));
    if (causal && !*causal)
        return failure(foreignKey(document, "attention.causal"));
    HILO_TRY(const auto parallel, file.flag(document.key("use_parallel_residual")));
    if (parallel && *parallel && !document.entry().parallelBranches.key)
        return failure(foreignKey(document, "use_parallel_residual"));
    HILO_TRY(const auto swin, file.flag(document.key("swin_norm")));
    if (swin && *swin)
        return failure(foreignKey(document, "swin_norm"));
    return {};
}

/// Windows where the architecture has none, and sliding layers that differ in more than what is read.
Status refuseSlidingKeys(const GgufDocument& document)
{
    const GgufFile& file = document.file();
    HILO_TRY(const auto window, file.number(document.key("attention.sliding_window")));
    HILO_TRY(const auto context, file.number(document.key("context_length")));
    if (document.entry().layersDiffer)
        return {};
    if (document.family().windows == GgufWindows::None && window && *window > 0 && *window < context.value_or(1e18))
        return failure(foreignKey(document, "attention.sliding_window"));
    const bool ofItsOwn = document.entry().rope.localTheta > 0;
    for (const auto& [own, common] : {std::pair{"attention.key_length_swa", "attention.key_length"},
                                      std::pair{"attention.value_length_swa", "attention.value_length"},
                                      std::pair{"rope.dimension_count_swa", "rope.dimension_count"},
                                      std::pair{"rope.freq_base_swa", "rope.freq_base"}}) {
        if (ofItsOwn && std::string_view(own) == "rope.freq_base_swa")
            continue;
        HILO_TRY(const auto one, file.number(document.key(own)));
        HILO_TRY(const auto other, file.number(document.key(common)));
        if (one && (!other || *one != *other))
            return failure(foreignKey(document, own));
    }
    return {};
}

Status refuseSections(const GgufDocument& document)
{
    for (const char* name : {"rope.dimension_sections", "attention.rope_pattern", "attention.recurrent_layers"}) {
        if (document.entry().linearAttention && std::string_view(name) != "attention.rope_pattern")
            continue;
        const auto found = document.file().metadata.find(document.key(name));
        if (found == document.file().metadata.end())
            continue;
        HILO_TRY(const std::vector<double> sections, document.file().numbers(document.key(name)));
        if (std::any_of(sections.begin(), sections.end(), [](double section) { return section != 0; }))
            return failure(foreignKey(document, name));
    }
    return {};
}

} // namespace

Status refuseForeignGgufKeys(const GgufDocument& document)
{
    const GgufFile& file = document.file();
    for (const NeutralValue& key : neutralValues) {
        if (isReadFor(document.entry(), document.family(), key.name))
            continue;
        HILO_TRY(const auto value, file.number(document.key(key.name)));
        if (value && *value != key.neutral)
            return failure(foreignKey(document, key.name));
    }
    HILO_CHECK(refuseFlags(document));
    HILO_CHECK(refuseSlidingKeys(document));
    HILO_CHECK(refuseSections(document));
    if (document.entry().rope.longRope)
        return {};
    for (const char* name : {"rope_factors_long.weight", "rope_factors_short.weight"})
        if (file.find(name))
            return failure(badInput(file.name, "tensor \"" + std::string(name) + "\"",
                                    "RoPE factors by length (longrope) are not supported in models of this "
                                    "architecture."));
    return {};
}

std::vector<std::string> notesOnGgufKeys(const GgufFile& file, const ModelConfig& model)
{
    const std::string unused = "gemma3.attn_logit_softcapping", missing = "gemma4.final_logit_softcapping";
    if (model.family == Family::Gemma3 && file.metadata.contains(unused))
        return {unused + " is passed over, as it is by llama.cpp, whose Gemma 3 does not cap its attention."};
    if (model.family == Family::Gemma4 && !file.metadata.contains(missing))
        return {missing + " is missing; the logits are capped at 30, as they are by llama.cpp."};
    return {};
}

} // namespace hilo
