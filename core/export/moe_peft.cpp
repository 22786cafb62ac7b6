// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/moe_peft.h"

#include "base/counted.h"
#include "export/float_tensors.h"
#include "export/lowered_top_k.h"
#include "export/torch_archive.h"
#include "formats/block_facts.h"
#include "formats/layer_modules.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

namespace hilo {
namespace {

constexpr int mostExperts = 256;

/// What one module asks of the adapter's shared numbers.
struct Demand
{
    int experts = 0;
    int topK = 0;
    bool inMlp = false;
    std::string name;
};

/// The numbers that hold for the whole adapter.
struct Shared
{
    std::string type; ///< LORA, LORAMOE, MOLA
    int experts = 1;
    int topK = 1;
};

/// Nothing when no common numbers exist.
std::optional<Shared> sharedNumbers(const std::vector<Demand>& demands, bool dense)
{
    Shared shared{"LORA", 1, 1};
    bool routed = false, attentionRouted = false;
    for (const Demand& demand : demands) {
        routed = routed || demand.experts > 1;
        attentionRouted = attentionRouted || (demand.experts > 1 && !demand.inMlp);
        shared.experts = std::lcm(shared.experts, demand.experts);
        if (shared.experts > mostExperts)
            return std::nullopt;
    }
    if (!routed)
        return shared;
    shared.type = dense && !attentionRouted ? "LORAMOE" : "MOLA";
    std::set<int> chosen;
    for (const Demand& demand : demands)
        if (demand.experts > 1)
            chosen.insert(demand.topK * (shared.experts / demand.experts));
    if (chosen.size() != 1)
        return std::nullopt;
    shared.topK = *chosen.begin();
    return shared;
}

std::vector<Demand> demandsOf(const ExportSubject& subject)
{
    std::vector<Demand> demands;
    for (std::size_t layer = 0; layer < subject.map.layers.size(); ++layer)
        for (const ModuleShape& shape : layerModules(subject.model, static_cast<std::int64_t>(layer))) {
            const ModuleAllocation* module = subject.map.find(layer, shape.name);
            if (!module || module->experts() == 0)
                continue;
            const bool dense = subject.router == RouterKind::Dense;
            demands.push_back({module->experts(), dense ? module->experts() : module->topK, isMlp(shape), shape.name});
        }
    return demands;
}

/// The same number of experts everywhere, about as many parameters.
AllocationMap oneCountEverywhere(const AllocationMap& map)
{
    std::int64_t modules = 0, experts = 0;
    int topK = 1;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer) {
            if (module.experts() == 0)
                continue;
            ++modules;
            experts += module.experts();
            topK = std::max(topK, module.topK);
        }
    AllocationMap result = map;
    result.name = map.name + " (one count everywhere)";
    result.strategy = "manual";
    result.notes.clear();
    LoweredTopK lowered;
    const int count = static_cast<int>(std::max<std::int64_t>(1, (experts + modules / 2) / modules));
    for (auto& layer : result.layers)
        for (auto& [name, module] : layer) {
            if (module.experts() == 0)
                continue;
            const auto rank = static_cast<int>(std::max<std::int64_t>(1, (module.totalRank() + count / 2) / count));
            module.ranks.assign(static_cast<std::size_t>(count), rank);
            module.nullExperts = 0;
            lowered.set(module, topK);
        }
    lowered.note(result);
    return result;
}

bool isSupported(const ModelConfig& model)
{
    static const std::set<Family> families = {Family::Llama, Family::Mistral, Family::Qwen2, Family::Gemma,
                                              Family::Gemma2};
    return families.contains(model.family);
}

/// A module's experts repeated until there are as many as the adapter has.
ModuleContent spread(const ModuleContent& module, const Shared& shared)
{
    ModuleContent wide = module;
    wide.experts.clear();
    wide.router.clear();
    const std::size_t copies = static_cast<std::size_t>(shared.experts) / module.experts.size();
    const auto in = static_cast<std::size_t>(module.shape.in);
    for (std::size_t expert = 0; expert < module.experts.size(); ++expert)
        for (std::size_t copy = 0; copy < copies; ++copy) {
            wide.experts.push_back(module.experts[expert]);
            if (module.router.empty())
                wide.router.resize(wide.router.size() + in, 0.0f);
            else
                wide.router.insert(wide.router.end(), module.router.begin() + static_cast<std::ptrdiff_t>(expert * in),
                                   module.router.begin() + static_cast<std::ptrdiff_t>((expert + 1) * in));
        }
    return wide;
}

/// The module, or one that adds nothing where there is none.
ModuleContent moduleOrZero(const AdapterContent& content, std::int64_t layer, const ModuleShape& shape,
                           std::int64_t rank)
{
    if (const ModuleContent* module = findModule(content, layer, shape.name))
        return *module;
    ModuleContent module;
    module.layer = layer;
    module.shape = shape;
    module.experts.push_back(zeroExpert(rank, shape));
    return module;
}

} // namespace

Verdict judgeMoePeft(const ExportSubject& subject)
{
    const MapTraits traits = traitsOf(subject.map);
    if (traits.empty)
        return {Fit::Impossible, "The map has no experts, so there is nothing to write.", {}};
    if (const auto refused = refusedForBaseExperts(subject))
        return *refused;
    if (!isSupported(subject.model))
        return {Fit::Impossible, "MoE-PEFT does not know models of the type " + subject.model.architecture + ".", {}};
    if (subject.router == RouterKind::TopP)
        return {Fit::Impossible, "The format has the same number of experts for every token, and top_p has not.", {}};
    if (traits.nullExperts)
        return {Fit::Impossible, "The format has no null experts (" + traits.firstWithNull + ").",
                oneCountEverywhere(subject.map)};
    const std::vector<Demand> demands = demandsOf(subject);
    const auto shared = sharedNumbers(demands, subject.router == RouterKind::Dense);
    if (!shared)
        return {Fit::Impossible,
                "The format has one number of experts and one top-k for the whole adapter, and here they differ in "
                "proportion.",
                oneCountEverywhere(subject.map)};
    std::set<std::string> names;
    bool padded = !traits.oneRank;
    for (const Demand& demand : demands) {
        names.insert(demand.name);
        padded = padded || (demand.experts != shared->experts && !(shared->type == "LORAMOE" && !demand.inMlp));
    }
    padded = padded || demands.size() < names.size() * subject.map.layers.size();
    const std::string type =
        "type " + shared->type + ", " + counted(shared->experts, "expert") + ", top-k " + std::to_string(shared->topK);
    if (padded)
        return {Fit::ExactAfterPadding,
                "As " + type + "; zeros bring ranks to the largest, repeated experts the counts.",
                {}};
    return {Fit::Exact, "As " + type + ".", {}};
}

Status writeMoePeft(const AdapterContent& content, const BaseReference& base, const std::filesystem::path& folder)
{
    std::vector<Demand> demands;
    std::set<std::string> names;
    bool dense = false;
    for (const ModuleContent& module : content.modules) {
        const int experts = static_cast<int>(module.experts.size());
        dense = dense || module.dense;
        names.insert(module.shape.name);
        demands.push_back({experts, module.dense ? experts : module.topK, isMlp(module.shape), module.shape.name});
    }
    const auto shared = sharedNumbers(demands, dense);
    if (!shared)
        return failure(internalError("The adapter has no common number of experts for MoE-PEFT."));
    const std::int64_t rank = content.largestRank();
    FloatTensors tensors;
    const auto addExpert = [&](const std::string& prefix, ExpertContent expert, const ModuleShape& shape) {
        expert = paddedTo(withScaleFolded(std::move(expert)), rank, shape);
        tensors.add(prefix + "lora_A.weight", {rank, shape.in}, std::move(expert.a));
        tensors.add(prefix + "lora_B.weight", {shape.out, rank}, std::move(expert.b));
    };
    for (std::int64_t layer = 0; layer < content.model.layers; ++layer)
        for (const ModuleShape& shape : layerModules(content.model, layer)) {
            if (!names.contains(shape.name))
                continue;
            const ModuleContent module = moduleOrZero(content, layer, shape, rank);
            const bool isRouted = shared->type == "MOLA" || (shared->type == "LORAMOE" && isMlp(shape));
            const std::string root = shared->type == "MOLA"      ? "mola"
                                     : shared->type == "LORAMOE" ? "loramoe"
                                                                 : "base_model.model.model";
            const std::string prefix = root + ".layers." + std::to_string(layer) + "." + shape.path + ".";
            if (!isRouted) {
                addExpert(prefix, module.experts[0], shape);
                continue;
            }
            ModuleContent wide = spread(module, *shared);
            for (std::size_t i = 0; i < wide.experts.size(); ++i)
                addExpert(prefix + "experts." + std::to_string(i) + ".", std::move(wide.experts[i]), shape);
            tensors.add(prefix + "moe_gate.weight", {shared->experts, shape.in}, std::move(wide.router));
        }
    Json targets = Json::array();
    for (const std::string& name : names)
        targets.push_back(name);
    // Its checks want whole numbers for r and lora_alpha, and a dropout above 0; its loader never switches dropout off,
    // so that a usual one would be active in evaluation too.
    Json config = {{"bias", "none"},
                   {"peft_type", shared->type},
                   {"r", rank},
                   {"lora_alpha", rank},
                   {"lora_dropout", 1e-30},
                   {"target_modules", std::move(targets)},
                   {"task_type", "CAUSAL_LM"},
                   {"base_model_name_or_path", base.name}};
    if (shared->type != "LORA") {
        config["routing_strategy"] = shared->type == "MOLA" ? "mola" : "loramoe";
        config["num_experts"] = shared->experts;
    }
    if (shared->type == "MOLA")
        config["top_k"] = shared->topK;
    HILO_CHECK(writeTorchArchive(folder / "adapter_model.bin", tensors.entries()));
    return writeJsonFile(folder / "adapter_config.json", config);
}

} // namespace hilo
