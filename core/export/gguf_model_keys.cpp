// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_model_keys.h"

#include "formats/block_facts.h"
#include "formats/family_table.h"
#include "formats/gguf_families.h"
#include "formats/gguf_rope.h"

#include <algorithm>
#include <cmath>
#include <functional>

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
    /// One number where it is that of all layers.
    void numbers(const char* key, const std::vector<std::int64_t>& values)
    {
        if (std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end())
            number(key, values.front());
        else
            list(key, values);
    }
    void list(const char* key, const std::vector<std::int64_t>& values)
    {
        writer_.addIntegers(prefix_ + key, std::vector<std::int32_t>(values.begin(), values.end()));
    }
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
    keys.number("rope.dimension_count", rope.dimension > 0         ? rope.dimension
                                        : model.layerSizes.empty() ? model.headDimension
                                                                   : model.layerSizes.back().headDimension);
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
    if ((*window == 0 && model.layerSizes.empty()) || family.windows != GgufWindows::Period)
        return;
    std::vector<bool> slides;
    bool usual = true;
    for (std::size_t layer = 0; layer < model.windows.size(); ++layer) {
        slides.push_back(model.windows[layer] > 0);
        usual = usual && slides.back() == ((static_cast<std::int64_t>(layer) + 1) % family.period != 0);
    }
    // Where the pattern is that of the architecture, older versions of llama.cpp do without.
    if (!usual || !model.layerSizes.empty() || model.family == Family::Olmo3 || model.family == Family::Exaone4)
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
    // Where the key is missing llama.cpp caps gemma4's logits at 30; its own converter leaves it out where there is no
    // cap.
    if (entry.logitSoftcap.key && (model.family != Family::Gemma3 || model.logitSoftcap > 0))
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

/// Sizes of heads and MLPs; where layers differ (gemma4) those of full layers, of sliding ones beside.
void addSizes(ModelKeys& keys, const ModelConfig& model)
{
    if (model.layerSizes.empty()) {
        keys.number("feed_forward_length", model.intermediate);
        keys.number("attention.head_count_kv", model.keyValueHeads);
        keys.number("attention.key_length", model.headDimension);
        keys.number("attention.value_length", model.headDimension);
        return;
    }
    std::vector<std::int64_t> widths, keyHeads;
    std::int64_t shared = 0, ofSliding = model.headDimension;
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        const LayerSizes sizes = model.sizesOf(layer);
        widths.push_back(sizes.intermediate);
        keyHeads.push_back(sizes.keyValueHeads);
        shared += model.keyValueLayerOf(layer) != layer ? 1 : 0;
        if (model.windows[static_cast<std::size_t>(layer)] > 0)
            ofSliding = sizes.headDimension;
    }
    keys.numbers("feed_forward_length", widths);
    keys.numbers("attention.head_count_kv", keyHeads);
    for (const char* key : {"attention.key_length", "attention.value_length"})
        keys.number(key, model.layerSizes.back().headDimension);
    for (const char* key : {"attention.key_length_swa", "attention.value_length_swa", "rope.dimension_count_swa"})
        keys.number(key, ofSliding);
    keys.number("attention.shared_kv_layers", shared);
    keys.number("embedding_length_per_layer_input", model.perLayerWidth);
}

/// Each how many layers attention stands: as usual, or as these layers have it. llama.cpp goes by recurrent_layers
/// where it knows that key.
std::int64_t attentionInterval(const LinearAttention& net)
{
    constexpr std::int64_t usual = 4;
    const auto fits = [&](std::int64_t interval) {
        for (std::size_t layer = 0; layer < net.layers.size(); ++layer)
            if (net.layers[layer] != ((static_cast<std::int64_t>(layer) + 1) % interval != 0))
                return false;
        return true;
    };
    if (fits(usual))
        return usual;
    for (std::int64_t interval = 1; interval <= static_cast<std::int64_t>(net.layers.size()); ++interval)
        if (fits(interval))
            return interval;
    return usual;
}

/// The parts that pairs of a head are shared out to, in turns. Released models have these; a head that holds fewer
/// values than they count needs smaller ones.
std::vector<std::int64_t> positionSections(const ModelConfig& model)
{
    constexpr std::int64_t all = 32;
    const std::int64_t rotated = model.rope.dimension > 0 ? model.rope.dimension : model.headDimension;
    const std::int64_t pairs = model.headDimension >= all ? all : rotated / 2;
    return {(pairs + 2) / 3, (pairs + 1) / 3, pairs / 3, 0};
}

void addDeltaNets(ModelKeys& keys, const ModelConfig& model)
{
    const LinearAttention& net = model.linearAttention;
    if (net.layers.empty())
        return;
    keys.number("ssm.conv_kernel", net.kernel);
    keys.number("ssm.state_size", net.keyDimension);
    keys.number("ssm.group_count", net.keyHeads);
    keys.number("ssm.time_step_rank", net.valueHeads);
    keys.number("ssm.inner_size", net.valueWidth());
    keys.flags("attention.recurrent_layers", net.layers);
    keys.number("full_attention_interval", attentionInterval(net));
    keys.list("rope.dimension_sections", positionSections(model));
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
    keys.number("attention.head_count", model.heads);
    addSizes(keys, model);
    addDeltaNets(keys, model);
    keys.real(family->epsilonKey, model.normEpsilon);
    addFactors(keys, model, *findFamily(family->modelType));
    addMixture(keys, model);
    addWindows(keys, model, *family);
    if (!model.learnedPositions)
        addRope(keys, model);
}

namespace {

std::vector<float> proportionalFactors(const ModelConfig& model)
{
    const auto pairs = static_cast<std::size_t>(model.layerSizes.back().headDimension / 2);
    const bool isPart = model.rope.kind == RopeKind::Proportional;
    const std::size_t turned = isPart ? static_cast<std::size_t>(model.rope.turnedPairs) : pairs;
    std::vector<float> factors(pairs, 1e30f);
    std::fill_n(factors.begin(), std::min(turned, pairs), isPart ? static_cast<float>(model.rope.factor) : 1.0f);
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
        return {{"rope_freqs.weight", llama3Factors(rope, model.maximumPositions, model.headDimension)}};
    case RopeKind::LongRope:
        return {{"rope_factors_long.weight", rope.longFactors}, {"rope_factors_short.weight", rope.factors}};
    case RopeKind::None:
    case RopeKind::Proportional:
        // llama.cpp's gemma4 asks for the tensor: pairs that stand still are divided by so much.
        if (!model.layerSizes.empty())
            return {{"rope_freqs.weight", proportionalFactors(model)}};
        return {};
    default:
        return {};
    }
}

std::uint32_t ggufFileType(DataType type)
{
    return type == DataType::F16 ? 1 : type == DataType::Q8_0 ? 7 : type == DataType::BF16 ? 32 : 0;
}

} // namespace hilo
