// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_config.h"

#include "formats/attention_windows.h"
#include "formats/config_keys.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace hilo {
namespace {

constexpr std::int64_t maximumLayers = 1024;
constexpr std::int64_t maximumWidth = 1 << 20;
constexpr std::int64_t maximumVocabulary = 1 << 24;

/// What transformers' configuration class of a family says when config.json does not.
struct FamilyDefaults
{
    Family family;
    const char* architecture;
    std::int64_t keyValueHeads; ///< 0: as many as heads
    std::int64_t headDimension; ///< 0: hidden / heads
    bool tiedEmbeddings;
    bool normAddsOne;
    bool queryKeyNorm;
    bool postNorms;
    bool scaleEmbeddings;
    bool alwaysQueryKeyValueBias;
    bool readsAttentionBias;
    bool readsMlpBias;
    Activation activation;
    std::int64_t maximumPositions;
};

constexpr std::array families = {
    FamilyDefaults{Family::Llama, "llama", 0, 0, false, false, false, false, false, false, true, true, Activation::Silu,
                   2048},
    FamilyDefaults{Family::Mistral, "mistral", 8, 0, false, false, false, false, false, false, false, false,
                   Activation::Silu, 131072},
    FamilyDefaults{Family::Qwen2, "qwen2", 32, 0, false, false, false, false, false, true, false, false,
                   Activation::Silu, 32768},
    FamilyDefaults{Family::Qwen3, "qwen3", 32, 128, false, false, true, false, false, false, true, false,
                   Activation::Silu, 32768},
    FamilyDefaults{Family::Gemma, "gemma", 16, 256, true, true, false, false, true, false, true, false,
                   Activation::GeluTanh, 8192},
    FamilyDefaults{Family::Gemma2, "gemma2", 4, 256, true, true, false, true, true, false, true, false,
                   Activation::GeluTanh, 8192},
    FamilyDefaults{Family::Gpt2, "gpt2", 0, 0, true, false, false, false, false, true, false, false,
                   Activation::GeluTanh, 1024},
};

std::string knownFamilies()
{
    std::string text;
    for (const FamilyDefaults& defaults : families)
        text += (text.empty() ? "" : ", ") + std::string(defaults.architecture);
    return text;
}

Error unknownArchitecture(const JsonObject& config, const std::string& architecture)
{
    const Json* text = config.has("text_config") ? &config.json()["text_config"] : nullptr;
    const std::string inner = text && text->is_object() ? text->value("model_type", "") : std::string();
    if (std::any_of(families.begin(), families.end(), [&](const auto& one) { return inner == one.architecture; }))
        return config.errorAt("model_type",
                              "The model is a \"" + architecture + "\" around a " + inner +
                                  " model; only models of text alone are opened.",
                              "Save its language model on its own, with its text_config as config.json.");
    return config.errorAt("model_type", "The architecture \"" + architecture + "\" is not known.",
                          "Known are " + knownFamilies() + ".");
}

Result<Activation> activationByName(const std::string& name, const JsonObject& object, const std::string& key)
{
    if (name == "silu" || name == "swish")
        return Activation::Silu;
    if (name == "gelu_pytorch_tanh" || name == "gelu_new" || name == "gelu_fast")
        return Activation::GeluTanh;
    if (name == "gelu")
        return Activation::GeluErf;
    return failure(object.errorAt(key, "The activation \"" + name + "\" is not known.",
                                  "Known are silu, gelu, gelu_new and gelu_pytorch_tanh."));
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
    model.layerNorm = model.fusedQueryKeyValue = model.learnedPositions = true;
    model.gatedMlp = false;
    model.queryKeyValueBias = model.outputBias = model.mlpBias = true;
    model.headDimension = model.hidden / model.heads;
    model.attentionScale = scaled ? 1 / std::sqrt(static_cast<double>(model.headDimension)) : 1;
    model.windows.assign(static_cast<std::size_t>(model.layers), 0);
    return {};
}

/// Gemma calls it hidden_activation, and its first releases say "gelu" in hidden_act and mean the tanh form.
Result<Activation> readActivation(const JsonObject& config, const FamilyDefaults& defaults)
{
    const bool gemma = defaults.family == Family::Gemma || defaults.family == Family::Gemma2;
    const auto named = [&](const std::string& key) -> Result<std::optional<Activation>> {
        if (!config.has(key))
            return std::optional<Activation>();
        HILO_TRY(const std::string name, config.text(key));
        if (gemma && key == "hidden_act" && name == "gelu")
            return std::optional(Activation::GeluTanh);
        HILO_TRY(const Activation activation, activationByName(name, config, key));
        return std::optional(activation);
    };
    HILO_TRY(const std::optional<Activation> common, named("hidden_act"));
    if (!gemma)
        return common.value_or(defaults.activation);
    HILO_TRY(const std::optional<Activation> own, named("hidden_activation"));
    if (own && common && *own != *common)
        return failure(config.errorAt("hidden_activation", "Names another function than hidden_act.",
                                      "Remove the one that the model was not trained with."));
    return own.value_or(common.value_or(defaults.activation));
}

Status readLlamaLike(const JsonObject& config, const FamilyDefaults& defaults, ModelConfig& model)
{
    HILO_TRY(model.hidden, config.integer("hidden_size", 1, maximumWidth));
    HILO_TRY(model.layers, config.integer("num_hidden_layers", 1, maximumLayers));
    HILO_TRY(model.heads, config.integer("num_attention_heads", 1, maximumWidth));
    HILO_TRY(model.intermediate, config.integer("intermediate_size", 1, maximumWidth * 4));
    HILO_TRY(model.maximumPositions,
             config.integerOr("max_position_embeddings", defaults.maximumPositions, 1, 1LL << 40));
    HILO_TRY(model.normEpsilon, config.numberOr("rms_norm_eps", 1e-6, 1e-12, 1));
    // A null number of key/value heads means as many as heads, also where the class default is another.
    const bool hasKey = config.json().contains("num_key_value_heads");
    const std::int64_t fallbackHeads = hasKey || defaults.keyValueHeads == 0 ? model.heads : defaults.keyValueHeads;
    HILO_TRY(model.keyValueHeads, config.integerOr("num_key_value_heads", fallbackHeads, 1, maximumWidth));
    const std::int64_t fallbackDimension =
        defaults.headDimension != 0 ? defaults.headDimension : model.hidden / model.heads;
    HILO_TRY(model.headDimension, config.integerOr("head_dim", fallbackDimension, 1, maximumWidth));

    HILO_TRY(model.activation, readActivation(config, defaults));
    model.queryKeyValueBias = defaults.alwaysQueryKeyValueBias;
    if (defaults.readsAttentionBias) {
        HILO_TRY(model.queryKeyValueBias, config.flagOr("attention_bias", false));
        model.outputBias = model.queryKeyValueBias;
    }
    if (defaults.readsMlpBias) {
        HILO_TRY(model.mlpBias, config.flagOr("mlp_bias", false));
    }
    model.normAddsOne = defaults.normAddsOne;
    model.queryKeyNorm = defaults.queryKeyNorm;
    model.postNorms = defaults.postNorms;
    model.scaleEmbeddings = defaults.scaleEmbeddings;
    model.attentionScale = 1 / std::sqrt(static_cast<double>(model.headDimension));
    if (defaults.family == Family::Gemma2) {
        HILO_TRY(const double scalar, config.numberOr("query_pre_attn_scalar", 256, 1e-6, 1e9));
        model.attentionScale = 1 / std::sqrt(scalar);
        // Null switches a cap off; absent is the class default.
        const auto cap = [&config](const std::string& name, double fallback) {
            return config.numberOr(name, config.json().contains(name) ? 0 : fallback, 0, 1e6);
        };
        HILO_TRY(model.attentionSoftcap, cap("attn_logit_softcapping", 50));
        HILO_TRY(model.logitSoftcap, cap("final_logit_softcapping", 30));
    }
    HILO_TRY(model.rope, readRopeConfig(config, model.maximumPositions));
    HILO_TRY(model.windows, readAttentionWindows(config, defaults.family, model.layers));
    return {};
}

} // namespace

Result<ModelConfig> parseModelConfig(const Json& document, const std::string& file)
{
    HILO_TRY(const JsonObject config, JsonObject::of(document, file));
    HILO_TRY(const std::string architecture, config.text("model_type"));
    const auto defaults = std::find_if(families.begin(), families.end(), [&](const FamilyDefaults& family) {
        return architecture == family.architecture;
    });
    if (defaults == families.end())
        return failure(unknownArchitecture(config, architecture));
    ModelConfig model;
    model.family = defaults->family;
    model.architecture = architecture;
    HILO_TRY(model.vocabulary, config.integer("vocab_size", 1, maximumVocabulary));
    HILO_TRY(model.tiedEmbeddings, config.flagOr("tie_word_embeddings", defaults->tiedEmbeddings));
    HILO_CHECK(refuseForeignKeys(config, defaults->family));
    HILO_CHECK(defaults->family == Family::Gpt2 ? readGpt2(config, model) : readLlamaLike(config, *defaults, model));
    HILO_CHECK(readTokens(config, model));
    if (model.heads % model.keyValueHeads != 0)
        return failure(
            config.errorAt("num_key_value_heads", std::to_string(model.heads) + " heads cannot be shared evenly by " +
                                                      std::to_string(model.keyValueHeads) + " key/value heads."));
    if (model.headDimension < 1 || (!model.learnedPositions && model.headDimension % 2 != 0))
        return failure(config.errorAt("head_dim", "An even head dimension was expected, not " +
                                                      std::to_string(model.headDimension) + "."));
    // Keeps every count of parameters inside 64 bits.
    if (model.heads * model.headDimension > maximumWidth * 4)
        return failure(config.errorAt("head_dim", std::to_string(model.heads) + " heads of " +
                                                      std::to_string(model.headDimension) + " are too wide."));
    if (model.learnedPositions && model.hidden % model.heads != 0)
        return failure(config.errorAt("n_head", "n_embd must be a multiple of n_head."));
    return model;
}

std::vector<ModuleShape> moduleShapes(const ModelConfig& config)
{
    const std::int64_t queries = config.heads * config.headDimension;
    const std::int64_t keys = config.keyValueHeads * config.headDimension;
    if (config.fusedQueryKeyValue)
        return {{"c_attn", "attn.c_attn", config.hidden, queries + 2 * keys, 0},
                {"attn.c_proj", "attn.c_proj", queries, config.hidden, 1},
                {"c_fc", "mlp.c_fc", config.hidden, config.intermediate, 2},
                {"mlp.c_proj", "mlp.c_proj", config.intermediate, config.hidden, 3}};
    return {{"q_proj", "self_attn.q_proj", config.hidden, queries, 0},
            {"k_proj", "self_attn.k_proj", config.hidden, keys, 0},
            {"v_proj", "self_attn.v_proj", config.hidden, keys, 0},
            {"o_proj", "self_attn.o_proj", queries, config.hidden, 1},
            {"gate_proj", "mlp.gate_proj", config.hidden, config.intermediate, 2},
            {"up_proj", "mlp.up_proj", config.hidden, config.intermediate, 2},
            {"down_proj", "mlp.down_proj", config.intermediate, config.hidden, 3}};
}

std::string modulePath(const ModelConfig& config, std::int64_t layer, const ModuleShape& module)
{
    const std::string prefix = config.family == Family::Gpt2 ? "transformer.h." : "model.layers.";
    return prefix + std::to_string(layer) + "." + module.path;
}

} // namespace hilo
