// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/peft_reader.h"

#include "export/adapter_tensors.h"
#include "export/float_tensors.h"
#include "export/module_index.h"
#include "export/peft_config.h"

#include <optional>
#include <string_view>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// "base_model.model.model.layers.0.mlp.up_proj.lora_A.weight" is the A of "model.layers.0.mlp.up_proj".
struct PairKey
{
    std::string module;
    bool isA = false;
};
std::optional<PairKey> pairKey(std::string_view name)
{
    for (const bool isA : {true, false})
        for (const char* suffix : {".weight", ".default.weight"}) {
            const std::string end = (isA ? ".lora_A" : ".lora_B") + std::string(suffix);
            if (name.ends_with(end))
                return PairKey{withoutPeftPrefix(name.substr(0, name.size() - end.size())), isA};
        }
    return std::nullopt;
}

/// What a tensor that is no half of a pair says about the adapter.
std::string whyNoPair(const std::string& name)
{
    if (name.find("lora_magnitude_vector") != std::string::npos)
        return "This is the magnitude of a DoRA, which is not supported.";
    if (name.find("lora_embedding_") != std::string::npos)
        return "This adapts an embedding; only linear modules of the layers can have adapters.";
    if (name.ends_with("lora_B.bias"))
        return "This is the bias of an adapter (lora_bias), which is not supported.";
    if (name.ends_with(".bias"))
        return "This is a trained bias, which is not supported.";
    if (name.find("embed_tokens") != std::string::npos || name.find("lm_head") != std::string::npos)
        return "The file holds a whole embedding or output head, as peft saves them when the vocabulary was resized or "
               "they were trained.";
    return "This is not the A or B of a LoRA pair.";
}

struct Pair
{
    ModuleIndex::Place place;
    const TensorView* a = nullptr;
    const TensorView* b = nullptr;
};

/// By the module's name in the file.
Result<std::map<std::string, Pair>> collectPairs(const SafetensorsFile& weights, const ModuleIndex& index,
                                                 const std::string& file)
{
    std::map<std::string, Pair> pairs;
    std::map<std::pair<std::int64_t, std::size_t>, std::string> names;
    for (const TensorView& tensor : weights.tensors) {
        const auto key = pairKey(tensor.info.name);
        if (!key)
            return failure(badInput(file, placeOf(tensor), whyNoPair(tensor.info.name),
                                    "Only LoRA pairs on the linear modules of the layers can be imported."));
        HILO_TRY(const ModuleIndex::Place place, index.require(key->module, file, placeOf(tensor)));
        const std::string& first = names.emplace(std::pair(place.layer, place.column), key->module).first->second;
        Pair& pair = pairs[key->module];
        const TensorView*& half = key->isA ? pair.a : pair.b;
        if (first != key->module || half)
            return failure(
                badInput(file, placeOf(tensor), "Two tensors are the same half of one module, \"" + first + "\"."));
        pair.place = place;
        half = &tensor;
    }
    for (const auto& [module, pair] : pairs)
        if (!pair.a || !pair.b)
            return failure(badInput(file, "module \"" + module + "\"",
                                    std::string(pair.a ? "lora_B" : "lora_A") + " is missing."));
    if (pairs.empty())
        return failure(badInput(file, {}, "There is no LoRA pair in the file."));
    return pairs;
}

} // namespace

Result<AdapterContent> readPeft(const fs::path& folder, const ModelConfig& model)
{
    const fs::path described = folder / "adapter_config.json";
    HILO_TRY(const PeftConfig config, PeftConfig::read(described));
    HILO_TRY(const SafetensorsFile weights, openAdapterTensors(folder));
    const std::string file = adapterTensorsFile(folder).string();
    const ModuleIndex index(model);
    HILO_TRY(const auto pairs, collectPairs(weights, index, file));

    AdapterContent content;
    content.model = model;
    content.rankStabilised = config.rankStabilised();
    for (const auto& [name, pair] : pairs) {
        HILO_TRY(const std::string key, config.leftOutBy(name, pair.place.layer));
        if (!key.empty())
            return failure(badInput(described.string(), key,
                                    "It leaves out the module \"" + name +
                                        "\", of which adapter_model.safetensors has tensors; peft would not load them.",
                                    "Correct the key, or remove the tensors."));
        ModuleContent module;
        module.layer = pair.place.layer;
        module.shape = index.shape(pair.place);
        ExpertContent expert;
        HILO_TRY(expert.rank, config.rankOf(name));
        HILO_TRY(expert.scale, config.scaleOf(name));
        const std::string hint = "adapter_config.json says rank " + std::to_string(expert.rank) + " for this module.";
        HILO_TRY(expert.a, floatTensor(*pair.a, {expert.rank, module.shape.in}, file, hint));
        HILO_TRY(expert.b, floatTensor(*pair.b, {module.shape.out, expert.rank}, file, hint));
        module.experts.push_back(std::move(expert));
        content.modules.push_back(std::move(module));
    }
    sortModules(content);
    return content;
}

} // namespace hilo
