// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_model_keys.h"

#include "formats/block_facts.h"
#include "formats/family_table.h"
#include "formats/gguf_families.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hilo {
namespace {

/// Adds keys of one architecture.
class ModelKeys
{
  public:
    ModelKeys(GgufWriter& writer, const std::string& architecture) : writer_(writer), prefix_(architecture + ".") {}

    void number(const char* key, std::int64_t value)
    {
        writer_.addUnsigned(prefix_ + key, static_cast<std::uint32_t>(value));
    }
    void real(const char* key, double value) { writer_.addFloat(prefix_ + key, static_cast<float>(value)); }
    void flag(const char* key, bool value) { writer_.addFlag(prefix_ + key, value); }
    void text(const char* key, const char* value) { writer_.addText(prefix_ + key, value); }
    void flags(const char* key, const std::vector<bool>& values) { writer_.addFlags(prefix_ + key, values); }

  private:
    GgufWriter& writer_;
    std::string prefix_;
};

void addYarn(ModelKeys& keys, const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    keys.real("rope.scaling.yarn_beta_fast", rope.betaFast);
    keys.real("rope.scaling.yarn_beta_slow", rope.betaSlow);
    // llama.cpp multiplies its own factor by attn_factor. Its converter writes yarn_attn_factor, which nothing reads;
    // of ministral3 yarn_log_multiplier, by which its own factor is divided.
    const double own = rope.factor > 1 ? 0.1 * std::log(rope.factor) + 1 : 1;
    const bool divided = model.family == Family::Ministral3 && rope.attentionFactor == 1;
    if (divided)
        keys.real("rope.scaling.yarn_log_multiplier", 1);
    else if (rope.attentionFactor > 0)
        keys.real("rope.scaling.attn_factor", rope.attentionFactor / own);
}

void addRope(ModelKeys& keys, const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    keys.number("rope.dimension_count", rope.dimension > 0 ? rope.dimension : model.headDimension);
    keys.real("rope.freq_base", rope.theta);
    const bool local =
        std::find(model.layerRopes.begin(), model.layerRopes.end(), LayerRope::Local) != model.layerRopes.end();
    if (local)
        keys.real("rope.freq_base_swa", model.localRope.theta);
    if (rope.positionScale > 0)
        keys.real("attention.temperature_scale", rope.positionScale);
    const bool scaled = rope.kind == RopeKind::Linear || rope.kind == RopeKind::Yarn;
    if (scaled) {
        keys.text("rope.scaling.type", rope.kind == RopeKind::Linear ? "linear" : "yarn");
        keys.real("rope.scaling.factor", rope.factor);
    }
    if (rope.kind == RopeKind::Yarn || rope.kind == RopeKind::LongRope || rope.positionScale > 0)
        keys.number("rope.scaling.original_context_length",
                    rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : model.maximumPositions);
    if (rope.kind == RopeKind::LongRope)
        keys.real("rope.scaling.attn_factor", rope.attentionFactor);
    if (rope.kind == RopeKind::Yarn)
        addYarn(keys, model);
    // granite and its dense hybrids: llama.cpp's switch of RoPE.
    if (model.family == Family::GraniteHybrid)
        keys.flag("rope.scaling.finetuned", usesRope(model));
}

void addWindows(ModelKeys& keys, const ModelConfig& model, const GgufFamily& family)
{
    const auto window = std::max_element(model.windows.begin(), model.windows.end());
    if (family.windows == GgufWindows::None || window == model.windows.end())
        return;
    // phi3's files tell Phi-4 by a window of 0.
    if (*window > 0 || family.windows == GgufWindows::Every)
        keys.number("attention.sliding_window", *window);
    if (*window == 0 || family.windows != GgufWindows::Period)
        return;
    std::vector<bool> slides;
    bool usual = true;
    for (std::size_t layer = 0; layer < model.windows.size(); ++layer) {
        slides.push_back(model.windows[layer] > 0);
        usual = usual && slides.back() == ((static_cast<std::int64_t>(layer) + 1) % family.period != 0);
    }
    // Where the pattern is that of the architecture, older versions of llama.cpp do without.
    if (!usual || model.family == Family::Olmo3 || model.family == Family::Exaone4)
        keys.flags("attention.sliding_window_pattern", slides);
}

/// What some families have and others not.
void addFactors(ModelKeys& keys, const ModelConfig& model, const FamilyEntry& entry)
{
    if (entry.embeddingFactor.key)
        keys.real("embedding_scale", model.embeddingFactor);
    if (entry.residualFactor.key)
        keys.real("residual_scale", model.residualFactor);
    if (entry.logitFactor.key)
        keys.real("logit_scale", entry.dividesLogits ? 1 / model.logitFactor : model.logitFactor);
    if (entry.attentionScale.key)
        keys.real("attention.scale", model.attentionScale);
    if (entry.attentionSoftcap.key && (model.family == Family::Gemma2 || model.attentionSoftcap > 0))
        keys.real("attn_logit_softcapping", model.attentionSoftcap);
    if (entry.logitSoftcap.key && (model.family == Family::Gemma2 || model.logitSoftcap > 0))
        keys.real("final_logit_softcapping", model.logitSoftcap);
    if (entry.parallelBranches.key)
        keys.flag("use_parallel_residual", model.parallelBranches);
    if (model.family == Family::GraniteHybrid && !model.mixture.isMixture())
        keys.number("expert_shared_feed_forward_length", model.intermediate);
}

void addMixture(ModelKeys& keys, const ModelConfig& model)
{
    const BaseMixture& mixture = model.mixture;
    if (!mixture.isMixture())
        return;
    keys.number("expert_count", mixture.experts);
    keys.number("expert_used_count", mixture.active);
    // Where the width of the experts is the family's, its key is enough, but gpt-oss asks for both.
    if (model.family == Family::Qwen2Moe || model.family == Family::Qwen3Moe || model.family == Family::GptOss)
        keys.number("expert_feed_forward_length", mixture.intermediate);
    if (mixture.sharedIntermediate > 0)
        keys.number("expert_shared_feed_forward_length", mixture.sharedIntermediate);
}

} // namespace

void addModelMetadata(GgufWriter& writer, const ModelConfig& model, const std::string& name)
{
    const GgufFamily* family = ggufFamilyOf(model);
    if (!family)
        return;
    writer.addText("general.architecture", family->architecture);
    writer.addText("general.type", "model");
    writer.addText("general.name", name);
    ModelKeys keys(writer, family->architecture);
    keys.number("vocab_size", model.vocabulary);
    keys.number("context_length", model.maximumPositions);
    keys.number("embedding_length", model.hidden);
    keys.number("block_count", model.layers);
    keys.number("feed_forward_length", model.intermediate);
    keys.number("attention.head_count", model.heads);
    keys.number("attention.head_count_kv", model.keyValueHeads);
    keys.number("attention.key_length", model.headDimension);
    keys.number("attention.value_length", model.headDimension);
    keys.real(family->epsilonKey, model.normEpsilon);
    addFactors(keys, model, *findFamily(family->modelType));
    addMixture(keys, model);
    addWindows(keys, model, *family);
    if (!model.learnedPositions)
        addRope(keys, model);
}

namespace {

std::vector<float> llama3Factors(const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    // Llama 3.1: long waves are stretched by factor, short ones kept, those between blended.
    const double original =
        static_cast<double>(rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : model.maximumPositions);
    const std::int64_t dimension = rope.dimension > 0 ? rope.dimension : model.headDimension;
    std::vector<float> factors(static_cast<std::size_t>(dimension / 2), 1.0f);
    for (std::size_t j = 0; j < factors.size(); ++j) {
        const double frequency = std::pow(rope.theta, -2.0 * static_cast<double>(j) / static_cast<double>(dimension));
        const double wavelength = 2 * std::numbers::pi / frequency;
        if (wavelength > original / rope.lowFrequencyFactor) {
            factors[j] = static_cast<float>(rope.factor);
        } else if (wavelength >= original / rope.highFrequencyFactor) {
            const double share = (original / wavelength - rope.lowFrequencyFactor) /
                                 (rope.highFrequencyFactor - rope.lowFrequencyFactor);
            factors[j] = static_cast<float>(1 / ((1 - share) / rope.factor + share));
        }
    }
    return factors;
}

} // namespace

std::vector<std::pair<std::string, std::vector<float>>> ropeFactors(const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    switch (rope.kind) {
    case RopeKind::Factors:
        return {{"rope_freqs.weight", rope.factors}};
    case RopeKind::Llama3:
        return {{"rope_freqs.weight", llama3Factors(model)}};
    case RopeKind::LongRope:
        return {{"rope_factors_long.weight", rope.longFactors}, {"rope_factors_short.weight", rope.factors}};
    default:
        return {};
    }
}

std::uint32_t ggufFileType(DataType type)
{
    return type == DataType::F16 ? 1 : type == DataType::Q8_0 ? 7 : type == DataType::BF16 ? 32 : 0;
}

} // namespace hilo
