// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_comparison.h"

#include "formats/layer_parts.h"

#include <algorithm>

namespace hilo {
namespace {

/// Of the first layer that has the module, and where layers differ those of every other size behind it.
Json moduleSizes(const ModelInspection& model, const std::string& name)
{
    Json sizes;
    for (const LayerPart& part : layerParts(model))
        if (part.kind == LayerPartKind::Module && part.name == name) {
            sizes.push_back(part.in);
            sizes.push_back(part.out);
        }
    return sizes;
}

std::vector<std::string> moduleNames(const ModelInspection& model)
{
    return moduleGrid(model.config).names();
}

/// The names of the modules of each layer.
std::vector<std::vector<std::string>> namesByLayer(const ModelInspection& model)
{
    std::vector<std::vector<std::string>> layers;
    for (const InspectedLayer& layer : model.layers) {
        layers.emplace_back();
        for (const InspectedModule& module : layer.modules)
            layers.back().push_back(module.shape.name);
    }
    return layers;
}

std::vector<Peculiarity> without(const std::vector<Peculiarity>& all, const std::vector<Peculiarity>& others)
{
    std::vector<Peculiarity> left;
    for (const Peculiarity& one : all)
        if (std::none_of(others.begin(), others.end(), [&](const Peculiarity& other) {
                return other.text == one.text && other.values == one.values;
            }))
            left.push_back(one);
    return left;
}

Json sentencesAsJson(const std::vector<Peculiarity>& peculiarities)
{
    Json list = Json::array();
    for (const Peculiarity& one : peculiarities)
        list.push_back(inWords(one));
    return list;
}

/// Of models that are mixtures; a dense one beside them has none of it.
void addMixtureFacts(const BaseMixture& a, const BaseMixture& b, std::vector<ComparedFact>& facts)
{
    const auto add = [&](const char* key, std::int64_t BaseMixture::*number) {
        const auto value = [number](const BaseMixture& mixture) {
            return mixture.isMixture() && mixture.*number > 0 ? Json(mixture.*number) : Json();
        };
        if (!value(a).is_null() || !value(b).is_null())
            facts.push_back({key, false, value(a), value(b)});
    };
    add("experts", &BaseMixture::experts);
    add("active_experts", &BaseMixture::active);
    add("expert_width", &BaseMixture::intermediate);
    add("shared_expert_width", &BaseMixture::sharedIntermediate);
}

} // namespace

ModelComparison compareModels(const ModelInspection& first, const ModelInspection& second)
{
    const ModelConfig& a = first.config;
    const ModelConfig& b = second.config;
    ModelComparison comparison;
    comparison.facts = {
        {"architecture", false, a.architecture, b.architecture},
        {"layers", false, a.layers, b.layers},
        {"hidden", false, a.hidden, b.hidden},
        {"intermediate", false, a.intermediate, b.intermediate},
        {"heads", false, a.heads, b.heads},
        {"head_dim", false, a.headDimension, b.headDimension},
        {"key_value_heads", false, a.keyValueHeads, b.keyValueHeads},
        {"vocabulary", false, a.vocabulary, b.vocabulary},
        {"positions", false, a.maximumPositions, b.maximumPositions},
        {"tied_head", false, a.tiedEmbeddings, b.tiedEmbeddings},
        {"parameters", false, first.parameters, second.parameters},
        {"weight_bytes", false, first.memoryBytes(2), second.memoryBytes(2)},
    };
    addMixtureFacts(a.mixture, b.mixture, comparison.facts);
    std::vector<std::string> names = moduleNames(first);
    for (const std::string& name : moduleNames(second))
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    for (const std::string& name : names)
        comparison.facts.push_back({name, true, moduleSizes(first, name), moduleSizes(second, name)});
    comparison.onlyFirst = without(peculiaritiesOf(a), peculiaritiesOf(b));
    comparison.onlySecond = without(peculiaritiesOf(b), peculiaritiesOf(a));
    comparison.mapsFit = a.architecture == b.architecture && namesByLayer(first) == namesByLayer(second);
    return comparison;
}

Json toJson(const ModelComparison& comparison)
{
    Json facts = Json::array();
    for (const ComparedFact& fact : comparison.facts)
        facts.push_back({{fact.isModule ? "module" : "fact", fact.key},
                         {"first", fact.first},
                         {"second", fact.second},
                         {"differs", fact.differs()}});
    return {{"facts", std::move(facts)},
            {"peculiarities",
             {{"first", sentencesAsJson(comparison.onlyFirst)}, {"second", sentencesAsJson(comparison.onlySecond)}}},
            {"maps_fit", comparison.mapsFit}};
}

} // namespace hilo
