// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/content.h"

#include "engine/base/torch_border.h"
#include "engine/export/content_tensors.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hilo {
namespace {

std::string tensorName(const ModuleContent& module, std::size_t expert, const char* part)
{
    return "layers." + std::to_string(module.layer) + "." + module.shape.name + ".experts." + std::to_string(expert) +
           "." + part;
}

std::string routerName(const ModuleContent& module)
{
    return "layers." + std::to_string(module.layer) + "." + module.shape.name + ".router.weight";
}

/// alpha/rank or alpha/sqrt(rank): what alpha gives this scale.
double alphaFor(const ExpertContent& expert, bool rankStabilised)
{
    const auto rank = static_cast<double>(expert.rank);
    return expert.scale * (rankStabilised ? std::sqrt(rank) : rank);
}

/// One alpha above 0 for all experts of the module.
bool hasOneAlpha(const ModuleContent& module, bool rankStabilised)
{
    const double alpha = alphaFor(module.experts.front(), rankStabilised);
    return alpha >= 1e-6 && alpha <= 1e9 &&
           std::all_of(module.experts.begin(), module.experts.end(), [&](const ExpertContent& expert) {
               return std::abs(alphaFor(expert, rankStabilised) - alpha) <= 1e-12 * alpha;
           });
}

void copyInto(const torch::Tensor& target, const std::vector<float>& values)
{
    target.copy_(torch::from_blob(const_cast<float*>(values.data()), target.sizes(), torch::kFloat32));
}

} // namespace

AdapterContent contentOf(const MixtureAdapter& adapter, const ModelConfig& model)
{
    AdapterContent content;
    content.model = model;
    content.rankStabilised = adapter.settings().scaling == ScalingMode::AlphaOverSqrtRank;
    std::map<std::string, torch::Tensor> tensors;
    for (auto& [name, tensor] : adapter.namedTensors())
        tensors.emplace(name, tensor);
    const ModuleGrid grid = mapGrid(model);
    for (std::size_t layer = 0; layer < adapter.map().layers.size(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer)) {
            const ModuleAllocation* allocation = adapter.map().find(layer, shape.name);
            if (!allocation || allocation->experts() == 0)
                continue;
            ModuleContent module;
            module.layer = static_cast<std::int64_t>(layer);
            module.shape = shape;
            module.topK = allocation->topK;
            module.nullExperts = allocation->nullExperts;
            module.ofBase = allocation->ofBase;
            module.dense = adapter.settings().router == RouterKind::Dense;
            module.topP = adapter.settings().router == RouterKind::TopP ? adapter.settings().topP : 0;
            for (std::size_t i = 0; i < allocation->ranks.size(); ++i)
                module.experts.push_back({allocation->ranks[i],
                                          expertScale(adapter.settings(), allocation->alpha, allocation->ranks[i]),
                                          floatsOf(tensors.at(tensorName(module, i, "lora_A"))),
                                          floatsOf(tensors.at(tensorName(module, i, "lora_B")))});
            if (allocation->hasRouter())
                module.router = floatsOf(tensors.at(routerName(module)));
            content.modules.push_back(std::move(module));
        }
    return content;
}

AllocationMap mapOf(const AdapterContent& content, const std::string& name)
{
    AllocationMap map;
    map.name = name;
    map.strategy = "manual";
    map.architecture = content.model.architecture;
    map.layers.resize(static_cast<std::size_t>(content.model.layers));
    for (const ModuleContent& module : content.modules) {
        ModuleAllocation allocation;
        for (const ExpertContent& expert : module.experts)
            allocation.ranks.push_back(static_cast<int>(expert.rank));
        allocation.topK = module.topK;
        allocation.nullExperts = module.nullExperts;
        allocation.ofBase = module.ofBase;
        allocation.alpha = alphaFor(module.experts.front(), content.rankStabilised);
        // 16/3·3 should read 16.
        if (std::abs(allocation.alpha - std::round(allocation.alpha)) < 1e-9)
            allocation.alpha = std::round(allocation.alpha);
        map.layers[static_cast<std::size_t>(module.layer)][module.shape.name] = std::move(allocation);
    }
    return map;
}

Result<std::shared_ptr<MixtureAdapter>> adapterOf(AdapterContent content, const std::string& name)
{
    AdapterSettings settings;
    settings.scaling = content.rankStabilised ? ScalingMode::AlphaOverSqrtRank : ScalingMode::AlphaOverRank;
    int dense = 0, routed = 0, null = 0, topP = 0;
    for (ModuleContent& module : content.modules) {
        routed += !module.router.empty();
        dense += !module.router.empty() && module.dense;
        null += module.nullExperts > 0;
        topP += !module.router.empty() && module.topP > 0;
        if (module.topP > 0)
            settings.topP = module.topP;
        if (hasOneAlpha(module, content.rankStabilised))
            continue;
        // What no alpha gives goes into b; the rest is what alpha = the first rank gives.
        const auto alpha = static_cast<double>(module.experts.front().rank);
        for (ExpertContent& expert : module.experts) {
            const auto rank = static_cast<double>(expert.rank);
            const double scale = alpha / (content.rankStabilised ? std::sqrt(rank) : rank);
            for (float& value : expert.b)
                value = static_cast<float>(value * (expert.scale / scale));
            expert.scale = scale;
        }
        if (!hasOneAlpha(module, content.rankStabilised))
            return failure(badInput(name, module.shape.name, "The experts' scales cannot be expressed by one alpha."));
    }
    if ((dense != 0 && dense != routed) || (topP != 0 && topP != routed))
        return failure(badInput(name, {}, "Some modules choose experts and others weigh all of them."));
    settings.router = dense > 0  ? RouterKind::Dense
                      : topP > 0 ? RouterKind::TopP
                      : null > 0 ? RouterKind::TopKNull
                                 : RouterKind::TopK;
    const AllocationMap map = mapOf(content, name);
    HILO_CHECK(validateAllocationMap(map, content.model, name));
    std::shared_ptr<MixtureAdapter> adapter;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        adapter = MixtureAdapter::create(content.model, map, settings, torch::kCPU);
        std::map<std::string, torch::Tensor> tensors;
        for (auto& [tensor, value] : adapter->namedTensors())
            tensors.emplace(tensor, value);
        const torch::NoGradGuard noGradients;
        for (const ModuleContent& module : content.modules) {
            for (std::size_t i = 0; i < module.experts.size(); ++i) {
                copyInto(tensors.at(tensorName(module, i, "lora_A")), module.experts[i].a);
                copyInto(tensors.at(tensorName(module, i, "lora_B")), module.experts[i].b);
            }
            if (!module.router.empty())
                copyInto(tensors.at(routerName(module)), module.router);
        }
        return {};
    }));
    adapter->startEvaluation();
    return adapter;
}

} // namespace hilo
