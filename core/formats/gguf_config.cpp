// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_config.h"

#include "formats/half.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr std::array architectures = {"llama", "qwen2", "qwen3", "gemma", "gemma2"};
constexpr std::int64_t largest = std::int64_t{1} << 40;
constexpr std::int64_t gemma2LayersOf27B = 46;

/// Collects what config.json would say, so that one reader checks both; remembers where each value stood.
class ConfigDocument
{
  public:
    ConfigDocument(const GgufFile& file, std::string architecture) : file_(file), architecture_(std::move(architecture))
    {
        document_["model_type"] = architecture_;
    }

    std::string key(const std::string& name) const { return architecture_ + "." + name; }
    Json& document() { return document_; }

    /// Keys of layers may be lists (llama.cpp's get_key_or_arr), once the number of layers is known.
    Result<std::optional<std::int64_t>> integer(const std::string& name, const std::string& jsonKey)
    {
        const auto layers = document_.find("num_hidden_layers");
        HILO_TRY(const auto value, layers == document_.end()
                                       ? file_.integer(key(name), 1, largest)
                                       : file_.integerOfLayers(key(name), layers->get<std::int64_t>(), 1, largest));
        if (value)
            set(jsonKey, key(name), *value);
        return value;
    }

    Result<std::int64_t> requiredInteger(const std::string& name, const std::string& jsonKey)
    {
        HILO_TRY(const auto value, integer(name, jsonKey));
        if (!value)
            return failure(file_.errorAt(key(name), "The metadata is missing; the model's shape needs it.",
                                         "Convert the model again with llama.cpp's convert_hf_to_gguf.py."));
        return *value;
    }

    Result<std::optional<double>> number(const std::string& name, const std::string& jsonKey)
    {
        HILO_TRY(const auto value, file_.number(key(name)));
        if (value)
            set(jsonKey, key(name), *value);
        return value;
    }

    void set(const std::string& jsonKey, const std::string& origin, Json value)
    {
        document_[jsonKey] = std::move(value);
        origins_[jsonKey] = origin;
    }

    Result<ModelConfig> parse() const
    {
        auto config = parseModelConfig(document_, file_.name);
        if (config)
            return config;
        Error error = config.error();
        const auto origin = origins_.find(error.place);
        error.place = "metadata \"" + (origin == origins_.end() ? error.place : origin->second) + "\"";
        return failure(std::move(error));
    }

  private:
    const GgufFile& file_;
    std::string architecture_;
    Json document_ = Json::object();
    std::map<std::string, std::string> origins_;
};

Result<std::string> readArchitecture(const GgufFile& file)
{
    HILO_TRY(const auto architecture, file.text("general.architecture"));
    if (!architecture)
        return failure(file.errorAt("general.architecture", "The metadata is missing.",
                                    "The file holds no model; fetch another one."));
    std::string known;
    for (const char* name : architectures) {
        if (*architecture == name)
            return *architecture;
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    return failure(
        file.errorAt("general.architecture", "The architecture \"" + *architecture + "\" is not supported.",
                     "Supported in .gguf files are " + known + "; use the Hugging Face folder of another model."));
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

Status readShape(const GgufFile& file, ConfigDocument& config)
{
    HILO_TRY(const std::int64_t hidden, config.requiredInteger("embedding_length", "hidden_size"));
    HILO_TRY(const std::int64_t layers, config.requiredInteger("block_count", "num_hidden_layers"));
    HILO_TRY(const std::int64_t heads, config.requiredInteger("attention.head_count", "num_attention_heads"));
    HILO_CHECK(config.requiredInteger("feed_forward_length", "intermediate_size"));
    HILO_CHECK(config.integer("context_length", "max_position_embeddings"));
    config.set("num_key_value_heads", config.key("attention.head_count"), heads);
    HILO_CHECK(config.integer("attention.head_count_kv", "num_key_value_heads"));
    HILO_TRY(const std::int64_t vocabulary, embeddingRows(file));
    config.set("vocab_size", "token_embd.weight", vocabulary);

    config.set("head_dim", config.key("attention.head_count"), hidden / heads);
    HILO_TRY(const auto keyLength, config.integer("attention.key_length", "head_dim"));
    const std::int64_t headDimension = keyLength.value_or(hidden / heads);
    const auto mustBe = [&](const std::string& name, std::int64_t expected) -> Status {
        HILO_TRY(const auto value, file.integer(config.key(name), 0, largest));
        if (value && *value != expected)
            return failure(file.errorAt(config.key(name), "Only " + std::to_string(expected) +
                                                              " is supported here, not " + std::to_string(*value) +
                                                              "."));
        return {};
    };
    HILO_CHECK(mustBe("attention.value_length", headDimension));
    HILO_CHECK(mustBe("rope.dimension_count", headDimension));
    if (config.document()["model_type"] == "gemma2") {
        HILO_CHECK(config.integer("attention.sliding_window", "sliding_window"));
        HILO_CHECK(config.number("attn_logit_softcapping", "attn_logit_softcapping"));
        HILO_CHECK(config.number("final_logit_softcapping", "final_logit_softcapping"));
        // The file does not say it; llama.cpp knows the one size that differs by its depth.
        config.set("query_pre_attn_scalar", config.key("block_count"),
                   layers == gemma2LayersOf27B ? hidden / heads : headDimension);
    }
    return {};
}

Status readYarnMetadata(const GgufFile& file, const ConfigDocument& config, double scale, Json& scaling)
{
    for (const char* name : {"rope.scaling.attn_factor", "rope.scaling.yarn_attn_factor"}) {
        HILO_TRY(const auto attention, file.number(config.key(name)));
        if (attention && scale > 0)
            scaling["attention_factor"] = *attention * (0.1 * std::log(scale) + 1);
    }
    for (const auto& [name, jsonKey] : {std::pair{"rope.scaling.yarn_beta_fast", "beta_fast"},
                                        std::pair{"rope.scaling.yarn_beta_slow", "beta_slow"}}) {
        HILO_TRY(const auto turns, file.number(config.key(name)));
        if (turns)
            scaling[jsonKey] = *turns;
    }
    return {};
}

/// Keys of other architectures that would change the numbers here: refused unless they ask for nothing.
Status refuseForeignMetadata(const GgufFile& file, ConfigDocument& config)
{
    struct NeutralValue
    {
        const char* name;
        double neutral;
    };
    constexpr std::array keys = {
        NeutralValue{"expert_count", 0},
        NeutralValue{"logit_scale", 1},
        NeutralValue{"residual_scale", 1},
        NeutralValue{"embedding_scale", 1},
        NeutralValue{"attention.clamp_kqv", 0},
        NeutralValue{"attention.max_alibi_bias", 0},
        NeutralValue{"attention.output_scale", 1},
        NeutralValue{"attention.scale", 0},
        NeutralValue{"attention.temperature_scale", 0},
        NeutralValue{"rope.scaling.alpha", 0},
        NeutralValue{"rope.scaling.yarn_log_multiplier", 0},
        NeutralValue{"rope.scaling.yarn_ext_factor", 1},
    };
    const auto refuse = [&](const std::string& name) {
        return failure(file.errorAt(config.key(name),
                                    "Asks for arithmetic that models of this architecture do not have "
                                    "here.",
                                    "Use the Hugging Face folder of the model, or another model."));
    };
    for (const NeutralValue& key : keys) {
        HILO_TRY(const auto value, file.number(config.key(key.name)));
        if (value && *value != key.neutral)
            return refuse(key.name);
    }
    if (config.document()["model_type"] != "gemma2")
        for (const char* name : {"attn_logit_softcapping", "final_logit_softcapping"}) {
            HILO_TRY(const auto cap, file.number(config.key(name)));
            if (cap && *cap != 0)
                return refuse(name);
        }
    HILO_TRY(const auto causal, file.flag(config.key("attention.causal")));
    if (causal && !*causal)
        return refuse("attention.causal");
    for (const char* name : {"rope_factors_long.weight", "rope_factors_short.weight"})
        if (file.find(name))
            return failure(badInput(file.name, "tensor \"" + std::string(name) + "\"",
                                    "RoPE factors by length (longrope) are not supported."));
    return {};
}

Status readRope(const GgufFile& file, ConfigDocument& config)
{
    HILO_CHECK(config.number("rope.freq_base", "rope_theta"));
    HILO_TRY(const auto kind, file.text(config.key("rope.scaling.type")));
    HILO_TRY(const auto factor, file.number(config.key("rope.scaling.factor")));
    HILO_TRY(const auto olderFactor, file.number(config.key("rope.scale_linear")));
    const std::string type = kind.value_or(factor || olderFactor ? "linear" : "none");
    const double scale = factor.value_or(olderFactor.value_or(0));
    if (type == "none" || (type == "linear" && (scale == 0 || scale == 1)))
        return {};
    Json scaling = {{"rope_type", type}, {"factor", scale}};
    HILO_TRY(const auto original, file.integer(config.key("rope.scaling.original_context_length"), 0, largest));
    if (original)
        scaling["original_max_position_embeddings"] = *original;
    if (type == "yarn")
        HILO_CHECK(readYarnMetadata(file, config, scale, scaling));
    config.set("rope_scaling", config.key("rope.scaling"), std::move(scaling));
    return {};
}

Status readTokens(const GgufFile& file, ConfigDocument& config)
{
    // Ids that are no tokens are left out; the reader of the vocabulary warns of them.
    std::int64_t tokens = largest;
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
        config.set("bos_token_id", "tokenizer.ggml.bos_token_id", *bos);
    Json ends = Json::array();
    for (const char* key :
         {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"}) {
        HILO_TRY(const auto id, idOf(key));
        if (id && std::find(ends.begin(), ends.end(), Json(*id)) == ends.end())
            ends.push_back(*id);
    }
    config.set("eos_token_id", "tokenizer.ggml.eos_token_id", std::move(ends));
    return {};
}

/// Llama 3.1 and later: the converter stores the divisors of the inverse frequencies as a tensor.
Status readRopeFactors(const GgufFile& file, ModelConfig& config)
{
    const GgufTensor* tensor = file.find("rope_freqs.weight");
    if (!tensor)
        return {};
    const std::string place = "tensor \"rope_freqs.weight\"";
    if (tensor->info.type != DataType::F32 || tensor->info.shape != std::vector{config.headDimension / 2})
        return failure(badInput(file.name, place,
                                "A list of " + std::to_string(config.headDimension / 2) +
                                    " F32 numbers was expected, one for each frequency."));
    if (config.rope.kind != RopeKind::None && config.rope.kind != RopeKind::Linear)
        return failure(badInput(file.name, place, "Frequency factors together with yarn scaling are not supported."));
    std::vector<float> factors(static_cast<std::size_t>(config.headDimension / 2));
    HILO_CHECK(decodeToFloat32({tensor->info, tensor->bytes, file.owner}, factors));
    for (float& factor : factors) {
        if (!std::isfinite(factor) || factor <= 0)
            return failure(badInput(file.name, place, "A factor is not a positive number."));
        if (config.rope.kind == RopeKind::Linear)
            factor *= static_cast<float>(config.rope.factor);
    }
    config.rope.kind = RopeKind::Factors;
    config.rope.factors = std::move(factors);
    return {};
}

} // namespace

Result<ModelConfig> ggufModelConfig(const GgufFile& file)
{
    HILO_TRY(const std::string architecture, readArchitecture(file));
    ConfigDocument document(file, architecture);
    HILO_CHECK(readShape(file, document));
    HILO_TRY(const auto epsilon, document.number("attention.layer_norm_rms_epsilon", "rms_norm_eps"));
    if (!epsilon)
        return failure(file.errorAt(document.key("attention.layer_norm_rms_epsilon"), "The metadata is missing."));
    HILO_CHECK(refuseForeignMetadata(file, document));
    HILO_CHECK(readRope(file, document));
    HILO_CHECK(readTokens(file, document));
    document.set("tie_word_embeddings", "output.weight", file.find("output.weight") == nullptr);
    HILO_TRY(ModelConfig config, document.parse());
    // The metadata does not say which linear modules have a bias; the tensors do.
    config.queryKeyValueBias = file.find("blk.0.attn_q.bias") != nullptr;
    config.outputBias = file.find("blk.0.attn_output.bias") != nullptr;
    config.mlpBias = file.find("blk.0.ffn_down.bias") != nullptr;
    HILO_CHECK(readRopeFactors(file, config));
    return config;
}

} // namespace hilo
