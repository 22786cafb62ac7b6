// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/peft_parameters.h"

#include "export/adapter_tensors.h"
#include "export/float_tensors.h"
#include "export/peft_pair.h"
#include "formats/base_expert_modules.h"
#include "formats/layer_modules.h"

#include <algorithm>
#include <map>

namespace hilo {
namespace {

constexpr std::string_view deeper = ".base_layer";

std::string withoutDepth(std::string module)
{
    while (module.ends_with(deeper))
        module.resize(module.size() - deeper.size());
    return module;
}

/// The parameter that a pair is of.
struct Parameter
{
    std::string name; ///< "model.layers.0.mlp.experts.down_proj", as in target_parameters
    ModuleIndex::Place place;
};

Result<Parameter> parameterOf(const std::string& experts, const PeftPair& pair, const ModuleIndex& index,
                              const std::string& file)
{
    std::string sizes;
    for (const char* end : {".gate_up_proj", ".down_proj"}) {
        HILO_TRY(const ModuleIndex::Place place, index.require(experts + end, file, placeOf(*pair.a)));
        const ModuleShape& shape = index.shape(place);
        if (pair.a->info.shape.back() == shape.in && pair.b->info.shape.front() == shape.out)
            return Parameter{experts + end, place};
        sizes += (sizes.empty() ? "" : " or ") + std::to_string(shape.in) + " and " + std::to_string(shape.out);
    }
    return failure(badInput(
        file, placeOf(*pair.a),
        "A and B fit no parameter of the experts: " + sizes + " columns of A and rows of B were expected, not " +
            std::to_string(pair.a->info.shape.back()) + " and " + std::to_string(pair.b->info.shape.front()) + ".",
        "Give the base model that the adapter was trained on."));
}

/// Of peft's A [experts · rank, in] and B [out, rank · experts], rank by rank.
std::vector<ExpertContent> expertsOf(const std::vector<float>& a, const std::vector<float>& b, const ModuleShape& shape,
                                     std::int64_t rank, double scale)
{
    std::vector<ExpertContent> experts;
    for (std::int64_t number = 0; number < shape.baseExperts; ++number) {
        ExpertContent expert{rank, scale, {}, {}};
        const auto first = a.begin() + number * rank * shape.in;
        expert.a.assign(first, first + rank * shape.in);
        for (std::int64_t row = 0; row < shape.out; ++row)
            for (std::int64_t column = 0; column < rank; ++column)
                expert.b.push_back(b[static_cast<std::size_t>((row * rank + column) * shape.baseExperts + number)]);
        experts.push_back(std::move(expert));
    }
    return experts;
}

} // namespace

bool isParameterOfExperts(const std::string& module)
{
    return withoutDepth(module).ends_with(".experts");
}

Result<ParameterLoras> readParameterLoras(const std::vector<TensorView>& tensors, const ModuleIndex& index,
                                          const PeftConfig& config, const std::string& described,
                                          const std::string& file)
{
    HILO_TRY(const auto pairs, peftPairs(tensors, file));
    ParameterLoras loras;
    std::map<std::string, std::string> keys; // by parameter
    for (const auto& [key, pair] : pairs) {
        if (pair.a->info.shape.size() != 2 || pair.b->info.shape.size() != 2)
            return failure(badInput(file, placeOf(*pair.a), "A and B with two dimensions were expected."));
        HILO_TRY(const Parameter parameter, parameterOf(withoutDepth(key), pair, index, file));
        if (const auto [other, isNew] = keys.emplace(parameter.name, key); !isNew)
            return failure(badInput(file, placeOf(*pair.a),
                                    "\"" + key + "\" and \"" + other->second + "\" are of one parameter, " +
                                        parameter.name + "."));
        HILO_TRY(const bool isWanted, config.targetsParameter(parameter.name));
        if (!isWanted)
            return failure(badInput(described, "target_parameters",
                                    "It leaves out \"" + parameter.name +
                                        "\", of which adapter_model.safetensors has tensors; peft would not load them.",
                                    "Correct the key, or remove the tensors."));
        HILO_TRY(const std::int64_t rank, config.rankOf(parameter.name));
        HILO_TRY(const double scale, config.scaleOf(parameter.name));
        ModuleContent module;
        module.layer = parameter.place.layer;
        module.shape = index.shape(parameter.place);
        const std::int64_t ranks = rank * module.shape.baseExperts;
        const std::string hint = "adapter_config.json says rank " + std::to_string(rank) + " for each of the " +
                                 std::to_string(module.shape.baseExperts) + " experts.";
        HILO_TRY(const std::vector<float> a, floatTensor(*pair.a, {ranks, module.shape.in}, file, hint));
        HILO_TRY(const std::vector<float> b, floatTensor(*pair.b, {module.shape.out, ranks}, file, hint));
        module.experts = expertsOf(a, b, module.shape, rank, scale);
        module.topK = index.activeBaseExperts();
        module.ofBase = true;
        loras.modules.push_back(std::move(module));
        loras.parameters.push_back(parameter.name);
    }
    return loras;
}

Result<std::vector<std::string>> parametersWithoutTensors(const ModelConfig& model, const PeftConfig& config,
                                                          const std::vector<std::string>& adapted,
                                                          const std::string& described)
{
    HILO_TRY(const std::vector<std::string> missing, config.parametersBeside(adapted));
    if (missing.empty())
        return std::vector<std::string>{};
    std::vector<std::string> all;
    const ModuleGrid grid = mapGrid(model);
    for (std::size_t layer = 0; layer < grid.layers(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer))
            all.push_back(modulePath(model, static_cast<std::int64_t>(layer), shape) +
                          (shape.baseExperts > 0 ? "" : ".weight"));
    HILO_TRY(const std::vector<std::string> unknown, config.parametersBeside(all));
    std::vector<std::string> notes;
    for (const std::string& parameter : missing) {
        if (std::find(unknown.begin(), unknown.end(), parameter) == unknown.end())
            return failure(
                badInput(described, "target_parameters",
                         "It lists \"" + parameter +
                             "\", of which adapter_model.safetensors has no tensors; peft would have written "
                             "them.",
                         "Give the whole adapter, or remove the name if nothing was trained there."));
        notes.push_back("target_parameters of adapter_config.json lists \"" + parameter +
                        "\": this base model has no such parameter and the adapter no tensors of it, so nothing is "
                        "imported for it.");
    }
    return notes;
}

} // namespace hilo
