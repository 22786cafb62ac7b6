// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/float_tensors.h"
#include "export/module_index.h"
#include "export/mola.h"

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
    HILO_TRY(const Json document, readJsonFile(path));
    HILO_TRY(const JsonObject config, JsonObject::of(document, path.string()));
    HILO_TRY(const Json* ranks, config.array("r"));
    MolaConfig result;
    if (static_cast<std::int64_t>(ranks->size()) < layers)
        return failure(config.errorAt("r",
                                      "Has " + std::to_string(ranks->size()) + " ranks, but the model has " +
                                          std::to_string(layers) + " layers.",
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
    constexpr std::string_view prefix = "base_model.model.", end = ".weight", router = ".router.router";
    if (!name.ends_with(end))
        return std::nullopt;
    name.remove_suffix(end.size());
    if (name.starts_with(prefix))
        name.remove_prefix(prefix.size());
    if (name.ends_with(router))
        return MolaKey{std::string(name.substr(0, name.size() - router.size())), 'r', 0};
    for (const char part : {'A', 'B'}) {
        const std::string middle = std::string(".lora_") + part + "_";
        const auto at = name.rfind(middle);
        if (at == std::string_view::npos)
            continue;
        const std::string_view number = name.substr(at + middle.size());
        std::size_t expert = 0;
        const auto [stop, code] = std::from_chars(number.data(), number.data() + number.size(), expert);
        if (code == std::errc() && stop == number.data() + number.size() && expert < 4096)
            return MolaKey{std::string(name.substr(0, at)), part == 'A' ? 'a' : 'b', expert};
    }
    return std::nullopt;
}

struct MolaTensors
{
    const TensorView* router = nullptr;
    std::vector<std::pair<const TensorView*, const TensorView*>> experts;
};

Result<std::map<std::string, MolaTensors>> collect(const SafetensorsFile& weights, const ModuleIndex& index,
                                                   const std::string& file)
{
    std::map<std::string, MolaTensors> modules;
    for (const TensorView& tensor : weights.tensors) {
        const auto key = molaKey(tensor.info.name);
        const std::string place = "tensor \"" + tensor.info.name + "\"";
        if (!key)
            return failure(badInput(file, place, "This is neither an expert's A or B nor a router of MoLA."));
        if (!index.find(key->module))
            return failure(badInput(file, place,
                                    "The model has no module \"" + key->module + "\"; one of its names is \"" +
                                        index.example() + "\".",
                                    "Give the base model that the adapter was trained on."));
        MolaTensors& module = modules[key->module];
        if (key->part == 'r') {
            module.router = &tensor;
            continue;
        }
        if (module.experts.size() <= key->expert)
            module.experts.resize(key->expert + 1);
        auto& pair = module.experts[key->expert];
        (key->part == 'a' ? pair.first : pair.second) = &tensor;
    }
    for (const auto& [name, module] : modules) {
        const bool whole = module.router && !module.experts.empty() &&
                           std::all_of(module.experts.begin(), module.experts.end(),
                                       [](const auto& pair) { return pair.first && pair.second; });
        if (!whole)
            return failure(
                badInput(file, "module \"" + name + "\"", "The router or the A or B of an expert is missing."));
    }
    if (modules.empty())
        return failure(badInput(file, {}, "There are no experts in the file."));
    return modules;
}

Result<int> topKOf(const std::vector<int>& topK, std::int64_t layer, std::size_t experts, const std::string& file)
{
    int chosen = 2;
    if (topK.size() == 1)
        chosen = topK.front();
    else if (layer < static_cast<std::int64_t>(topK.size()))
        chosen = topK[static_cast<std::size_t>(layer)];
    else if (!topK.empty())
        return failure(badInput(
            file, {}, "--top-k has " + std::to_string(topK.size()) + " numbers, but the model has more layers."));
    return std::min(chosen, static_cast<int>(experts));
}

} // namespace

Result<bool> isMola(const fs::path& folder)
{
    HILO_TRY(const Json document, readJsonFile(folder / "adapter_config.json"));
    return document.is_object() && document.contains("r") && document["r"].is_array();
}

Result<AdapterContent> readMola(const fs::path& folder, const ModelConfig& model, const std::vector<int>& topK)
{
    HILO_TRY(const MolaConfig config, readConfig(folder / "adapter_config.json", model.layers));
    const fs::path path = folder / "adapter_model.safetensors";
    std::error_code code;
    if (!fs::exists(path, code) && fs::exists(folder / "adapter_model.bin", code))
        return failure(badInput((folder / "adapter_model.bin").string(), {},
                                "Pickle files can run programs and are not read; adapter_model.safetensors is missing.",
                                "Save the adapter again with safe_serialization=True."));
    HILO_TRY(const SafetensorsFile weights, openSafetensors(path));
    const ModuleIndex index(model);
    HILO_TRY(const auto modules, collect(weights, index, path.string()));
    AdapterContent content;
    content.model = model;
    for (const auto& [name, tensors] : modules) {
        const ModuleIndex::Place& place = *index.find(name);
        ModuleContent module;
        module.layer = place.layer;
        module.shape = index.shape(place);
        const std::int64_t rank = config.ranks[static_cast<std::size_t>(place.layer)];
        for (const auto& [a, b] : tensors.experts) {
            ExpertContent expert;
            expert.rank = rank;
            expert.scale = config.alpha / static_cast<double>(rank);
            HILO_TRY(expert.a, floatTensor(*a, {rank, module.shape.in}, path.string()));
            HILO_TRY(expert.b, floatTensor(*b, {module.shape.out, rank}, path.string()));
            module.experts.push_back(std::move(expert));
        }
        const auto experts = static_cast<std::int64_t>(module.experts.size());
        HILO_TRY(module.router, floatTensor(*tensors.router, {experts, module.shape.in}, path.string()));
        // A softmax over one expert is 1.
        if (experts == 1)
            module.router.clear();
        HILO_TRY(module.topK, topKOf(topK, place.layer, module.experts.size(), path.string()));
        content.modules.push_back(std::move(module));
    }
    sortModules(content);
    return content;
}

} // namespace hilo
