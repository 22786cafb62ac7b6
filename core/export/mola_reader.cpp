// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/mola_reader.h"

#include "base/counted.h"
#include "export/adapter_tensors.h"
#include "export/float_tensors.h"
#include "export/module_index.h"
#include "export/peft_config.h"

#include <algorithm>
#include <charconv>

namespace hilo {
namespace fs = std::filesystem;
namespace {

struct MolaConfig
{
    std::vector<std::int64_t> ranks;
    double alpha = 8;
};

Result<MolaConfig> readConfig(const fs::path& path, std::int64_t layers)
{
    HILO_TRY(const Json document, readJsonFile(path, pythonJson));
    HILO_TRY(const JsonObject config, JsonObject::of(document, path.string()));
    HILO_CHECK(checkPeftKeys(config));
    for (const char* key : {"use_rslora", "rank_pattern", "alpha_pattern"})
        if (isKeySet(config, key))
            return failure(config.errorAt(key, "MoLA's code does not know this key, so what it means is not known."));
    HILO_TRY(const Json* ranks, config.array("r"));
    MolaConfig result;
    if (static_cast<std::int64_t>(ranks->size()) < layers)
        return failure(config.errorAt(
            "r", "Has " + std::to_string(ranks->size()) + " ranks, but the model has " + counted(layers, "layer") + ".",
            "Give the base model that the adapter was trained on."));
    for (const Json& rank : *ranks) {
        if (!rank.is_number_integer() || rank < 1 || rank > (1 << 20))
            return failure(config.errorAt("r", "A rank of at least 1 was expected, not " + rank.dump() + "."));
        result.ranks.push_back(rank.get<std::int64_t>());
    }
    HILO_TRY(result.alpha, config.numberOr("lora_alpha", 8, -1e9, 1e9));
    return result;
}

/// What a tensor of the file is: lora_A or lora_B of an expert, or a router.
struct MolaKey
{
    std::string module;
    char part = 'r'; ///< a, b, r
    std::size_t expert = 0;
};
std::optional<MolaKey> molaKey(std::string_view name)
{
    constexpr std::string_view end = ".weight", router = ".router.router";
    if (!name.ends_with(end))
        return std::nullopt;
    name.remove_suffix(end.size());
    if (name.ends_with(router))
        return MolaKey{withoutPeftPrefix(name.substr(0, name.size() - router.size())), 'r', 0};
    for (const char part : {'A', 'B'}) {
        const std::string middle = std::string(".lora_") + part + "_";
        const auto at = name.rfind(middle);
        if (at == std::string_view::npos)
            continue;
        const std::string_view number = name.substr(at + middle.size());
        std::size_t expert = 0;
        const auto [stop, code] = std::from_chars(number.data(), number.data() + number.size(), expert);
        if (code == std::errc() && stop == number.data() + number.size() && expert < 4096)
            return MolaKey{withoutPeftPrefix(name.substr(0, at)), part == 'A' ? 'a' : 'b', expert};
    }
    return std::nullopt;
}

struct MolaTensors
{
    std::string name; ///< in the file
    const TensorView* router = nullptr;
    std::vector<std::pair<const TensorView*, const TensorView*>> experts;
};
/// By layer and index of the shape.
using MolaModules = std::map<std::pair<std::int64_t, std::size_t>, MolaTensors>;

Result<MolaModules> collect(const SafetensorsFile& weights, const ModuleIndex& index, const std::string& file)
{
    MolaModules modules;
    for (const TensorView& tensor : weights.tensors) {
        const auto key = molaKey(tensor.info.name);
        if (!key)
            return failure(badInput(file, placeOf(tensor), "This is neither an expert's A or B nor a router of MoLA."));
        HILO_TRY(const ModuleIndex::Place place, index.require(key->module, file, placeOf(tensor)));
        MolaTensors& module = modules[{place.layer, place.column}];
        module.name = key->module;
        if (key->part != 'r' && module.experts.size() <= key->expert)
            module.experts.resize(key->expert + 1);
        const TensorView*& one = key->part == 'r'   ? module.router
                                 : key->part == 'a' ? module.experts[key->expert].first
                                                    : module.experts[key->expert].second;
        if (one)
            return failure(
                badInput(file, placeOf(tensor),
                         "Two tensors are the same part of one module, this and \"" + one->info.name + "\"."));
        one = &tensor;
    }
    for (const auto& [place, module] : modules) {
        const bool whole = module.router && !module.experts.empty() &&
                           std::all_of(module.experts.begin(), module.experts.end(),
                                       [](const auto& pair) { return pair.first && pair.second; });
        if (!whole)
            return failure(
                badInput(file, "module \"" + module.name + "\"", "The router or the A or B of an expert is missing."));
    }
    if (modules.empty())
        return failure(badInput(file, {}, "There are no experts in the file."));
    return modules;
}

/// What is asked for in a layer.
int askedTopK(const std::vector<int>& topK, std::int64_t layer)
{
    return topK.empty() ? 2 : topK[topK.size() == 1 ? 0 : static_cast<std::size_t>(layer)];
}

Error tooManyAsked(int asked, std::size_t most, const std::string& where, const std::string& file)
{
    return badInput(file, {},
                    "--top-k asks for " + counted(asked, "expert") + where + ", but no module " +
                        (where.empty() ? "" : "there ") + "has more than " + std::to_string(most) + ".",
                    "Give as many as the adapter was trained with.");
}

/// A number that no module can fulfil is a mistake; one that some cannot is told.
Status checkTopK(const std::vector<int>& topK, AdapterContent& content, const std::string& file)
{
    if (topK.empty())
        return {};
    std::map<std::int64_t, std::size_t> mostOfLayer;
    std::size_t most = 0;
    for (const ModuleContent& module : content.modules) {
        std::size_t& own = mostOfLayer[module.layer];
        own = std::max(own, module.experts.size());
        most = std::max(most, own);
    }
    if (topK.size() == 1 && static_cast<std::size_t>(topK.front()) > most)
        return failure(tooManyAsked(topK.front(), most, "", file));
    int lowered = 0;
    for (const ModuleContent& module : content.modules) {
        const int asked = askedTopK(topK, module.layer);
        if (topK.size() > 1 && static_cast<std::size_t>(asked) > mostOfLayer[module.layer])
            return failure(
                tooManyAsked(asked, mostOfLayer[module.layer], " in layer " + std::to_string(module.layer), file));
        lowered += module.experts.size() > 1 && asked > module.topK;
    }
    if (lowered > 0)
        content.notes.push_back("--top-k is more than there are experts in " + std::to_string(lowered) +
                                (lowered == 1 ? " module" : " modules") +
                                " with several experts: all of them are active there instead.");
    return {};
}

} // namespace

Result<bool> isMola(const fs::path& folder)
{
    HILO_TRY(const Json document, readJsonFile(folder / "adapter_config.json", pythonJson));
    return document.is_object() && document.contains("r") && document["r"].is_array();
}

Result<AdapterContent> readMola(const fs::path& folder, const ModelConfig& model, const std::vector<int>& topK)
{
    HILO_TRY(const MolaConfig config, readConfig(folder / "adapter_config.json", model.layers));
    if (topK.size() > 1 && static_cast<std::int64_t>(topK.size()) != model.layers)
        return failure(wrongUsage("--top-k has " + std::to_string(topK.size()) + " numbers, but the model has " +
                                      counted(model.layers, "layer"),
                                  "give one number for all layers, or one for each"));
    HILO_TRY(const SafetensorsFile weights, openAdapterTensors(folder));
    const std::string file = adapterTensorsFile(folder).string();
    const ModuleIndex index(model);
    HILO_TRY(const MolaModules modules, collect(weights, index, file));
    AdapterContent content;
    content.model = model;
    for (const auto& [place, tensors] : modules) {
        ModuleContent module;
        module.layer = place.first;
        module.shape = index.shape({place.first, place.second});
        const std::int64_t rank = config.ranks[static_cast<std::size_t>(module.layer)];
        for (const auto& [a, b] : tensors.experts) {
            ExpertContent expert;
            expert.rank = rank;
            expert.scale = config.alpha / static_cast<double>(rank);
            HILO_TRY(expert.a, floatTensor(*a, {rank, module.shape.in}, file));
            HILO_TRY(expert.b, floatTensor(*b, {module.shape.out, rank}, file));
            module.experts.push_back(std::move(expert));
        }
        const auto experts = static_cast<std::int64_t>(module.experts.size());
        HILO_TRY(module.router, floatTensor(*tensors.router, {experts, module.shape.in}, file));
        // A softmax over one expert is 1.
        if (experts == 1)
            module.router.clear();
        module.topK = std::min(askedTopK(topK, module.layer), static_cast<int>(experts));
        content.modules.push_back(std::move(module));
    }
    HILO_CHECK(checkTopK(topK, content, file));
    sortModules(content);
    return content;
}

} // namespace hilo
