// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/merged.h"

#include "export/gguf_limits.h"
#include "export/gguf_names.h"
#include "formats/gguf_rope.h"

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
    Verdict verdict = judgePlainLora(subject, BaseExpertsIn::Format);
    if (verdict.fit == Fit::Exact)
        verdict.reason = "Every module has at most one expert, which is added to its weight.";
    return verdict;
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
    if (subject.modelIsGguf && subject.model.rope.kind == RopeKind::Factors &&
        !llama3RopeOf(subject.model.rope, subject.model.headDimension))
        return {Fit::Impossible,
                "The base model's GGUF file holds RoPE factors that config.json cannot express: no rope_type (llama3, "
                "linear, default) has them. merged-gguf can.",
                {}};
    return judgeWeights(subject);
}

Verdict judgeMergedGguf(const ExportSubject& subject)
{
    if (!ggufKnows(subject.model))
        return {Fit::Impossible, "GGUF files of " + subject.model.architecture + " models are not written here.", {}};
    if (const auto refused = refusedForBaseExperts(subject))
        return *refused;
    const std::string lost = subject.modelIsGguf ? notLoadedByLlamaCpp(subject.model) : lostInGguf(subject.model);
    if (!lost.empty())
        return {Fit::Impossible, lost, {}};
    Verdict verdict = judgeWeights(subject);
    if (verdict.fit != Fit::Impossible && roundsYarn(subject.model))
        verdict.reason += " llama.cpp rounds the ends of YaRN's ramp, which the model does not; what that changes is "
                          "measured.";
    return verdict;
}

} // namespace hilo
