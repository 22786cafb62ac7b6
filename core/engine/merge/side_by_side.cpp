// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/merge/side_by_side.h"

#include <algorithm>

namespace hilo {
namespace {

/// The modules of all adapters at one place, with the adapters' weights.
struct Parts
{
    std::vector<const ModuleContent*> modules;
    std::vector<double> weights;
};

ModuleContent scaledBy(ModuleContent module, double weight)
{
    for (ExpertContent& expert : module.experts) {
        // Scales stay above 0, as alpha is.
        expert.scale *= std::abs(weight);
        if (weight < 0)
            for (float& value : expert.b)
                value = -value;
        if (weight == 0) {
            std::fill(expert.b.begin(), expert.b.end(), 0.0f);
            expert.scale = 1;
        }
    }
    return module;
}

/// Rows of a router, or of zeros for an expert that was always on.
void addRows(std::vector<float>& router, const ModuleContent& module, std::size_t first, std::size_t count)
{
    const auto in = static_cast<std::size_t>(module.shape.in);
    if (module.router.empty())
        router.insert(router.end(), count * in, 0.0f);
    else
        router.insert(router.end(), module.router.begin() + static_cast<std::ptrdiff_t>(first * in),
                      module.router.begin() + static_cast<std::ptrdiff_t>((first + count) * in));
}

ModuleContent joined(const Parts& parts, int topK)
{
    ModuleContent result;
    result.layer = parts.modules.front()->layer;
    result.shape = parts.modules.front()->shape;
    result.topK = 0;
    for (std::size_t i = 0; i < parts.modules.size(); ++i) {
        ModuleContent part = scaledBy(*parts.modules[i], parts.weights[i]);
        addRows(result.router, part, 0, part.experts.size());
        std::move(part.experts.begin(), part.experts.end(), std::back_inserter(result.experts));
        result.topK += part.router.empty() ? 1 : part.topK;
        result.dense = result.dense || (!part.router.empty() && part.dense);
        if (!part.router.empty())
            result.topP = part.topP;
    }
    for (const ModuleContent* part : parts.modules) {
        addRows(result.router, *part, part->experts.size(), static_cast<std::size_t>(part->nullExperts));
        result.nullExperts += part->nullExperts;
    }
    if (topK > 0)
        result.topK = topK;
    result.topK = std::min(result.topK, result.choices());
    return result;
}

Status checkRouters(const std::vector<MergeInput>& inputs)
{
    const MergeInput* first = nullptr;
    const ModuleContent* known = nullptr;
    for (const MergeInput& input : inputs)
        for (const ModuleContent& module : input.content.modules) {
            if (module.router.empty())
                continue;
            if (known && (known->dense != module.dense || known->topP != module.topP))
                return failure(badInput(first->name, {},
                                        "Its routers are of another kind than those of " + input.name +
                                            ", and one adapter has one kind."));
            first = &input;
            known = &module;
        }
    return {};
}

} // namespace

Result<AdapterContent> putSideBySide(const std::vector<MergeInput>& inputs, const std::vector<double>& weights,
                                     int topK)
{
    HILO_CHECK(checkRouters(inputs));
    AdapterContent result;
    result.model = inputs.front().content.model;
    for (const MergeInput& input : inputs)
        for (const ModuleContent& first : input.content.modules) {
            if (findModule(result, first.layer, first.shape.name))
                continue;
            Parts parts;
            for (std::size_t i = 0; i < inputs.size(); ++i)
                if (const ModuleContent* module = findModule(inputs[i].content, first.layer, first.shape.name)) {
                    parts.modules.push_back(module);
                    parts.weights.push_back(weights[i]);
                }
            if (parts.modules.size() == 1) {
                result.modules.push_back(scaledBy(first, parts.weights.front()));
                continue;
            }
            if (first.ofBase)
                return failure(badInput(input.name, "layer " + std::to_string(first.layer) + ", " + first.shape.name,
                                        "Each of the base's own experts can have one LoRA, and several adapters have "
                                        "one here.",
                                        "--method svd or cat makes one of them."));
            result.modules.push_back(joined(parts, topK));
        }
    sortModules(result);
    return result;
}

} // namespace hilo
