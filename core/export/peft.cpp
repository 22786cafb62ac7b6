// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/peft.h"

#include "export/float_tensors.h"
#include "formats/safetensors_writer.h"

#include <string_view>

namespace hilo {
namespace {

/// As the class that AutoModelForCausalLM makes of the base model calls the module: a wrapper holds the text model one
/// level further in.
std::string trainedPath(const AdapterContent& content, const ModuleContent& module)
{
    const std::string path = pathOf(content, module);
    constexpr std::string_view body = "model.";
    return content.model.insideWrapper && path.starts_with(body) ? "model.language_model." + path.substr(body.size())
                                                                 : path;
}

} // namespace

Verdict judgePeft(const ExportSubject& subject)
{
    Verdict verdict = judgePlainLora(subject);
    if (verdict.fit == Fit::Impossible && traitsOf(subject.map).routed)
        verdict.reason += " peft-static collapses the mixture.";
    return verdict;
}

Verdict judgePeftPadded(const ExportSubject& subject)
{
    Verdict verdict = judgePeft(subject);
    if (verdict.fit == Fit::Exact && !traitsOf(subject.map).oneRank) {
        verdict.fit = Fit::ExactAfterPadding;
        verdict.reason = "Every module has at most one expert; zeros bring all of them to the largest rank.";
    }
    return verdict;
}

Verdict judgePeftStatic(const ExportSubject& subject)
{
    const MapTraits traits = traitsOf(subject.map);
    if (traits.routed)
        return {Fit::StaticApproximation,
                "The routers are replaced by their mean weights on calibration data; what that costs is measured.",
                {}};
    return judgePlainLora(subject);
}

Status writePeft(const AdapterContent& content, PeftRanks ranks, const BaseReference& base,
                 const std::filesystem::path& folder)
{
    const std::int64_t largest = content.largestRank();
    FloatTensors tensors;
    Json targets = Json::array(), rankPattern = Json::object(), alphaPattern = Json::object();
    for (const ModuleContent& module : content.modules) {
        if (module.experts.size() != 1 || !module.router.empty())
            return failure(internalError("A routed module cannot be written as a PEFT LoRA."));
        ExpertContent expert = withScaleFolded(module.experts[0]);
        if (ranks == PeftRanks::Padded)
            expert = paddedTo(std::move(expert), largest, module.shape);
        const std::string path = trainedPath(content, module);
        targets.push_back(path);
        if (expert.rank != largest) {
            rankPattern[path] = expert.rank;
            alphaPattern[path] = expert.rank;
        }
        tensors.add("base_model.model." + path + ".lora_A.weight", {expert.rank, module.shape.in}, std::move(expert.a));
        tensors.add("base_model.model." + path + ".lora_B.weight", {module.shape.out, expert.rank},
                    std::move(expert.b));
    }
    const Json config = {{"peft_type", "LORA"},
                         {"task_type", "CAUSAL_LM"},
                         {"base_model_name_or_path", base.name},
                         {"revision", nullptr},
                         {"auto_mapping", nullptr},
                         {"inference_mode", true},
                         {"bias", "none"},
                         {"fan_in_fan_out", content.model.transposedWeights},
                         {"init_lora_weights", true},
                         {"lora_dropout", 0.0},
                         {"modules_to_save", nullptr},
                         {"layers_to_transform", nullptr},
                         {"layers_pattern", nullptr},
                         {"r", largest},
                         {"lora_alpha", largest},
                         {"target_modules", std::move(targets)},
                         {"rank_pattern", std::move(rankPattern)},
                         {"alpha_pattern", std::move(alphaPattern)}};
    HILO_CHECK(writeSafetensors(folder / "adapter_model.safetensors", tensors.entries()));
    return writeJsonFile(folder / "adapter_config.json", config);
}

} // namespace hilo
