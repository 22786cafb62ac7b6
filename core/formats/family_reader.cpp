// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/family_reader.h"

#include "formats/layer_sizes.h"
#include "formats/linear_attention_reader.h"
#include "formats/mixture_reader.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hilo {
namespace {

constexpr std::int64_t maximumLayers = 1024;
constexpr std::int64_t maximumWidth = 1 << 20;
constexpr std::int64_t maximumVocabulary = 1 << 24;

Result<Activation> activationByName(const std::string& name, const JsonObject& object, const std::string& key)
{
    if (name == "silu" || name == "swish")
        return Activation::Silu;
    if (name == "gelu_pytorch_tanh" || name == "gelu_new" || name == "gelu_fast")
        return Activation::GeluTanh;
    if (name == "gelu")
        return Activation::GeluErf;
    if (name == "relu2")
        return Activation::Relu2;
    return failure(object.errorAt(key, "The activation \"" + name + "\" is not known.",
                                  "Known are silu, gelu, gelu_new, gelu_pytorch_tanh and relu2."));
}

Status readTokens(const JsonObject& config, ModelConfig& model)
{
    // Some files carry a list for bos too; its first entry is meant.
    const auto ids = [&config](const std::string& key) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> values;
        if (!config.has(key))
            return values;
        const Json& value = config.json()[key];
        const Json list = value.is_array() ? value : Json::array({value});
        for (const Json& entry : list) {
            if (!entry.is_number_integer() || entry.get<std::int64_t>() < 0 ||
                entry.get<std::int64_t>() > maximumVocabulary)
                return failure(config.errorAt(key, "A token id was expected, not " + entry.dump() + "."));
            values.push_back(entry.get<std::int64_t>());
        }
        return values;
    };
    HILO_TRY(const auto bos, ids("bos_token_id"));
    HILO_TRY(model.eosTokens, ids("eos_token_id"));
    model.bosToken = bos.empty() ? -1 : bos.front();
    return {};
}

Status readGpt2(const JsonObject& config, ModelConfig& model)
{
    HILO_TRY(model.hidden, config.integer("n_embd", 1, maximumWidth));
    HILO_TRY(model.layers, config.integer("n_layer", 1, maximumLayers));
    HILO_TRY(model.heads, config.integer("n_head", 1, maximumWidth));
    HILO_TRY(model.maximumPositions, config.integerOr("n_positions", 1024, 1, 1LL << 40));
    HILO_TRY(model.intermediate, config.integerOr("n_inner", 4 * model.hidden, 1, maximumWidth * 4));
    HILO_TRY(model.normEpsilon, config.numberOr("layer_norm_epsilon", 1e-5, 1e-12, 1));
    HILO_TRY(const std::string activation, config.textOr("activation_function", "gelu_new"));
    HILO_TRY(model.activation, activationByName(activation, config, "activation_function"));
    HILO_TRY(const bool scaled, config.flagOr("scale_attn_weights", true));
    model.keyValueHeads = model.heads;
    model.layerNorm = model.learnedPositions = model.transposedWeights = true;
    model.fusedQueryKeyValue = FusedQueryKeyValue::Parts;
    model.gatedMlp = false;
    model.queryKeyValueBias = model.outputBias = model.mlpBias = true;
    model.headDimension = model.hidden / model.heads;
    model.attentionScale = scaled ? 1 / std::sqrt(static_cast<double>(model.headDimension)) : 1;
    model.windows.assign(static_cast<std::size_t>(model.layers), 0);
    return {};
}

/// Gemma calls it hidden_activation, and its first releases say "gelu" in hidden_act and mean the tanh form.
Result<Activation> readActivation(const JsonObject& config, const FamilyEntry& family)
{
    const bool gemma = family.family == Family::Gemma || family.family == Family::Gemma2 ||
                       family.family == Family::Gemma3 || family.family == Family::Gemma4;
    const auto named = [&](const std::string& key) -> Result<std::optional<Activation>> {
        if (!config.has(key))
            return std::optional<Activation>();
        HILO_TRY(const std::string name, config.text(key));
        if (gemma && key == "hidden_act" && name == "gelu")
            return std::optional(Activation::GeluTanh);
        if (family.activation == Activation::Xielu && name == "xielu")
            return std::optional(Activation::Xielu);
        HILO_TRY(const Activation activation, activationByName(name, config, key));
        return std::optional(activation);
    };
    HILO_TRY(const std::optional<Activation> common, named("hidden_act"));
    if (!gemma)
        return common.value_or(family.activation);
    HILO_TRY(const std::optional<Activation> own, named("hidden_activation"));
    if (own && common && *own != *common)
        return failure(config.errorAt("hidden_activation", "Names another function than hidden_act.",
                                      "Remove the one that the model was not trained with."));
    return own.value_or(common.value_or(family.activation));
}

Result<bool> readFlag(const JsonObject& config, const FlagKey& flag)
{
    return flag.key ? config.flagOr(flag.key, flag.usual) : Result<bool>(flag.usual);
}

Result<double> readNumber(const JsonObject& config, const NumberKey& number, double lowest, double highest)
{
    return number.key ? config.numberOr(number.key, number.usual, lowest, highest) : Result<double>(number.usual);
}

/// Null switches a cap off; absent is the class default.
Result<double> readCap(const JsonObject& config, const NumberKey& cap)
{
    if (cap.key && config.json().contains(cap.key) && !config.has(cap.key))
        return 0.0;
    return readNumber(config, cap, 0, 1e6);
}

Status readSizes(const JsonObject& config, const FamilyEntry& family, ModelConfig& model)
{
    const auto size = [&config](const char* key, std::int64_t usual, std::int64_t highest) {
        return usual > 0 ? config.integerOr(key, usual, 1, highest) : config.integer(key, 1, highest);
    };
    HILO_TRY(model.hidden, config.integer("hidden_size", 1, maximumWidth));
    HILO_TRY(model.layers, config.integer("num_hidden_layers", 1, maximumLayers));
    HILO_TRY(model.heads, size("num_attention_heads", family.heads, maximumWidth));
    HILO_TRY(model.intermediate, config.integer(family.intermediateKey, 1, maximumWidth * 4));
    HILO_TRY(model.maximumPositions,
             config.integerOr("max_position_embeddings", family.maximumPositions, 1, 1LL << 40));
    // A null number of key/value heads means as many as heads, also where the class default is another.
    const bool hasKey = config.json().contains("num_key_value_heads");
    const std::int64_t usualHeads = hasKey || family.keyValueHeads == 0 ? model.heads : family.keyValueHeads;
    HILO_TRY(model.keyValueHeads, config.integerOr("num_key_value_heads", usualHeads, 1, maximumWidth));
    if (family.fusedQueryKeyValue == FusedQueryKeyValue::Heads && model.keyValueHeads != model.heads)
        return failure(config.errorAt("num_key_value_heads", "Models of this architecture have as many as heads."));
    const std::int64_t divided = model.hidden / model.heads;
    const std::int64_t usualDimension = family.headDimension != 0 ? family.headDimension : divided;
    HILO_TRY(model.headDimension, config.integerOr("head_dim", usualDimension, 1, maximumWidth));
    if (!family.readsHeadDimension && model.headDimension != divided)
        return failure(config.errorAt("head_dim", "Models of this architecture have heads of hidden_size / "
                                                  "num_attention_heads, " +
                                                      std::to_string(divided) + "."));
    return {};
}

/// What the blocks are made of.
Status readBlocks(const JsonObject& config, const FamilyEntry& family, ModelConfig& model)
{
    HILO_TRY(model.normEpsilon, readNumber(config, family.epsilon, 1e-12, 1));
    HILO_TRY(model.activation, readActivation(config, family));
    HILO_TRY(model.queryKeyValueBias, readFlag(config, family.queryKeyValueBias));
    HILO_TRY(model.outputBias, readFlag(config, family.outputBias));
    HILO_TRY(model.mlpBias, readFlag(config, family.mlpBias));
    HILO_TRY(model.parallelBranches, readFlag(config, family.parallelBranches));
    model.layerNorm = family.layerNorm;
    model.layerNormBias = family.layerNormBias;
    model.normAddsOne = family.normAddsOne;
    model.preNorms = family.preNorms;
    model.postNorms = family.postNorms;
    model.sharedNorm = family.sharedNorm;
    HILO_TRY(const bool normsQueriesAndKeys, readFlag(config, family.normsQueriesAndKeys));
    model.queryKeyNorm = normsQueriesAndKeys ? family.queryKeyNorm : QueryKeyNorm::None;
    model.headBias = family.headBias;
    model.queryKeyNormAfterRope = family.queryKeyNormAfterRope;
    model.valueNorm = family.valueNorm;
    model.attentionGate = family.attentionGate;
    model.attentionSinks = family.attentionSinks;
    model.gatedMlp = family.gatedMlp;
    model.fusedQueryKeyValue = family.fusedQueryKeyValue;
    model.fusedGateUp = family.fusedGateUp;
    model.scaleEmbeddings = family.scaleEmbeddings;
    return {};
}

Status readFactors(const JsonObject& config, const FamilyEntry& family, ModelConfig& model)
{
    HILO_TRY(model.embeddingFactor, readNumber(config, family.embeddingFactor, -1e9, 1e9));
    HILO_TRY(model.residualFactor, readNumber(config, family.residualFactor, -1e9, 1e9));
    HILO_TRY(model.logitFactor, readNumber(config, family.logitFactor, 1e-9, 1e9));
    if (family.dividesLogits)
        model.logitFactor = 1 / model.logitFactor;
    HILO_TRY(model.attentionScale, readNumber(config, family.attentionScale, 1e-9, 1e9));
    if (family.queryScalar) {
        HILO_TRY(const double scalar, config.numberOr("query_pre_attn_scalar", 256, 1e-6, 1e9));
        model.attentionScale = 1 / std::sqrt(scalar);
    }
    if (model.attentionScale == 0)
        model.attentionScale = 1 / std::sqrt(static_cast<double>(model.headDimension));
    HILO_TRY(model.clipQueryKeyValue, readNumber(config, family.clipQueryKeyValue, 1e-9, 1e9));
    HILO_TRY(model.attentionSoftcap, readCap(config, family.attentionSoftcap));
    HILO_TRY(model.logitSoftcap, readCap(config, family.logitSoftcap));
    return {};
}

/// smollm3's list of layers, 0 where one does not rotate, or each n-th one.
Result<std::vector<bool>> listedRotations(const JsonObject& config, std::int64_t layers)
{
    std::vector<bool> rotates;
    if (!config.has("no_rope_layers")) {
        HILO_TRY(const std::int64_t interval, config.integerOr("no_rope_layer_interval", 4, 1, 1 << 20));
        for (std::int64_t layer = 0; layer < layers; ++layer)
            rotates.push_back((layer + 1) % interval != 0);
        return rotates;
    }
    HILO_TRY(const Json* list, config.array("no_rope_layers"));
    for (const Json& value : *list) {
        if (value != 0 && value != 1)
            return failure(config.errorAt("no_rope_layers", "0 or 1 was expected, not " + shownJson(value) + "."));
        rotates.push_back(value == 1);
    }
    if (static_cast<std::int64_t>(rotates.size()) < layers)
        return failure(config.errorAt("no_rope_layers", "Has " + std::to_string(rotates.size()) +
                                                            " entries, but the model has " + std::to_string(layers) +
                                                            " layers."));
    rotates.resize(static_cast<std::size_t>(layers));
    return rotates;
}

/// Whether a granitemoehybrid rotates at all; also refuses layers that are state spaces.
Result<bool> readGraniteHybrid(const JsonObject& config)
{
    const char* hint = "Of this architecture models with attention in every layer are opened.";
    const char* key = config.has("layers_block_type") ? "layers_block_type" : "layer_types";
    HILO_TRY(const Json* types, config.array(key));
    for (std::size_t i = 0; i < types->size(); ++i)
        if ((*types)[i] != "attention" && (*types)[i] != "full_attention")
            return failure(config.errorAt(std::string(key) + "[" + std::to_string(i) + "]",
                                          "The layer is " + shownJson((*types)[i]) + ", not attention.", hint));
    HILO_TRY(const std::string positions, config.textOr("position_embedding_type", "nope"));
    if (positions != "rope" && positions != "nope")
        return failure(config.errorAt("position_embedding_type", "\"" + positions + "\" is not known.",
                                      "Known are rope and nope."));
    return positions == "rope";
}

LayerRope ropeOfSliding(RopeLayers rule, bool slides)
{
    if (rule == RopeLayers::LocalWhereSliding)
        return slides ? LayerRope::Local : LayerRope::Main;
    return slides ? LayerRope::Main : LayerRope::None;
}

/// Gemma4's second embedding, whose rows hold a share for every layer.
Status readPerLayerInputs(const JsonObject& config, const FamilyEntry& family, ModelConfig& model)
{
    if (family.perLayerWidth < 0)
        return {};
    HILO_TRY(model.perLayerWidth,
             config.integerOr("hidden_size_per_layer_input", family.perLayerWidth, 0, maximumWidth));
    if (model.perLayerWidth == 0)
        return {};
    HILO_TRY(model.perLayerVocabulary,
             config.integerOr("vocab_size_per_layer_input", family.vocabulary, 1, maximumVocabulary));
    if (model.perLayerVocabulary < model.vocabulary)
        return failure(config.errorAt("vocab_size_per_layer_input",
                                      "The model has " + std::to_string(model.vocabulary) + " tokens, but only " +
                                          std::to_string(model.perLayerVocabulary) +
                                          " of them have per-layer inputs."));
    return {};
}

/// Models whose layers differ: windows first, which tell the kinds of layers apart.
Status readLayers(const JsonObject& config, const FamilyEntry& family, ModelConfig& model)
{
    const char* hint = "Of this architecture the forms with causal attention are opened.";
    HILO_TRY(const bool experts, config.flagOr("enable_moe_block", false));
    if (experts && !family.mixture.enablingKey)
        return failure(config.errorAt("enable_moe_block", "The model is a mixture of experts.",
                                      "Of this architecture the forms without experts are opened."));
    // "vision" is of the tokens of images alone.
    const Json ahead = config.json().value("use_bidirectional_attention", Json());
    if (!ahead.is_null() && ahead != false && ahead != "vision")
        return failure(config.errorAt("use_bidirectional_attention", "Asks for attention to later tokens.", hint));
    HILO_TRY(model.windows, readAttentionWindows(config, family.windows, model.layers, {}));
    // The class makes the last layer a full one, whatever layer_types says.
    model.windows.back() = 0;
    HILO_TRY(model.layerSizes, readLayerSizes(config, model));
    model.layerScalar = true;
    return readPerLayerInputs(config, family, model);
}

/// Windows and rotations, which depend on one another in some families.
Status readPositions(const JsonObject& config, const FamilyEntry& family, ModelConfig& model)
{
    RopeSizes sizes{model.maximumPositions, model.headDimension, 0};
    if (family.layersDiffer) {
        HILO_CHECK(readLayers(config, family, model));
        // The last layer is a full one.
        sizes.headDimension = model.layerSizes.back().headDimension;
        sizes.localHeadDimension = model.headDimension;
        for (std::size_t layer = 0; layer < model.windows.size(); ++layer)
            if (model.windows[layer] > 0)
                sizes.localHeadDimension = model.layerSizes[layer].headDimension;
    }
    HILO_TRY(Ropes ropes, readRopes(config, family.rope, sizes));
    model.rope = std::move(ropes.main);
    model.localRope = std::move(ropes.local);
    const auto layers = static_cast<std::size_t>(model.layers);
    std::vector<bool> rotates;
    if (family.ropeLayers == RopeLayers::Listed) {
        HILO_TRY(rotates, listedRotations(config, model.layers));
    } else if (family.linearAttention) {
        // layer_types say something else there than which layers slide.
        model.windows.assign(layers, 0);
    } else if (family.ropeLayers == RopeLayers::IfPositionType) {
        HILO_TRY(const bool all, readGraniteHybrid(config));
        rotates.assign(layers, all);
        model.windows.assign(layers, 0);
    }
    if (model.windows.empty() && family.ropeLayers != RopeLayers::IfPositionType && !family.layersDiffer) {
        HILO_TRY(model.windows, readAttentionWindows(config, family.windows, model.layers, rotates));
    }
    if (!rotates.empty()) {
        for (const bool turns : rotates)
            model.layerRopes.push_back(turns ? LayerRope::Main : LayerRope::None);
        return {};
    }
    const bool windowed = config.has("sliding_window") || !config.json().contains("sliding_window");
    if (family.ropeLayers == RopeLayers::All || (family.ropeLayers == RopeLayers::SlidingOnlyIfWindow && !windowed))
        return {};
    for (const std::int64_t window : model.windows)
        model.layerRopes.push_back(ropeOfSliding(family.ropeLayers, window > 0));
    return {};
}

} // namespace

Result<ModelConfig> readFamily(const JsonObject& config, const FamilyEntry& family)
{
    ModelConfig model;
    model.family = family.family;
    model.architecture = family.architecture;
    HILO_TRY(model.vocabulary, family.vocabulary > 0
                                   ? config.integerOr("vocab_size", family.vocabulary, 1, maximumVocabulary)
                                   : config.integer("vocab_size", 1, maximumVocabulary));
    HILO_TRY(model.tiedEmbeddings, config.flagOr("tie_word_embeddings", family.tiedEmbeddings));
    HILO_CHECK(readTokens(config, model));
    if (family.family == Family::Gpt2) {
        HILO_CHECK(readGpt2(config, model));
        return model;
    }
    HILO_CHECK(readSizes(config, family, model));
    HILO_CHECK(readBlocks(config, family, model));
    HILO_CHECK(readFactors(config, family, model));
    HILO_CHECK(readPositions(config, family, model));
    HILO_CHECK(readMixture(config, family, model));
    if (family.linearAttention) {
        HILO_TRY(model.linearAttention, readLinearAttention(config, model.layers));
    }
    return model;
}

} // namespace hilo
