// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/budget.h"
#include "allocation/plan.h"
#include "base/counted.h"
#include "formats/module_grid.h"

#include <algorithm>

namespace hilo {
namespace {

Result<std::vector<int>> ranksOf(const JsonObject& layer, const ModuleShape& shape)
{
    HILO_TRY(const Json* list, layer.array(shape.name));
    const std::int64_t width = std::min(shape.in, shape.out);
    std::vector<int> ranks;
    for (const Json& rank : *list) {
        if (!rank.is_number_integer() || rank < 1 || rank > width)
            return failure(layer.errorAt(shape.name, "expected ranks from 1 to " + std::to_string(width) + ", found " +
                                                         rank.dump()));
        ranks.push_back(rank.get<int>());
    }
    if (ranks.empty())
        return failure(layer.errorAt(shape.name, "expected at least one expert"));
    return ranks;
}

Result<AllocationMap> plan(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    const std::string& file = settings.text("search");
    if (file.empty())
        return failure(settings.errorAt("search", "the strategy reads the result of a search, and none is given",
                                        "make one with hilo search, and give its file"));
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != "hilo.search/1")
        return failure(root.errorAt("format", "expected \"hilo.search/1\", found \"" + format + "\""));
    HILO_TRY(const JsonObject model, root.object("model"));
    HILO_TRY(const std::string architecture, model.text("architecture"));
    HILO_TRY(const Json* layers, root.array("layers"));
    if (architecture != inputs.model.architecture || static_cast<std::int64_t>(layers->size()) != inputs.model.layers)
        return failure(root.errorAt("model",
                                    "the search was made on a " + architecture + " model of " +
                                        counted(static_cast<std::int64_t>(layers->size()), "layer") +
                                        ", the model is " + inputs.model.architecture + " with " +
                                        std::to_string(inputs.model.layers),
                                    "search on this model"));
    AllocationMap map;
    for (std::size_t layer = 0; layer < layers->size(); ++layer) {
        HILO_TRY(const JsonObject object,
                 JsonObject::of((*layers)[layer], file, "layers[" + std::to_string(layer) + "]"));
        map.layers.emplace_back();
        for (const ModuleShape& shape : inputs.modules.layer(layer)) {
            ModuleAllocation module;
            HILO_TRY(module.ranks, ranksOf(object, shape));
            module.topK = std::min(settings.smallInteger("top_k"), module.experts());
            module.alpha = settings.number("alpha");
            map.layers.back().emplace(shape.name, std::move(module));
        }
    }
    int mostExperts = 0;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            mostExperts = std::max(mostExperts, module.experts());
    if (settings.isGiven("top_k") && settings.smallInteger("top_k") > mostExperts)
        return failure(settings.errorAt("top_k", "expected at most the largest number of experts, " +
                                                     std::to_string(mostExperts) + ", found " +
                                                     std::to_string(settings.integer("top_k"))));
    noteLoweredTopK(map, inputs, {settings.integer("top_k")});
    map.name = inputs.budget ? "GuiLoMo to budget" : "GuiLoMo";
    return fitToBudget(std::move(map), inputs);
}

} // namespace

const Strategy& guilomo_strategy()
{
    static const Strategy strategy{
        "guilomo",
        "GuiLoMo",
        "Experts of every module and rank of every expert as a bilevel search has learned them from the task's data "
        "(2506.14646; Liar406/Gui-LoMo); hilo search makes it. Every expert is scaled by its own rank; the published "
        "code takes that of the last one.",
        {textSetting("search", "", "file with the result of hilo search"),
         integerSetting("top_k", 2, 1, 256, "experts per token; one where a module has one")},
        ProfileUse::None,
        plan};
    return strategy;
}

} // namespace hilo
