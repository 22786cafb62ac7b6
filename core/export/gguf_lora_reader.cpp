// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_lora_reader.h"

#include "export/float_tensors.h"
#include "export/gguf_names.h"
#include "formats/gguf.h"
#include "formats/layer_modules.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace hilo {
namespace {

struct FactorPair
{
    const GgufTensor* a = nullptr;
    const GgufTensor* b = nullptr;
};

Status checkHeader(const GgufFile& file, const ModelConfig& model)
{
    HILO_TRY(const auto kind, file.text("general.type"));
    HILO_TRY(const auto type, file.text("adapter.type"));
    if (kind.value_or("") != "adapter" || type.value_or("") != "lora")
        return failure(file.errorAt("general.type", "The file is not a LoRA adapter."));
    HILO_TRY(const auto architecture, file.text("general.architecture"));
    if (architecture.value_or("") != ggufArchitecture(model))
        return failure(file.errorAt("general.architecture",
                                    "The adapter is for " + architecture.value_or("nothing") + ", the model is " +
                                        ggufArchitecture(model) + ".",
                                    "Give the base model that the adapter was trained on."));
    // llama.cpp reads adapter.lora.task_name and .prompt_prefix for the user interface of its server only.
    constexpr std::array known = {"adapter.type", "adapter.lora.alpha", "adapter.lora.task_name",
                                  "adapter.lora.prompt_prefix"};
    for (const auto& [key, value] : file.metadata)
        if (key.starts_with("adapter.") && std::find(known.begin(), known.end(), key) == known.end())
            return failure(file.errorAt(key, "This key is not supported, and it may change what the tensors mean.",
                                        key.starts_with("adapter.alora.")
                                            ? "An activated LoRA only counts behind its invocation tokens."
                                            : "Only LoRA on the linear modules of the layers can be imported."));
    return {};
}

Result<std::map<std::string, FactorPair>> collect(const GgufFile& file)
{
    std::map<std::string, FactorPair> pairs;
    for (const GgufTensor& tensor : file.tensors) {
        const std::string& name = tensor.info.name;
        if (!name.ends_with(".lora_a") && !name.ends_with(".lora_b"))
            return failure(badInput(file.name, "tensor \"" + name + "\"", "This is not the A or B of a LoRA pair."));
        FactorPair& pair = pairs[name.substr(0, name.size() - 7)];
        (name.back() == 'a' ? pair.a : pair.b) = &tensor;
    }
    for (const auto& [name, pair] : pairs)
        if (!pair.a || !pair.b)
            return failure(badInput(file.name, "tensor \"" + name + (pair.a ? ".lora_b" : ".lora_a") + "\"",
                                    "The other half of the pair is missing."));
    if (pairs.empty())
        return failure(badInput(file.name, {}, "There is no LoRA pair in the file."));
    return pairs;
}

/// One pair as an expert; rows of B and columns of A as they were trained.
Result<ExpertContent> readPair(const GgufFile& file, const FactorPair& pair, const ModelConfig& model,
                               const ModuleShape& shape, const GgufPlace& place)
{
    ExpertContent expert;
    expert.rank = pair.a->info.shape.empty() ? 0 : pair.a->info.shape[0];
    if (expert.rank < 1)
        return failure(badInput(file.name, "tensor \"" + pair.a->info.name + "\"", "A rank above 0 was expected."));
    HILO_TRY(const std::vector<float> a,
             floatTensor({pair.a->info, pair.a->bytes, file.owner}, {expert.rank, shape.in}, file.name));
    expert.a = trainedColumns(a, shape.in, place, model);
    HILO_TRY(const std::vector<float> stored,
             floatTensor({pair.b->info, pair.b->bytes, file.owner}, {shape.out / place.parts, expert.rank}, file.name));
    expert.b = trainedRows(stored, expert.rank, place, model);
    return expert;
}

/// Nothing where the file has no pair for the module. Takes what it reads out of pairs.
Result<std::optional<ExpertContent>> readModule(const GgufFile& file, std::map<std::string, FactorPair>& pairs,
                                                const ModelConfig& model, const ModuleShape& shape, std::int64_t layer)
{
    std::optional<ExpertContent> whole;
    const std::vector<GgufStored> places = ggufModule(model, shape, layer);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto found = pairs.find(places[i].name);
        if (found == pairs.end() && !whole && i == 0 && (places.size() == 1 || !pairs.contains(places[1].name)))
            return whole;
        if (found == pairs.end())
            return failure(badInput(file.name, "tensor \"" + places[i].name + ".lora_a\"",
                                    "The pair is missing; the model has one weight for it and its other half.",
                                    "Only pairs that share their A for both halves can be imported."));
        const std::string name = found->second.a->info.name;
        HILO_TRY(ExpertContent expert, readPair(file, found->second, model, shape, places[i].place));
        pairs.erase(found);
        if (!whole) {
            whole = std::move(expert);
        } else if (whole->rank != expert.rank || whole->a != expert.a) {
            return failure(badInput(file.name, "tensor \"" + name + "\"",
                                    "Differs from its other half's; the model has one weight, with one A, for both.",
                                    "Only pairs that share their A for both halves can be imported."));
        } else {
            whole->b.insert(whole->b.end(), expert.b.begin(), expert.b.end());
        }
    }
    return whole;
}

} // namespace

Result<AdapterContent> readGgufLora(const std::filesystem::path& path, const ModelConfig& model)
{
    HILO_TRY(const GgufFile file, openGguf(path));
    HILO_CHECK(checkHeader(file, model));
    HILO_TRY(const auto alpha, file.number("adapter.lora.alpha"));
    HILO_TRY(auto pairs, collect(file));
    AdapterContent content;
    content.model = model;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : layerModules(model, layer)) {
            HILO_TRY(std::optional<ExpertContent> expert, readModule(file, pairs, model, shape, layer));
            if (!expert)
                continue;
            if (alpha.value_or(0) != 0)
                expert->scale = *alpha / static_cast<double>(expert->rank);
            ModuleContent module;
            module.layer = layer;
            module.shape = shape;
            module.experts.push_back(std::move(*expert));
            content.modules.push_back(std::move(module));
        }
    if (!pairs.empty())
        return failure(badInput(file.name, "tensor \"" + pairs.begin()->first + ".lora_a\"",
                                "The model has no module of this name.",
                                "Give the base model that the adapter was trained on."));
    return content;
}

} // namespace hilo
