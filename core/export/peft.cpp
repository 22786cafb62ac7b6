// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/peft.h"

#include "export/float_tensors.h"
#include "export/serving.h"
#include "formats/base_expert_modules.h"
#include "formats/safetensors_writer.h"

#include <string_view>

namespace hilo {
namespace {

/// As the class that AutoModelForCausalLM makes of the base model calls the module: a wrapper holds the text model one
/// level further in, but of qwen3_5's wrapper the class takes the text model alone.
std::string trainedPath(const AdapterContent& content, const ModuleContent& module)
{
    const std::string path = pathOf(content, module);
    constexpr std::string_view body = "model.";
    const bool isWrapper = content.model.insideWrapper && content.model.family != Family::Qwen35;
    return isWrapper && path.starts_with(body) ? "model.language_model." + path.substr(body.size()) : path;
}

/// Peft wraps a layer's experts once for each parameter, gate and up first: the pair of that one lies one level further
/// in where down has one, too (tuners/lora/layer.py ParamWrapper).
std::string keyOfParameter(const AdapterContent& content, const ModuleContent& module, const std::string& path)
{
    const std::string experts = path.substr(0, path.rfind('.'));
    if (module.shape.inputGroup == inputGroupOfExpertsDown)
        return experts;
    for (const ModuleContent& other : content.modules)
        if (other.ofBase && other.layer == module.layer && other.shape.inputGroup == inputGroupOfExpertsDown)
            return experts + ".base_layer";
    return experts;
}

/// A [experts · rank, in], expert by expert, and B [out, rank · experts], rank by rank (ParamWrapper.get_delta_weight).
void addParameterLora(FloatTensors& tensors, const ModuleContent& module, std::int64_t rank, const std::string& key)
{
    const auto experts = static_cast<std::int64_t>(module.experts.size());
    const ModuleShape& shape = module.shape;
    std::vector<float> a, b(static_cast<std::size_t>(shape.out * rank * experts));
    for (std::int64_t number = 0; number < experts; ++number) {
        const ExpertContent expert =
            paddedTo(withScaleFolded(module.experts[static_cast<std::size_t>(number)]), rank, shape);
        a.insert(a.end(), expert.a.begin(), expert.a.end());
        for (std::int64_t row = 0; row < shape.out; ++row)
            for (std::int64_t column = 0; column < rank; ++column)
                b[static_cast<std::size_t>((row * rank + column) * experts + number)] =
                    expert.b[static_cast<std::size_t>(row * rank + column)];
    }
    tensors.add("base_model.model." + key + ".lora_A.weight", {experts * rank, shape.in}, std::move(a));
    tensors.add("base_model.model." + key + ".lora_B.weight", {shape.out, rank * experts}, std::move(b));
}

/// Peft 0.19 and later takes every target of qwen3_moe that ends in gate_proj, up_proj or down_proj for the experts'
/// parameters (utils/transformers_weight_conversion.py _convert_peft_config_moe), also where it is the MLP of a layer
/// without experts. By its weight's name it finds that one.
bool isTargetedByWeight(const AdapterContent& content, const ModuleContent& module)
{
    return content.model.family == Family::Qwen3Moe && module.shape.path.starts_with("mlp.");
}

} // namespace

Verdict judgePeft(const ExportSubject& subject)
{
    Verdict verdict = judgePlainLora(subject, BaseExpertsIn::Format);
    if (verdict.fit == Fit::Impossible && traitsOf(subject.map).routed)
        verdict.reason += " peft-static and peft-distilled make one of its experts.";
    if (verdict.fit != Fit::Impossible)
        verdict.reason += rankNote(subject, CollapsedRanks::None);
    return verdict;
}

Verdict judgePeftPadded(const ExportSubject& subject)
{
    Verdict verdict = judgePeft(subject);
    if (verdict.fit == Fit::Exact && !traitsOf(subject.map).oneRank) {
        verdict.fit = Fit::ExactAfterPadding;
        verdict.reason = "Every module has at most one expert; zeros bring all of them to the largest rank." +
                         rankNote(subject, CollapsedRanks::None);
    }
    return verdict;
}

Verdict judgePeftStatic(const ExportSubject& subject)
{
    const MapTraits traits = traitsOf(subject.map);
    if (traits.routed)
        return {Fit::StaticApproximation,
                "The routers are replaced by their mean weights on calibration data; what that costs is measured." +
                    rankNote(subject, CollapsedRanks::Sum),
                {}};
    return judgePeft(subject);
}

Verdict judgePeftDistilled(const ExportSubject& subject)
{
    Verdict verdict = judgePeft(subject);
    if (traitsOf(subject.map).routed)
        return {Fit::StaticApproximation,
                "One LoRA a module is trained on the run's rows until the model says with it what it says with the "
                "mixture; what that costs is measured, and so is what mean weights cost." +
                    rankNote(subject, CollapsedRanks::Active),
                {}};
    if (verdict.fit == Fit::Exact)
        return {Fit::Impossible, "There is nothing to distil: no module chooses among experts, and peft is exact.", {}};
    return verdict;
}

Status writePeft(const AdapterContent& content, PeftRanks ranks, const BaseReference& base,
                 const std::filesystem::path& folder)
{
    const std::int64_t largest = content.largestRank();
    FloatTensors tensors;
    Json targets = Json::array(), parameters = Json::array();
    Json rankPattern = Json::object(), alphaPattern = Json::object();
    for (const ModuleContent& module : content.modules) {
        if (module.ofBase) {
            const std::string path = trainedPath(content, module);
            const std::int64_t rank = ranks == PeftRanks::Padded ? largest : module.experts.front().rank;
            parameters.push_back(path);
            if (rank != largest) {
                rankPattern[path] = rank;
                alphaPattern[path] = rank;
            }
            addParameterLora(tensors, module, rank, keyOfParameter(content, module, path));
            continue;
        }
        if (module.experts.size() != 1 || !module.router.empty())
            return failure(internalError("A routed module cannot be written as a PEFT LoRA."));
        ExpertContent expert = withScaleFolded(module.experts[0]);
        if (ranks == PeftRanks::Padded)
            expert = paddedTo(std::move(expert), largest, module.shape);
        const std::string path = trainedPath(content, module);
        const bool byWeight = isTargetedByWeight(content, module);
        const std::string target = byWeight ? path + ".weight" : path;
        (byWeight ? parameters : targets).push_back(target);
        if (expert.rank != largest) {
            rankPattern[target] = expert.rank;
            alphaPattern[target] = expert.rank;
        }
        tensors.add("base_model.model." + path + ".lora_A.weight", {expert.rank, module.shape.in}, std::move(expert.a));
        tensors.add("base_model.model." + path + ".lora_B.weight", {module.shape.out, expert.rank},
                    std::move(expert.b));
    }
    Json config = {{"peft_type", "LORA"},
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
    // Left out where it is empty: versions before 0.17 do not know the key.
    if (!parameters.empty())
        config["target_parameters"] = std::move(parameters);
    HILO_CHECK(writeSafetensors(folder / "adapter_model.safetensors", tensors.entries()));
    return writeJsonFile(folder / "adapter_config.json", config);
}

} // namespace hilo
