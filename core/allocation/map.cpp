// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map.h"

#include "base/atomic_file.h"
#include "base/counted.h"
#include "base/text_format.h"
#include "formats/base_expert_modules.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

constexpr std::int64_t mostLayers = 4096;

Result<ModuleAllocation> parseModule(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"ranks", "top_k", "alpha", "null_experts", "router"}));
    HILO_TRY(const Json* ranks, object.array("ranks"));
    ModuleAllocation module;
    if (ranks->size() > static_cast<std::size_t>(mostExpertsOfModule))
        return failure(object.errorAt("ranks", "expected at most " + std::to_string(mostExpertsOfModule) +
                                                   " experts, found " + std::to_string(ranks->size())));
    for (std::size_t expert = 0; expert < ranks->size(); ++expert) {
        const Json& rank = (*ranks)[expert];
        if (!rank.is_number_integer() || rank < 1 || rank > highestRankOfExpert)
            return failure(object.errorAt("ranks[" + std::to_string(expert) + "]",
                                          "expected a rank of at least 1, found " + rank.dump(),
                                          "leave the expert out, or give it a rank"));
        module.ranks.push_back(rank.get<int>());
    }
    if (object.has("router")) {
        HILO_TRY(const std::string router, object.text("router"));
        if (router != "base" || object.has("null_experts"))
            return failure(object.errorAt("router",
                                          "expected \"base\" (experts of the base model, chosen by its own router) "
                                          "without null experts, found \"" +
                                              router + "\"",
                                          "leave the key out for experts with a router of their own"));
        module.ofBase = true;
    }
    HILO_TRY(const std::int64_t nullExperts, object.integerOr("null_experts", 0, 0, mostExpertsOfModule));
    module.nullExperts = static_cast<int>(nullExperts);
    if (nullExperts > 0 && module.ranks.empty())
        return failure(object.errorAt("null_experts", "null experts need at least one true expert"));
    const std::int64_t choices = module.experts() + nullExperts;
    HILO_TRY(const std::int64_t topK, object.integerOr("top_k", std::clamp<std::int64_t>(choices, 1, 2), 1, 1 << 30));
    if (!module.ranks.empty() && topK > choices)
        return failure(object.errorAt("top_k",
                                      "expected at most the number of experts, " + std::to_string(choices) +
                                          ", found " + std::to_string(topK),
                                      "lower top_k or add experts"));
    module.topK = static_cast<int>(topK);
    HILO_TRY(module.alpha, object.numberOr("alpha", 16, 1e-6, 1e9));
    return module;
}

Result<std::map<std::string, ModuleAllocation>> parseLayer(const Json& value, std::size_t index,
                                                           const std::string& file)
{
    const std::string place = "layers[" + std::to_string(index) + "]";
    HILO_TRY(const JsonObject layer, JsonObject::of(value, file, place));
    HILO_CHECK(layer.onlyKeys({"layer", "modules"}));
    HILO_TRY(const std::int64_t number, layer.integer("layer", 0, mostLayers));
    if (number != static_cast<std::int64_t>(index))
        return failure(layer.errorAt("layer",
                                     "expected layer " + std::to_string(index) + ", found " + std::to_string(number),
                                     "list every layer once, from 0 on; a layer without adapters has empty modules"));
    HILO_TRY(const JsonObject modules, layer.object("modules"));
    std::map<std::string, ModuleAllocation> parsed;
    for (const auto& [name, content] : modules.json().items()) {
        HILO_TRY(const JsonObject object, JsonObject::of(content, file, modules.placeOf(name)));
        HILO_TRY(ModuleAllocation module, parseModule(object));
        if (!module.ranks.empty())
            parsed.emplace(name, std::move(module));
    }
    return parsed;
}

Json toJson(const ModuleAllocation& module)
{
    Json json = {{"ranks", module.ranks}, {"top_k", module.topK}, {"alpha", module.alpha}};
    if (module.nullExperts > 0)
        json["null_experts"] = module.nullExperts;
    if (module.ofBase)
        json["router"] = "base";
    if (module.alpha == static_cast<double>(static_cast<std::int64_t>(module.alpha)))
        json["alpha"] = static_cast<std::int64_t>(module.alpha);
    return json;
}

/// That a cell of the base's own experts is one, and that no other is.
Status checkBaseExperts(const ModuleAllocation& module, const ModuleShape& shape, const ModelConfig& model,
                        const std::string& file, const std::string& place)
{
    if (module.ranks.empty() || (!module.ofBase && shape.baseExperts == 0))
        return {};
    if (module.ofBase && shape.baseExperts == 0)
        return failure(badInput(file, place + ".router", "the base model has no experts in this module",
                                "leave the key out: the adapter's experts have a router of their own"));
    if (!module.ofBase)
        return failure(badInput(file, place, "these are the base model's own experts, which its own router chooses",
                                "add \"router\": \"base\""));
    if (module.experts() != shape.baseExperts)
        return failure(badInput(file, place + ".ranks",
                                "expected a rank for each of the base's " + std::to_string(shape.baseExperts) +
                                    " experts, found " + std::to_string(module.experts())));
    for (const int rank : module.ranks)
        if (rank != module.ranks.front())
            return failure(badInput(file, place + ".ranks",
                                    "expected one rank for all of the base's experts, found " +
                                        std::to_string(module.ranks.front()) + " and " + std::to_string(rank)));
    if (module.topK != model.mixture.active)
        return failure(badInput(file, place + ".top_k",
                                "expected the number of experts that the base uses for a token, " +
                                    std::to_string(model.mixture.active) + ", found " + std::to_string(module.topK)));
    return {};
}

} // namespace

ModuleAllocation baseExpertAllocation(const ModelConfig& model, const ModuleShape& shape, int rank, double alpha)
{
    ModuleAllocation module;
    if (rank < 1)
        return module;
    module.ranks.assign(static_cast<std::size_t>(shape.baseExperts), rank);
    module.topK = static_cast<int>(model.mixture.active);
    module.alpha = alpha;
    module.ofBase = true;
    return module;
}

std::string modulesHint(const ModelConfig& model)
{
    return "its modules are " + joined(mapGrid(model).names());
}

std::string modulesHint(const ModuleGrid& modules, std::size_t layer)
{
    std::vector<std::string> names;
    for (const ModuleShape& shape : modules.layer(layer))
        names.push_back(shape.name);
    return "the modules of this layer are " + joined(names);
}

std::int64_t ModuleAllocation::totalRank() const
{
    return std::accumulate(ranks.begin(), ranks.end(), std::int64_t{0});
}

const ModuleAllocation* AllocationMap::find(std::size_t layer, const std::string& module) const
{
    if (layer >= layers.size())
        return nullptr;
    const auto found = layers[layer].find(module);
    return found == layers[layer].end() ? nullptr : &found->second;
}

Result<AllocationMap> parseAllocationMap(const Json& document, const std::string& file)
{
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != "hilo.allocation/1")
        return failure(root.errorAt("format", "expected \"hilo.allocation/1\", found \"" + format + "\"",
                                    "is this an allocation map, and of this program's version?"));
    HILO_CHECK(root.onlyKeys({"format", "name", "strategy", "notes", "model", "layers"}));

    AllocationMap map;
    HILO_TRY(map.name, root.textOr("name", ""));
    map.strategy = "manual";
    if (root.has("strategy")) {
        HILO_TRY(const JsonObject strategy, root.object("strategy"));
        HILO_CHECK(strategy.onlyKeys({"name", "settings"}));
        HILO_TRY(map.strategy, strategy.textOr("name", "manual"));
        if (strategy.has("settings")) {
            HILO_TRY(const JsonObject settings, strategy.object("settings"));
            map.settings = settings.json();
        }
    }
    if (root.has("notes")) {
        HILO_TRY(const Json* notes, root.array("notes"));
        for (const Json& note : *notes) {
            if (!note.is_string())
                return failure(root.errorAt("notes", "expected a list of texts, found " + note.dump()));
            map.notes.push_back(note.get<std::string>());
        }
    }
    HILO_TRY(const JsonObject model, root.object("model"));
    HILO_CHECK(model.onlyKeys({"architecture", "layers"}));
    HILO_TRY(map.architecture, model.text("architecture"));
    HILO_TRY(const std::int64_t layers, model.integer("layers", 1, mostLayers));
    HILO_TRY(const Json* list, root.array("layers"));
    if (static_cast<std::int64_t>(list->size()) != layers)
        return failure(root.errorAt("layers", "expected " + counted(layers, "layer") + " as in model.layers, found " +
                                                  std::to_string(list->size())));
    for (std::size_t index = 0; index < list->size(); ++index) {
        HILO_TRY(auto layer, parseLayer((*list)[index], index, file));
        map.layers.push_back(std::move(layer));
    }
    return map;
}

Result<AllocationMap> readAllocationMap(const std::filesystem::path& path)
{
    HILO_TRY(const Json document, readJsonFile(path, {std::size_t{64} << 20, 16}));
    return parseAllocationMap(document, path.string());
}

Json toJson(const AllocationMap& map)
{
    Json layers = Json::array();
    for (std::size_t index = 0; index < map.layers.size(); ++index) {
        Json modules = Json::object();
        for (const auto& [name, module] : map.layers[index])
            modules[name] = toJson(module);
        layers.push_back({{"layer", index}, {"modules", std::move(modules)}});
    }
    Json json = {{"format", "hilo.allocation/1"},
                 {"name", map.name},
                 {"strategy", {{"name", map.strategy}, {"settings", map.settings}}}};
    if (!map.notes.empty())
        json["notes"] = map.notes;
    json["model"] = {{"architecture", map.architecture}, {"layers", map.layers.size()}};
    json["layers"] = std::move(layers);
    return json;
}

Status writeAllocationMap(const std::filesystem::path& path, const AllocationMap& map)
{
    return writeJsonFile(path, toJson(map));
}

Status validateAllocationMap(const AllocationMap& map, const ModelConfig& model, const std::string& file)
{
    if (map.architecture != model.architecture)
        return failure(
            badInput(file, "model.architecture",
                     "the map is for \"" + map.architecture + "\", the model is \"" + model.architecture + "\"",
                     "allocate a map for this model: hilo allocate"));
    if (static_cast<std::int64_t>(map.layers.size()) != model.layers)
        return failure(badInput(file, "layers",
                                "the map has " + counted(static_cast<std::int64_t>(map.layers.size()), "layer") +
                                    ", the model has " + std::to_string(model.layers),
                                "allocate a map for this model: hilo allocate"));
    const ModuleGrid modules = mapGrid(model);
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
        for (const auto& [name, module] : map.layers[layer]) {
            const std::string place = "layers[" + std::to_string(layer) + "].modules." + name;
            const ModuleShape* shape = modules.find(layer, name);
            if (!shape && !modules.columnOf(name))
                return failure(badInput(file, place, "the model has no module of this name", modulesHint(model)));
            if (!shape)
                return failure(
                    badInput(file, place, "this layer has no module of this name", modulesHint(modules, layer)));
            HILO_CHECK(checkBaseExperts(module, *shape, model, file, place));
            const std::int64_t width = shape->width();
            for (std::size_t expert = 0; expert < module.ranks.size(); ++expert)
                if (module.ranks[expert] < 1 || module.ranks[expert] > width)
                    return failure(badInput(file, place + ".ranks[" + std::to_string(expert) + "]",
                                            "expected a rank from 1 to " + std::to_string(width) +
                                                ", the module's smaller width, found " +
                                                std::to_string(module.ranks[expert])));
            if (module.topK < 1 || (!module.ranks.empty() && module.topK > module.experts() + module.nullExperts))
                return failure(
                    badInput(file, place + ".top_k",
                             "expected from 1 to the number of experts, found " + std::to_string(module.topK)));
        }
    }
    return {};
}

} // namespace hilo
