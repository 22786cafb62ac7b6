// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_config.h"

#include "formats/gguf_delta_net.h"
#include "formats/gguf_document.h"
#include "formats/gguf_foreign_keys.h"
#include "formats/gguf_layer_sizes.h"
#include "formats/gguf_layout.h"
#include "formats/gguf_rope.h"
#include "formats/layer_modules.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

Result<const GgufFamily*> familyOfFile(const GgufFile& file)
{
    HILO_TRY(const auto architecture, file.text("general.architecture"));
    if (!architecture)
        return failure(file.errorAt("general.architecture", "The metadata is missing.",
                                    "The file holds no model; fetch another one."));
    if (const GgufFamily* family = findGgufFamily(file, *architecture))
        return family;
    return failure(file.errorAt("general.architecture", "The architecture \"" + *architecture + "\" is not supported.",
                                "Supported in .gguf files are " + knownGgufArchitectures() +
                                    "; use the Hugging Face folder of another model."));
}

/// The size of the vocabulary is the embedding's: the metadata of it is optional.
Result<std::int64_t> embeddingRows(const GgufFile& file)
{
    const GgufTensor* embedding = file.find("token_embd.weight");
    if (!embedding || embedding->info.shape.size() != 2)
        return failure(badInput(file.name, "tensor \"token_embd.weight\"",
                                "The embedding is missing or has not two dimensions.",
                                "Vocabulary-only and adapter files hold no model; fetch the model's own file."));
    return embedding->info.shape[0];
}

struct GgufSizes
{
    std::int64_t hidden = 0, layers = 0, heads = 0, headDimension = 0;
};

Result<GgufSizes> readGgufSizes(GgufDocument& document)
{
    const bool gpt2 = document.isGpt2();
    GgufSizes sizes;
    HILO_TRY(sizes.hidden, document.requiredInteger("embedding_length", gpt2 ? "n_embd" : "hidden_size"));
    HILO_TRY(const std::int64_t blocks,
             document.requiredInteger("block_count", gpt2 ? "n_layer" : "num_hidden_layers"));
    HILO_TRY(sizes.layers, ggufLayers(document, blocks));
    HILO_TRY(sizes.heads, document.requiredInteger("attention.head_count", gpt2 ? "n_head" : "num_attention_heads"));
    const bool layersDiffer = document.entry().layersDiffer;
    if (!layersDiffer)
        HILO_CHECK(
            document.requiredInteger("feed_forward_length", gpt2 ? "n_inner" : document.entry().intermediateKey));
    if (document.family().family == Family::GraniteHybrid && !document.family().isMixture)
        HILO_CHECK(document.requiredInteger("expert_shared_feed_forward_length", document.entry().intermediateKey));
    HILO_CHECK(document.integer("context_length", gpt2 ? "n_positions" : "max_position_embeddings"));
    document.set("num_key_value_heads", document.key("attention.head_count"), sizes.heads);
    if (!layersDiffer)
        HILO_CHECK(document.integer("attention.head_count_kv", "num_key_value_heads"));
    HILO_TRY(const std::int64_t vocabulary, embeddingRows(document.file()));
    document.set("vocab_size", "token_embd.weight", vocabulary);

    sizes.headDimension = sizes.hidden / sizes.heads;
    document.set("head_dim", document.key("attention.head_count"), sizes.headDimension);
    HILO_TRY(const auto keyLength, document.integer("attention.key_length", "head_dim"));
    sizes.headDimension = keyLength.value_or(sizes.headDimension);
    HILO_TRY(const auto valueLength,
             document.file().integer(document.key("attention.value_length"), 0, largestGgufNumber));
    if (valueLength && *valueLength != sizes.headDimension)
        return failure(document.errorAt("attention.value_length", "Only " + std::to_string(sizes.headDimension) +
                                                                      " is supported here, not " +
                                                                      std::to_string(*valueLength) + "."));
    if (layersDiffer)
        HILO_CHECK(readGgufLayerSizes(document, sizes.layers, sizes.headDimension));
    return sizes;
}

/// The widths of experts, and how many a token passes.
Status readGgufMixture(GgufDocument& document)
{
    const MixtureRules& rules = document.entry().mixture;
    if (!document.family().isMixture)
        return {};
    HILO_CHECK(document.requiredInteger("expert_count", "num_experts"));
    HILO_TRY(const std::int64_t active, document.requiredInteger("expert_used_count", "num_experts_per_tok"));
    HILO_TRY(const std::int64_t width, document.requiredInteger("feed_forward_length", "intermediate_size"));
    // As llama.cpp, where the experts' own width is not said.
    const bool ownWidth = rules.intermediateKey && std::string_view(rules.intermediateKey) != "intermediate_size";
    if (document.family().family == Family::GptOss) {
        HILO_CHECK(document.integer("expert_feed_forward_length", "intermediate_size"));
    } else if (ownWidth) {
        document.set(rules.intermediateKey, document.key("feed_forward_length"),
                     std::max<std::int64_t>(1, width / active));
        HILO_CHECK(document.integer("expert_feed_forward_length", rules.intermediateKey));
    }
    if (rules.sharedIntermediateKey) {
        document.set(rules.sharedIntermediateKey, document.key("feed_forward_length"), width);
        HILO_CHECK(document.integer("expert_shared_feed_forward_length", rules.sharedIntermediateKey));
    }
    if (rules.weightsSumToOne.key)
        document.set(rules.weightsSumToOne.key, document.key("expert_count"), document.family().weightsSumToOne);
    return {};
}

/// Factors and soft caps, where the family has them.
Status readGgufFactors(GgufDocument& document, const GgufSizes& sizes)
{
    const FamilyEntry& entry = document.entry();
    // llama.cpp takes 0 for "none".
    const auto factor = [&](const char* name, const char* jsonKey) -> Result<std::optional<double>> {
        HILO_TRY(const auto value, document.file().number(document.key(name)));
        if (value && *value != 0)
            document.set(jsonKey, document.key(name), *value);
        return value;
    };
    if (entry.embeddingFactor.key)
        HILO_CHECK(factor("embedding_scale", entry.embeddingFactor.key));
    if (entry.residualFactor.key)
        HILO_CHECK(factor("residual_scale", entry.residualFactor.key));
    if (entry.logitFactor.key) {
        HILO_TRY(const auto scale, factor("logit_scale", entry.logitFactor.key));
        if (!scale)
            return failure(document.errorAt("logit_scale", "The metadata is missing; the logits need it."));
    }
    const auto divided = static_cast<double>(sizes.headDimension);
    if (entry.attentionScale.key) {
        document.set(entry.attentionScale.key, document.key("attention.scale"), 1 / std::sqrt(divided));
        HILO_CHECK(factor("attention.scale", entry.attentionScale.key));
    }
    if (entry.queryScalar)
        // The file does not say it; llama.cpp knows the one size that differs by its depth.
        document.set("query_pre_attn_scalar", document.key("block_count"),
                     sizes.layers == document.family().layersOf27B ? sizes.hidden / sizes.heads : sizes.headDimension);
    if (entry.logitSoftcap.key && document.family().logitCapWithoutKey > 0)
        document.set(entry.logitSoftcap.key, document.key("block_count"), document.family().logitCapWithoutKey);
    for (const NumberKey* cap : {&entry.attentionSoftcap, &entry.logitSoftcap})
        if (cap->key)
            HILO_CHECK(document.number(cap->key, cap->key));
    return {};
}

/// For each layer whether it slides: by the list, or by the number of the pattern.
Result<Json> layerTypesOf(const GgufDocument& document, std::int64_t layers)
{
    const std::string key = document.key("attention.sliding_window_pattern");
    const auto found = document.file().metadata.find(key);
    std::vector<double> list;
    std::int64_t period = document.family().period;
    if (found != document.file().metadata.end() && std::holds_alternative<GgufArray>(found->second)) {
        HILO_TRY(list, document.file().numbers(key));
        if (static_cast<std::int64_t>(list.size()) != layers)
            return failure(document.errorAt("attention.sliding_window_pattern",
                                            "Has " + std::to_string(list.size()) + " entries, but the model has " +
                                                std::to_string(layers) + " layers."));
    } else {
        HILO_TRY(const auto given, document.file().integer(key, 1, largestGgufNumber));
        period = given.value_or(period);
    }
    Json types = Json::array();
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        const bool slides = list.empty() ? (layer + 1) % period != 0 : list[static_cast<std::size_t>(layer)] != 0;
        types.push_back(slides ? "sliding_attention" : "full_attention");
    }
    return types;
}

Status readGgufWindows(GgufDocument& document, std::int64_t layers)
{
    const std::string key = document.key("attention.sliding_window");
    HILO_TRY(const auto window, document.file().integer(key, 0, largestGgufNumber));
    const bool slides = document.family().windows != GgufWindows::None && window && *window > 0;
    // Without the key llama.cpp takes the window of the class.
    const bool usual = document.family().family == Family::Gemma2 && !window;
    if (slides)
        document.set("sliding_window", key, *window);
    else if (!usual)
        document.set("sliding_window", key, nullptr);
    if (document.family().windows != GgufWindows::Period || (!slides && !usual))
        return {};
    HILO_TRY(Json types, layerTypesOf(document, layers));
    document.set("layer_types", document.key("attention.sliding_window_pattern"), std::move(types));
    return {};
}

/// What single families say in a way of their own.
Status readOwnKeys(GgufDocument& document, std::int64_t layers, std::int64_t headDimension)
{
    const GgufFile& file = document.file();
    HILO_TRY(const auto rotates, file.flag(document.key("rope.scaling.finetuned")));
    switch (document.family().family) {
    case Family::Granite:
    case Family::GraniteMoe:
        if (rotates && !*rotates)
            return failure(document.errorAt("rope.scaling.finetuned", "Models of this architecture without RoPE are "
                                                                      "not supported."));
        return {};
    case Family::GraniteHybrid:
        if (!document.family().isMixture)
            document.set("num_local_experts", document.key("expert_count"), 0);
        document.set("layer_types", document.key("block_count"),
                     std::vector<std::string>(static_cast<std::size_t>(std::min<std::int64_t>(layers, 1 << 20)),
                                              "full_attention"));
        document.set("position_embedding_type", document.key("rope.scaling.finetuned"),
                     rotates.value_or(true) ? "rope" : "nope");
        return {};
    case Family::Qwen35: {
        HILO_CHECK(readGgufDeltaNets(document));
        HILO_TRY(const auto rotated, file.integer(document.key("rope.dimension_count"), 0, largestGgufNumber));
        return checkGgufSections(document, std::min(rotated.value_or(headDimension), headDimension) / 2);
    }
    case Family::SmolLm3:
        // llama.cpp has this number in its code.
        document.set("no_rope_layer_interval", document.key("block_count"), 4);
        return {};
    case Family::GptNeox: {
        HILO_TRY(const auto parallel, file.flag(document.key("use_parallel_residual")));
        if (!parallel)
            return failure(document.errorAt("use_parallel_residual", "The metadata is missing; the blocks need it."));
        document.set("use_parallel_residual", document.key("use_parallel_residual"), *parallel);
        return {};
    }
    case Family::StableLm:
        // As llama.cpp, which does not look at the key: the norm of the MLP is there or not.
        document.set("use_parallel_residual", document.key("use_parallel_residual"),
                     file.find("blk.0.ffn_norm.weight") == nullptr);
        return {};
    default:
        return {};
    }
}

Status readGgufTokens(const GgufFile& file, GgufDocument& document)
{
    // Ids that are no tokens are left out; the reader of the vocabulary warns of them.
    std::int64_t tokens = largestGgufNumber;
    if (const auto found = file.metadata.find("tokenizer.ggml.tokens"); found != file.metadata.end())
        if (const auto* list = std::get_if<GgufArray>(&found->second))
            tokens = static_cast<std::int64_t>(list->count);
    const auto idOf = [&](const char* key) -> Result<std::optional<std::int64_t>> {
        HILO_TRY(const auto id,
                 file.integer(key, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()));
        return id && *id >= 0 && *id < tokens ? id : std::nullopt;
    };
    HILO_TRY(const auto bos, idOf("tokenizer.ggml.bos_token_id"));
    if (bos)
        document.set("bos_token_id", "tokenizer.ggml.bos_token_id", *bos);
    Json ends = Json::array();
    for (const char* key :
         {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"}) {
        HILO_TRY(const auto id, idOf(key));
        if (id && std::find(ends.begin(), ends.end(), Json(*id)) == ends.end())
            ends.push_back(*id);
    }
    document.set("eos_token_id", "tokenizer.ggml.eos_token_id", std::move(ends));
    return {};
}

/// The metadata does not say which linear modules have a bias; the tensors do.
void readBiases(const GgufFile& file, ModelConfig& config)
{
    // The first layer with attention; there are none in layers that are delta nets.
    std::int64_t layer = 0;
    while (layer + 1 < config.layers && config.linearAttention.at(layer))
        ++layer;
    const std::vector<ModuleShape> modules = layerModules(config, layer);
    const std::vector<GgufPlace> places = ggufLayerPlaces(config, layer);
    const std::string start = "blk." + std::to_string(layer) + ".";
    const auto hasBias = [&](int group) {
        for (const ModuleShape& module : modules)
            if (module.inputGroup == group)
                for (const GgufPlace& place : places)
                    if (place.path == module.path)
                        return file.find(start + place.stem + ".bias") != nullptr;
        return false;
    };
    config.queryKeyValueBias = hasBias(0);
    config.outputBias = hasBias(1);
    config.mlpBias = hasBias(3);
}

/// All that the metadata and the tensors' names say.
Status fillDocument(GgufDocument& document)
{
    const GgufFile& file = document.file();
    const GgufFamily& family = document.family();
    HILO_TRY(const GgufSizes sizes, readGgufSizes(document));
    HILO_TRY(const auto epsilon, document.number(family.epsilonKey, document.isGpt2() ? "layer_norm_epsilon"
                                                                                      : document.entry().epsilon.key));
    if (!epsilon)
        return failure(document.errorAt(family.epsilonKey, "The metadata is missing."));
    HILO_CHECK(refuseForeignGgufKeys(document));
    HILO_CHECK(readGgufMixture(document));
    HILO_CHECK(readGgufFactors(document, sizes));
    HILO_CHECK(readGgufWindows(document, sizes.layers));
    HILO_CHECK(document.entry().layersDiffer ? readGgufProportionalRope(document, sizes.headDimension)
                                             : readGgufRope(document, sizes.headDimension));
    HILO_CHECK(readOwnKeys(document, sizes.layers, sizes.headDimension));
    HILO_CHECK(readGgufTokens(file, document));
    document.set("tie_word_embeddings", "output.weight", file.find("output.weight") == nullptr);
    return {};
}

Result<ModelConfig> configOf(const GgufDocument& document)
{
    HILO_TRY(ModelConfig config, document.parse());
    // Its converter takes this architecture for the text part of models of images and text alone.
    config.insideWrapper = document.family().family == Family::Mistral;
    readBiases(document.file(), config);
    if (!document.entry().layersDiffer)
        HILO_CHECK(readGgufRopeFactors(document.file(), config));
    return config;
}

} // namespace

Result<ModelConfig> ggufModelConfig(const GgufFile& file)
{
    HILO_TRY(const GgufFamily* family, familyOfFile(file));
    GgufDocument document(file, *family);
    HILO_CHECK(fillDocument(document));
    return configOf(document);
}

namespace {

/// The words of config.json for divisors that the file has as numbers; empty where it has none for them.
Json wordsForFactors(Json said, const ModelConfig& config)
{
    const std::optional<RopeConfig> made = llama3RopeOf(config.rope, config.headDimension);
    if (!made)
        return {};
    Json& rope = said.contains("full_attention") ? said["full_attention"] : said;
    rope.erase("factor");
    rope.erase("original_max_position_embeddings");
    rope["rope_type"] = made->kind == RopeKind::Llama3   ? "llama3"
                        : made->kind == RopeKind::Linear ? "linear"
                                                         : "default";
    if (made->kind != RopeKind::None)
        rope["factor"] = made->factor;
    if (made->kind == RopeKind::Llama3) {
        rope["low_freq_factor"] = made->lowFrequencyFactor;
        rope["high_freq_factor"] = made->highFrequencyFactor;
        rope["original_max_position_embeddings"] = made->originalMaximumPositions;
    }
    return said;
}

} // namespace

Result<Json> ggufConfigJson(const GgufFile& file)
{
    HILO_TRY(const GgufFamily* family, familyOfFile(file));
    GgufDocument document(file, *family);
    HILO_CHECK(fillDocument(document));
    HILO_TRY(const ModelConfig config, configOf(document));
    Json json = document.json();
    const FamilyEntry& entry = document.entry();
    for (const auto& [flag, has] : {std::pair{&entry.queryKeyValueBias, config.queryKeyValueBias},
                                    {&entry.outputBias, config.outputBias},
                                    {&entry.mlpBias, config.mlpBias}})
        if (flag->key)
            json[flag->key] = has;
    if (config.rope.kind == RopeKind::Factors) {
        Json words = wordsForFactors(json["rope_parameters"], config);
        if (words.is_null())
            return failure(badInput(file.name, "tensor \"rope_freqs.weight\"",
                                    "config.json cannot say these RoPE factors: no rope_type llama3, linear or default "
                                    "has them.",
                                    "Export as merged-gguf."));
        json["rope_parameters"] = std::move(words);
    }
    HILO_TRY(const ModelConfig back, parseModelConfig(json, file.name));
    if (back.queryKeyValueBias != config.queryKeyValueBias || back.outputBias != config.outputBias ||
        back.mlpBias != config.mlpBias)
        return failure(badInput(file.name, {},
                                "config.json of " + config.architecture +
                                    " models cannot say which modules of this one have biases.",
                                "Export as merged-gguf."));
    return json;
}

} // namespace hilo
