// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_model_keys.h"

#include "export/gguf_names.h"
#include "formats/gguf_weights.h"

#include <array>
#include <cmath>
#include <numbers>

namespace hilo {
namespace {

constexpr std::array modelStems = {"token_embd", "output_norm", "output"};
constexpr std::array layerStems = {
    "attn_norm", "attn_q", "attn_k",   "attn_v",   "attn_output",         "attn_q_norm",   "attn_k_norm",
    "ffn_gate",  "ffn_up", "ffn_down", "ffn_norm", "post_attention_norm", "post_ffw_norm",
};

void addRope(GgufWriter& writer, const std::string& prefix, const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    writer.addUnsigned(prefix + "rope.dimension_count", static_cast<std::uint32_t>(model.headDimension));
    writer.addFloat(prefix + "rope.freq_base", static_cast<float>(rope.theta));
    if (rope.kind != RopeKind::Linear && rope.kind != RopeKind::Yarn)
        return;
    writer.addText(prefix + "rope.scaling.type", rope.kind == RopeKind::Linear ? "linear" : "yarn");
    writer.addFloat(prefix + "rope.scaling.factor", static_cast<float>(rope.factor));
    if (rope.kind == RopeKind::Yarn) {
        writer.addUnsigned(prefix + "rope.scaling.original_context_length",
                           static_cast<std::uint32_t>(rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions
                                                                                        : model.maximumPositions));
        writer.addFloat(prefix + "rope.scaling.yarn_beta_fast", static_cast<float>(rope.betaFast));
        writer.addFloat(prefix + "rope.scaling.yarn_beta_slow", static_cast<float>(rope.betaSlow));
    }
    if (rope.attentionFactor > 0 && rope.factor > 0)
        writer.addFloat(prefix + "rope.scaling.attn_factor",
                        static_cast<float>(rope.attentionFactor / (0.1 * std::log(rope.factor) + 1)));
}

} // namespace

void addModelMetadata(GgufWriter& writer, const ModelConfig& model, const std::string& name)
{
    const std::string architecture = ggufArchitecture(model);
    const std::string prefix = architecture + ".";
    const auto number = [&](const char* key, std::int64_t value) {
        writer.addUnsigned(prefix + key, static_cast<std::uint32_t>(value));
    };
    writer.addText("general.architecture", architecture);
    writer.addText("general.type", "model");
    writer.addText("general.name", name);
    number("vocab_size", model.vocabulary);
    number("context_length", model.maximumPositions);
    number("embedding_length", model.hidden);
    number("block_count", model.layers);
    number("feed_forward_length", model.intermediate);
    number("attention.head_count", model.heads);
    number("attention.head_count_kv", model.keyValueHeads);
    number("attention.key_length", model.headDimension);
    number("attention.value_length", model.headDimension);
    writer.addFloat(prefix + "attention.layer_norm_rms_epsilon", static_cast<float>(model.normEpsilon));
    addRope(writer, prefix, model);
    if (model.family == Family::Gemma2) {
        number("attention.sliding_window", model.windows.empty() ? 0 : model.windows[0]);
        writer.addFloat(prefix + "attn_logit_softcapping", static_cast<float>(model.attentionSoftcap));
        writer.addFloat(prefix + "final_logit_softcapping", static_cast<float>(model.logitSoftcap));
    }
}

std::map<std::string, std::string> ggufTensorNames(const ModelConfig& model)
{
    std::map<std::string, std::string> names;
    const auto add = [&](const std::string& stem) {
        for (const char* kind : {".weight", ".bias"})
            if (const auto name = huggingFaceName(stem + kind, model))
                names.emplace(*name, stem + kind);
    };
    for (const char* stem : modelStems)
        add(stem);
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const char* stem : layerStems)
            add("blk." + std::to_string(layer) + "." + stem);
    return names;
}

std::vector<float> ropeFactors(const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    if (rope.kind == RopeKind::Factors)
        return rope.factors;
    if (rope.kind != RopeKind::Llama3)
        return {};
    // Llama 3.1: long waves are stretched by factor, short ones kept, those between blended.
    const double original =
        static_cast<double>(rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : model.maximumPositions);
    std::vector<float> factors(static_cast<std::size_t>(model.headDimension / 2), 1.0f);
    for (std::size_t j = 0; j < factors.size(); ++j) {
        const double frequency =
            std::pow(rope.theta, -2.0 * static_cast<double>(j) / static_cast<double>(model.headDimension));
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

std::uint32_t ggufFileType(DataType type)
{
    return type == DataType::F16 ? 1 : type == DataType::Q8_0 ? 7 : type == DataType::BF16 ? 32 : 0;
}

} // namespace hilo
