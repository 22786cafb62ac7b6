// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/peft_reader.h"

#include "export/adapter_tensors.h"
#include "export/float_tensors.h"
#include "export/module_index.h"
#include "export/peft_config.h"
#include "export/peft_pair.h"
#include "export/peft_parameters.h"

#include <map>
#include <vector>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// The pairs of linear modules, and the tensors of the others: parameters of the base's own experts.
struct SortedPairs
{
    std::map<std::string, PeftPair> modules;
    std::vector<TensorView> ofParameters;
};

Result<SortedPairs> sortedPairs(const SafetensorsFile& weights, const std::string& file)
{
    SortedPairs sorted;
    HILO_TRY(sorted.modules, peftPairs(weights.tensors, file));
    if (sorted.modules.empty())
        return failure(badInput(file, {}, "There is no LoRA pair in the file."));
    std::erase_if(sorted.modules, [&sorted](const auto& entry) {
        if (!isParameterOfExperts(entry.first))
            return false;
        sorted.ofParameters.push_back(*entry.second.a);
        sorted.ofParameters.push_back(*entry.second.b);
        return true;
    });
    return sorted;
}

} // namespace

Result<AdapterContent> readPeft(const fs::path& folder, const ModelConfig& model)
{
    const fs::path described = folder / "adapter_config.json";
    HILO_TRY(const PeftConfig config, PeftConfig::read(described));
    HILO_TRY(const SafetensorsFile weights, openAdapterTensors(folder));
    const std::string file = adapterTensorsFile(folder).string();
    const ModuleIndex index(model);
    HILO_TRY(const SortedPairs pairs, sortedPairs(weights, file));

    AdapterContent content;
    content.model = model;
    content.rankStabilised = config.rankStabilised();
    HILO_TRY(ParameterLoras ofParameters,
             readParameterLoras(pairs.ofParameters, index, config, described.string(), file));
    content.modules = std::move(ofParameters.modules);
    std::vector<std::string> adapted = std::move(ofParameters.parameters); // what has tensors
    std::map<std::pair<std::int64_t, std::size_t>, std::string> names;
    for (const auto& [name, pair] : pairs.modules) {
        HILO_TRY(const ModuleIndex::Place place, index.require(name, file, placeOf(*pair.a)));
        if (const auto [first, isNew] = names.emplace(std::pair(place.layer, place.column), name); !isNew)
            return failure(badInput(file, placeOf(*pair.a),
                                    "Two tensors are the same half of one module, \"" + first->second + "\"."));
        HILO_TRY(const std::string key, config.leftOutBy(name, place.layer));
        if (!key.empty())
            return failure(badInput(described.string(), key,
                                    "It leaves out the module \"" + name +
                                        "\", of which adapter_model.safetensors has tensors; peft would not load them.",
                                    "Correct the key, or remove the tensors."));
        adapted.push_back(name + ".weight");
        ModuleContent module;
        module.layer = place.layer;
        module.shape = index.shape(place);
        ExpertContent expert;
        HILO_TRY(const std::string target, config.targetOf(name));
        HILO_TRY(expert.rank, config.rankOf(target));
        HILO_TRY(expert.scale, config.scaleOf(target));
        const std::string hint = "adapter_config.json says rank " + std::to_string(expert.rank) + " for this module.";
        HILO_TRY(expert.a, floatTensor(*pair.a, {expert.rank, module.shape.in}, file, hint));
        HILO_TRY(expert.b, floatTensor(*pair.b, {module.shape.out, expert.rank}, file, hint));
        module.experts.push_back(std::move(expert));
        content.modules.push_back(std::move(module));
    }
    HILO_TRY(content.notes, parametersWithoutTensors(model, config, adapted, described.string()));
    sortModules(content);
    return content;
}

} // namespace hilo
