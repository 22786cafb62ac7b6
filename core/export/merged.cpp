// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/merged.h"

#include "export/gguf_names.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

Verdict judgeWeights(const ExportSubject& subject)
{
    const MapTraits traits = traitsOf(subject.map);
    if (traits.routed)
        return {
            Fit::StaticApproximation,
            "Weights cannot choose experts: mean weights on calibration data replace the routers; what that costs is "
            "measured.",
            {}};
    Verdict verdict = judgePlainLora(subject);
    if (verdict.fit == Fit::Exact)
        verdict.reason = "Every module has at most one expert, which is added to its weight.";
    return verdict;
}

/// What a GGUF file of this family cannot say; empty when nothing.
std::string lostInGguf(const ModelConfig& model)
{
    if (!ggufKnows(model))
        return "GGUF files of " + model.architecture + " models are not written here.";
    if (model.family == Family::Gpt2)
        return "GGUF files of gpt2 models are not read here, so it could not be checked.";
    const bool gemma = model.family == Family::Gemma || model.family == Family::Gemma2;
    if (model.activation != (gemma ? Activation::GeluTanh : Activation::Silu))
        return "GGUF files have no key for the activation, and the model uses another one than its family.";
    const bool windowed = std::any_of(model.windows.begin(), model.windows.end(), [&](std::int64_t window) {
        return window > 0 && window < model.maximumPositions;
    });
    if (windowed && model.family != Family::Gemma2)
        return "GGUF files of " + model.architecture + " models have no sliding window, and the model uses one.";
    const double usual = 1 / std::sqrt(static_cast<double>(model.headDimension));
    const bool of27B = model.family == Family::Gemma2 && model.layers == 46;
    if (!of27B && std::abs(model.attentionScale - usual) > 1e-9)
        return "GGUF files have no key for the attention's scale (query_pre_attn_scalar), and the model has its own.";
    if (model.rope.kind == RopeKind::Yarn && !model.rope.truncate)
        return "GGUF files have no key for YaRN without whole dimensions (truncate), and the model uses it.";
    if (model.rope.kind == RopeKind::Dynamic)
        return "GGUF files have no dynamic RoPE scaling.";
    return {};
}

} // namespace

DataType mergedType(std::string_view name)
{
    return name == "q8_0"       ? DataType::Q8_0
           : name == "float16"  ? DataType::F16
           : name == "bfloat16" ? DataType::BF16
                                : DataType::F32;
}

Verdict judgeMerged(const ExportSubject& subject)
{
    if (subject.modelIsGguf && subject.model.rope.kind == RopeKind::Factors)
        return {Fit::Impossible,
                "The base model's GGUF file holds RoPE factors that config.json cannot express; merged-gguf can.",
                {}};
    return judgeWeights(subject);
}

Verdict judgeMergedGguf(const ExportSubject& subject)
{
    if (!ggufKnows(subject.model))
        return {Fit::Impossible, "GGUF files of " + subject.model.architecture + " models are not written here.", {}};
    const std::string lost = subject.modelIsGguf ? std::string() : lostInGguf(subject.model);
    return lost.empty() ? judgeWeights(subject) : Verdict{Fit::Impossible, lost, {}};
}

} // namespace hilo
