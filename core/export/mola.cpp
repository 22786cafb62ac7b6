// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mola.h"

#include "export/float_tensors.h"
#include "export/lowered_top_k.h"
#include "formats/layer_modules.h"
#include "formats/safetensors_writer.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace {

/// MoLA scales by alpha/rank[layer]; alpha is free because the scales are multiplied into B.
constexpr double alpha = 16;

/// The same map with one count, rank and top-k in each layer, about as many parameters in all.
AllocationMap levelled(const AllocationMap& map)
{
    AllocationMap result = map;
    result.name = map.name + " (one count a layer)";
    result.strategy = "manual";
    result.notes.clear();
    LoweredTopK lowered;
    for (auto& layer : result.layers) {
        std::int64_t modules = 0, experts = 0, ranks = 0;
        int topK = 1;
        for (const auto& [name, module] : layer) {
            if (module.experts() == 0)
                continue;
            ++modules;
            experts += module.experts();
            ranks += module.totalRank();
            topK = std::max(topK, module.topK);
        }
        if (modules == 0)
            continue;
        const std::int64_t count = std::max<std::int64_t>(1, (experts + modules / 2) / modules);
        const std::int64_t rank = std::max<std::int64_t>(1, (ranks + modules * count / 2) / (modules * count));
        for (auto& [name, module] : layer) {
            if (module.experts() == 0)
                continue;
            module.nullExperts = 0;
            module.ranks.assign(static_cast<std::size_t>(count), static_cast<int>(rank));
            lowered.set(module, topK);
        }
    }
    lowered.note(result);
    return result;
}

bool isLlamaLike(const ModelConfig& model)
{
    return model.family == Family::Llama;
}

/// What MoLA's own modelling code, llama's of transformers 4.28, would compute otherwise; empty when nothing.
std::string beyondItsModel(const ModelConfig& model)
{
    std::string parts;
    const auto add = [&parts](bool differs, const char* what) {
        if (differs)
            parts += (parts.empty() ? "" : ", ") + std::string(what);
    };
    add(model.keyValueHeads != model.heads, "keys and values shared by heads");
    add(model.headDimension * model.heads != model.hidden, "a head size of its own");
    add(model.rope.theta != 1e4, "another rotary base than 10000");
    add(model.rope.kind != RopeKind::None, "scaled rotary positions");
    add(model.queryKeyValueBias || model.outputBias || model.mlpBias, "biases");
    if (parts.empty())
        return {};
    return " MoLA's own llama code is older than this model (" + parts +
           "): use its classes for loading and layers with a newer llama's code.";
}

} // namespace

Verdict judgeMola(const ExportSubject& subject)
{
    const MapTraits traits = traitsOf(subject.map);
    if (traits.empty)
        return {Fit::Impossible, "The map has no experts, so there is nothing to write.", {}};
    if (const auto refused = refusedForBaseExperts(subject))
        return *refused;
    if (!isLlamaLike(subject.model))
        return {Fit::Impossible,
                "MoLA's code knows llama models only, and this one is " + subject.model.architecture + ".",
                {}};
    if (subject.router == RouterKind::TopP)
        return {Fit::Impossible, "The format has the same number of experts for every token, and top_p has not.", {}};
    if (traits.nullExperts)
        return {Fit::Impossible, "The format has no null experts (" + traits.firstWithNull + ").",
                levelled(subject.map)};
    bool padded = false;
    std::set<std::string> names;
    for (const auto& layer : subject.map.layers)
        for (const auto& [name, module] : layer)
            if (module.experts() > 0)
                names.insert(name);
    for (std::size_t layer = 0; layer < subject.map.layers.size(); ++layer) {
        const auto& modules = subject.map.layers[layer];
        std::set<int> counts, chosen, ranks;
        std::size_t used = 0;
        for (const auto& [name, module] : modules) {
            if (module.experts() == 0)
                continue;
            ++used;
            counts.insert(module.experts());
            chosen.insert(subject.router == RouterKind::Dense ? module.experts() : module.topK);
            ranks.insert(module.ranks.begin(), module.ranks.end());
        }
        if (counts.size() > 1 || chosen.size() > 1)
            return {Fit::Impossible,
                    "The format has one count of experts" + std::string(counts.size() > 1 ? "" : " and one top-k") +
                        " a layer, and the modules of layer " + std::to_string(layer) + " differ.",
                    levelled(subject.map)};
        padded = padded || ranks.size() > 1 || used < names.size();
    }
    if (padded)
        return {Fit::ExactAfterPadding,
                "Counts are the same within each layer; zeros bring the ranks of a layer to its largest and fill "
                "modules without experts." +
                    beyondItsModel(subject.model),
                {}};
    return {Fit::Exact, "Counts, ranks and top-k are the same within each layer." + beyondItsModel(subject.model), {}};
}

Result<MolaCounts> writeMola(const AdapterContent& content, const BaseReference& base,
                             const std::filesystem::path& folder)
{
    MolaCounts counts;
    const auto layers = static_cast<std::size_t>(content.model.layers);
    counts.experts.assign(layers, 1);
    counts.topK.assign(layers, 1);
    counts.ranks.assign(layers, 1);
    std::set<std::string> names;
    for (const ModuleContent& module : content.modules) {
        const auto layer = static_cast<std::size_t>(module.layer);
        names.insert(module.shape.name);
        counts.experts[layer] = static_cast<int>(module.experts.size());
        counts.topK[layer] = module.dense ? counts.experts[layer] : module.topK;
        for (const ExpertContent& expert : module.experts)
            counts.ranks[layer] = std::max(counts.ranks[layer], static_cast<int>(expert.rank));
    }
    FloatTensors tensors;
    for (std::size_t layer = 0; layer < layers; ++layer)
        for (const ModuleShape& shape : layerModules(content.model, static_cast<std::int64_t>(layer))) {
            if (!names.contains(shape.name))
                continue;
            const auto number = static_cast<std::int64_t>(layer);
            const ModuleContent* module = findModule(content, number, shape.name);
            const std::int64_t rank = counts.ranks[layer];
            const std::string prefix = "base_model.model." + modulePath(content.model, number, shape) + ".";
            for (int i = 0; i < counts.experts[layer]; ++i) {
                ExpertContent expert = module ? module->experts[static_cast<std::size_t>(i)] : zeroExpert(rank, shape);
                expert.scale *= static_cast<double>(rank) / alpha;
                expert = paddedTo(withScaleFolded(std::move(expert)), rank, shape);
                const std::string end = "_" + std::to_string(i) + ".weight";
                tensors.add(prefix + "lora_A" + end, {rank, shape.in}, std::move(expert.a));
                tensors.add(prefix + "lora_B" + end, {shape.out, rank}, std::move(expert.b));
            }
            std::vector<float> router = module ? module->router : std::vector<float>();
            router.resize(static_cast<std::size_t>(counts.experts[layer] * shape.in), 0.0f);
            tensors.add(prefix + "router.router.weight", {counts.experts[layer], shape.in}, std::move(router));
        }
    Json targets = Json::array();
    for (const std::string& name : names)
        targets.push_back(name);
    const Json config = {{"peft_type", "LORA"},
                         {"task_type", "CAUSAL_LM"},
                         {"auto_mapping", nullptr},
                         {"base_model_name_or_path", base.name},
                         {"revision", nullptr},
                         {"inference_mode", true},
                         {"r", counts.ranks},
                         {"target_modules", std::move(targets)},
                         {"lora_alpha", alpha},
                         {"lora_dropout", 0.0},
                         {"fan_in_fan_out", false},
                         {"bias", "none"},
                         {"modules_to_save", nullptr},
                         {"init_lora_weights", true},
                         {"layers_to_transform", nullptr},
                         {"layers_pattern", nullptr}};
    HILO_CHECK(writeSafetensors(folder / "adapter_model.safetensors", tensors.entries()));
    HILO_CHECK(writeJsonFile(folder / "adapter_config.json", config));
    return counts;
}

} // namespace hilo
