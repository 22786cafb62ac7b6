// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/mixture_reader.h"

#include "base/counted.h"

#include <algorithm>

namespace hilo {
namespace {

/// Keeps the list of a model's tensors in bounds: the largest known mixtures have some 30,000 experts in all layers.
constexpr std::int64_t mostExpertsOfAllLayers = std::int64_t{1} << 16;
constexpr std::int64_t mostExpertsOfALayer = std::int64_t{1} << 12;
constexpr std::int64_t widestExpert = std::int64_t{1} << 22;

/// Keys of other mixtures, and the values with which they ask for nothing; null always does.
struct RoutingKey
{
    const char* key;
    std::vector<Json> neutral;
    const char* meaning;
};

const std::vector<RoutingKey>& routingKeys()
{
    static const std::vector<RoutingKey> keys = {
        {"scoring_func", {"softmax"}, "another scoring function of the router than softmax"},
        {"moe_router_activation_func", {"softmax"}, "another scoring function of the router than softmax"},
        {"score_func", {"softmax"}, "another scoring function of the router than softmax"},
        {"router_activation", {"softmax"}, "another scoring function of the router than softmax"},
        {"topk_method", {"greedy"}, "another choice of the experts than the highest scores"},
        {"use_routing_bias", {false}, "a correction of the router's choice"},
        {"n_group", {0, 1}, "groups of experts"},
        {"topk_group", {0, 1}, "groups of experts"},
        {"routed_scaling_factor", {1}, "a factor on the experts' sum"},
        {"n_shared_experts", {0}, "experts that all tokens pass"},
        {"num_shared_experts", {0}, "experts that all tokens pass"},
        {"top_k_experts", {}, "a number of experts for a token under another name"},
        {"shared_expert_intermediate_size", {0}, "an expert that all tokens pass"},
        {"shared_intermediate_size", {0}, "an expert that all tokens pass"},
        {"norm_topk_prob", {true}, "weights of the experts that do not sum to one"},
        {"moe_intermediate_size", {}, "a width of the experts under another name"},
        {"mlp_only_layers", {Json::array()}, "layers without experts"},
        {"decoder_sparse_step", {1}, "layers without experts"},
        {"first_k_dense_replace", {0}, "layers without experts"},
        {"moe_layer_freq", {1}, "layers without experts"},
        {"swiglu_alpha", {}, "another activation of the experts"},
        {"swiglu_limit", {}, "limits of the experts' activations"},
    };
    return keys;
}

bool readsRoutingKey(const MixtureRules& rules, const std::string& key)
{
    for (const char* own : {rules.weightsSumToOne.key, rules.intermediateKey, rules.gateSlope.key, rules.limit.key,
                            rules.sharedIntermediateKey, rules.activeKey})
        if (own && key == own)
            return true;
    return rules.denseLayers && (key == "mlp_only_layers" || key == "decoder_sparse_step");
}

Status refuseOtherRouting(const JsonObject& config, const MixtureRules& rules)
{
    for (const RoutingKey& routing : routingKeys()) {
        if (!config.has(routing.key) || readsRoutingKey(rules, routing.key))
            continue;
        const Json& value = config.json()[routing.key];
        if (std::find(routing.neutral.begin(), routing.neutral.end(), value) != routing.neutral.end())
            continue;
        return failure(config.errorAt(routing.key,
                                      "Asks for " + std::string(routing.meaning) + " (" + shownJson(value) +
                                          "), which models of this architecture do not have here.",
                                      "Remove the key only if the model was trained without."));
    }
    return {};
}

/// transformers 4 and 5 have two names for it.
Result<std::int64_t> readCount(const JsonObject& config, std::initializer_list<const char*> names, std::int64_t usual,
                               std::int64_t lowest = 1)
{
    std::int64_t count = usual;
    const char* found = nullptr;
    for (const char* name : names) {
        if (!config.has(name))
            continue;
        HILO_TRY(const std::int64_t value, config.integer(name, lowest, mostExpertsOfALayer));
        if (found && value != count)
            return failure(config.errorAt(
                name, "Is " + std::to_string(value) + ", but " + found + " is " + std::to_string(count) + ".",
                "Remove the one that the weights do not have."));
        count = value;
        found = name;
    }
    return count;
}

/// Per layer whether it has experts: each n-th one, but for those that are listed.
Result<std::vector<bool>> layersWithExperts(const JsonObject& config, const MixtureRules& rules, std::int64_t layers)
{
    std::vector<bool> chosen(static_cast<std::size_t>(layers), true);
    if (!rules.denseLayers)
        return chosen;
    HILO_TRY(const std::int64_t step, config.integerOr("decoder_sparse_step", 1, 1, 1 << 20));
    for (std::int64_t layer = 0; layer < layers; ++layer)
        chosen[static_cast<std::size_t>(layer)] = (layer + 1) % step == 0;
    if (!config.has("mlp_only_layers"))
        return chosen;
    HILO_TRY(const Json* listed, config.array("mlp_only_layers"));
    for (std::size_t i = 0; i < listed->size(); ++i) {
        const Json& layer = (*listed)[i];
        if (!layer.is_number_integer() || layer < 0 || layer >= layers)
            return failure(config.errorAt("mlp_only_layers[" + std::to_string(i) + "]",
                                          "A layer from 0 to " + std::to_string(layers - 1) + " was expected, not " +
                                              shownJson(layer) + "."));
        chosen[layer.get<std::size_t>()] = false;
    }
    return chosen;
}

/// Whether the model has experts at all, of families of which some have none.
Result<bool> isEnabled(const JsonObject& config, const MixtureRules& rules)
{
    if (rules.experts == 0 || !rules.enablingKey)
        return rules.experts > 0;
    HILO_TRY(const bool enabled, config.flagOr(rules.enablingKey, false));
    for (const char* key : {"num_experts", rules.activeKey, rules.intermediateKey})
        if (enabled && !config.has(key))
            return failure(config.errorAt(key, "Is missing, and " + std::string(rules.enablingKey) +
                                                   " says that the model is a mixture of experts."));
    return enabled;
}

Result<std::int64_t> activeExperts(const JsonObject& config, const MixtureRules& rules)
{
    if (rules.activeKey)
        return config.integer(rules.activeKey, 1, mostExpertsOfALayer);
    return readCount(config, {"num_experts_per_tok", "experts_per_token"}, rules.active);
}

Result<double> numberOf(const JsonObject& config, const NumberKey& number)
{
    return number.key ? config.numberOr(number.key, number.usual, 1e-9, 1e9) : Result<double>(number.usual);
}

} // namespace

Status readMixture(const JsonObject& config, const FamilyEntry& family, ModelConfig& model)
{
    const MixtureRules& rules = family.mixture;
    HILO_TRY(const bool enabled, isEnabled(config, rules));
    if (!enabled)
        return {};
    BaseMixture& mixture = model.mixture;
    HILO_TRY(mixture.experts,
             readCount(config, {"num_experts", "num_local_experts"}, rules.experts, rules.mayBeDense ? 0 : 1));
    if (mixture.experts == 0)
        return {};
    HILO_CHECK(refuseOtherRouting(config, rules));
    HILO_TRY(mixture.active, activeExperts(config, rules));
    if (mixture.active > mixture.experts)
        return failure(config.errorAt(rules.activeKey ? rules.activeKey : "num_experts_per_tok",
                                      "A token cannot pass " + counted(mixture.active, "expert") + ": the model has " +
                                          std::to_string(mixture.experts) + ".",
                                      "Correct it, or the number of experts, as the weights have them."));
    if (mixture.experts * model.layers > mostExpertsOfAllLayers)
        return failure(config.errorAt(config.has("num_experts") ? "num_experts" : "num_local_experts",
                                      "More than " + std::to_string(mostExpertsOfAllLayers) +
                                          " experts in all layers are not opened."));
    mixture.intermediate = model.intermediate;
    if (rules.intermediateKey) {
        HILO_TRY(mixture.intermediate, config.integer(rules.intermediateKey, 1, widestExpert));
    }
    if (rules.sharedIntermediateKey) {
        HILO_TRY(mixture.sharedIntermediate,
                 config.integerOr(rules.sharedIntermediateKey, rules.sharedIntermediate, 0, widestExpert));
        mixture.sharedGate = rules.sharedGate;
    }
    // The family's width is that of the experts where it is not that of MLPs.
    if (!rules.denseLayers && !rules.besideMlp)
        model.intermediate = mixture.intermediate;
    mixture.weightsSumToOne = rules.weightsSumToOne.usual;
    if (rules.weightsSumToOne.key) {
        HILO_TRY(mixture.weightsSumToOne, config.flagOr(rules.weightsSumToOne.key, rules.weightsSumToOne.usual));
    }
    HILO_TRY(mixture.layers, layersWithExperts(config, rules, model.layers));
    HILO_TRY(mixture.gateSlope, numberOf(config, rules.gateSlope));
    HILO_TRY(mixture.limit, numberOf(config, rules.limit));
    if (mixture.gateSlope > 0 && model.activation != Activation::Silu)
        return failure(
            config.errorAt("hidden_act", "Experts of this architecture have silu, with a slope of its own."));
    mixture.besideMlp = rules.besideMlp;
    mixture.fusedExperts = rules.fused;
    mixture.transposedExperts = rules.transposed;
    mixture.biases = rules.biases;
    return {};
}

} // namespace hilo
