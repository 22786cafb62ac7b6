// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/config_json.h"

#include "formats/gguf.h"
#include "formats/gguf_config.h"
#include "formats/gguf_rope.h"

#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace hilo {
namespace {

/// Of the families that GGUF files are read of; empty for the others, whose config.json lies beside the weights.
std::string className(Family family)
{
    switch (family) {
    case Family::Llama:
        return "LlamaForCausalLM";
    case Family::Mistral:
        return "MistralForCausalLM";
    case Family::Qwen2:
        return "Qwen2ForCausalLM";
    case Family::Qwen3:
        return "Qwen3ForCausalLM";
    case Family::Gemma:
        return "GemmaForCausalLM";
    case Family::Gemma2:
        return "Gemma2ForCausalLM";
    default:
        break;
    }
    return {};
}

std::string activationName(Activation activation)
{
    return activation == Activation::Silu ? "silu" : activation == Activation::GeluErf ? "gelu" : "gelu_pytorch_tanh";
}

Json ropeScaling(const ModelConfig& model)
{
    const RopeConfig& rope = model.rope;
    const std::int64_t original =
        rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : model.maximumPositions;
    switch (rope.kind) {
    case RopeKind::Linear:
        return {{"rope_type", "linear"}, {"factor", rope.factor}};
    case RopeKind::Dynamic:
        return {{"rope_type", "dynamic"}, {"factor", rope.factor}};
    case RopeKind::Yarn: {
        Json scaling = {{"rope_type", "yarn"},
                        {"factor", rope.factor},
                        {"original_max_position_embeddings", original},
                        {"beta_fast", rope.betaFast},
                        {"beta_slow", rope.betaSlow}};
        if (rope.attentionFactor > 0)
            scaling["attention_factor"] = rope.attentionFactor;
        if (!rope.truncate)
            scaling["truncate"] = false;
        return scaling;
    }
    case RopeKind::Llama3:
        return {{"rope_type", "llama3"},
                {"factor", rope.factor},
                {"low_freq_factor", rope.lowFrequencyFactor},
                {"high_freq_factor", rope.highFrequencyFactor},
                {"original_max_position_embeddings", original}};
    case RopeKind::None:
    case RopeKind::Factors:
    case RopeKind::LongRope:
    case RopeKind::Proportional:
        break;
    }
    return nullptr;
}

/// Rounded when it is within float32's precision of a whole number: GGUF files hold 32 bits.
double tidy(double value)
{
    const double whole = std::round(value);
    return std::abs(value - whole) <= 1e-6 * std::abs(value) ? whole : value;
}

/// transformers' classes of language models, by model_type.
const std::map<std::string, std::string>& classNames()
{
    static const std::map<std::string, std::string> names = {
        {"gpt2", "GPT2LMHeadModel"},
        {"gemma3_text", "Gemma3ForCausalLM"},
        {"gemma4_text", "Gemma4ForCausalLM"},
        {"phi", "PhiForCausalLM"},
        {"phi3", "Phi3ForCausalLM"},
        {"smollm3", "SmolLM3ForCausalLM"},
        {"olmo2", "Olmo2ForCausalLM"},
        {"olmo3", "Olmo3ForCausalLM"},
        {"granite", "GraniteForCausalLM"},
        {"granitemoehybrid", "GraniteMoeHybridForCausalLM"},
        {"granitemoe", "GraniteMoeForCausalLM"},
        {"granitemoeshared", "GraniteMoeSharedForCausalLM"},
        {"glm4", "Glm4ForCausalLM"},
        {"ministral3", "Ministral3ForCausalLM"},
        {"exaone4", "Exaone4ForCausalLM"},
        {"cohere2", "Cohere2ForCausalLM"},
        {"seed_oss", "SeedOssForCausalLM"},
        {"ernie4_5", "Ernie4_5ForCausalLM"},
        {"hunyuan_v1_dense", "HunYuanDenseV1ForCausalLM"},
        {"arcee", "ArceeForCausalLM"},
        {"apertus", "ApertusForCausalLM"},
        {"starcoder2", "Starcoder2ForCausalLM"},
        {"stablelm", "StableLmForCausalLM"},
        {"gpt_neox", "GPTNeoXForCausalLM"},
        {"nemotron", "NemotronForCausalLM"},
        {"qwen2_moe", "Qwen2MoeForCausalLM"},
        {"qwen3_moe", "Qwen3MoeForCausalLM"},
        {"olmoe", "OlmoeForCausalLM"},
        {"mixtral", "MixtralForCausalLM"},
        {"gpt_oss", "GptOssForCausalLM"},
        {"qwen3_5_text", "Qwen3_5ForCausalLM"},
    };
    return names;
}

/// Files hold 32 bits; such numbers are written with as few digits as tell them from their neighbours.
void shorten(Json& value)
{
    if (value.is_structured()) {
        for (Json& part : value)
            shorten(part);
        return;
    }
    if (!value.is_number_float())
        return;
    const auto number = value.get<double>();
    const auto narrow = static_cast<float>(number);
    if (static_cast<double>(narrow) != number)
        return;
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), narrow).ptr;
    double shortest = number;
    std::from_chars(text.data(), end, shortest);
    value = shortest;
}

} // namespace

Result<Json> configJsonOfGguf(const std::filesystem::path& path)
{
    HILO_TRY(const GgufFile file, openGguf(path));
    HILO_TRY(const ModelConfig model, ggufModelConfig(file));
    if (!className(model.family).empty())
        return configJson(model);
    HILO_TRY(Json json, ggufConfigJson(file));
    const auto name = classNames().find(model.architecture);
    if (name == classNames().end())
        return failure(internalError("No class of transformers is known for " + model.architecture + " models."));
    json["architectures"] = {name->second};
    // What these classes call it.
    const bool local = model.family == Family::Mixtral || model.family == Family::GptOss ||
                       model.family == Family::GraniteMoe || model.family == Family::GraniteMoeShared ||
                       model.family == Family::GraniteHybrid;
    if (local && json.contains("num_experts")) {
        json["num_local_experts"] = json["num_experts"];
        json.erase("num_experts");
    }
    if (json.contains("eos_token_id")) {
        const Json ends = json["eos_token_id"];
        if (ends.is_array() && ends.size() < 2)
            json["eos_token_id"] = ends.empty() ? Json() : ends[0];
    }
    // Classes have ids of their own, which may be none of this vocabulary's.
    json["pad_token_id"] = nullptr;
    // Of state spaces, which these models lack; the class still wants its heads to divide the width.
    if (model.family == Family::GraniteHybrid)
        json["mamba_n_heads"] = 1;
    shorten(json);
    return json;
}

Result<Json> configJson(const ModelConfig& model)
{
    if (className(model.family).empty())
        return failure(badInput({}, {}, "The model's configuration cannot be written as config.json."));
    if (model.rope.kind == RopeKind::Factors) {
        const std::optional<RopeConfig> rope = llama3RopeOf(model.rope, model.headDimension);
        if (!rope)
            return failure(badInput({}, {}, "config.json cannot say the model's RoPE factors: no rope_type has them."));
        ModelConfig named = model;
        named.rope = *rope;
        return configJson(named);
    }
    const bool gemma = model.family == Family::Gemma || model.family == Family::Gemma2;
    Json json = {{"architectures", {className(model.family)}},
                 {"model_type", model.architecture},
                 {"vocab_size", model.vocabulary},
                 {"hidden_size", model.hidden},
                 {"intermediate_size", model.intermediate},
                 {"num_hidden_layers", model.layers},
                 {"num_attention_heads", model.heads},
                 {"num_key_value_heads", model.keyValueHeads},
                 {"head_dim", model.headDimension},
                 {"max_position_embeddings", model.maximumPositions},
                 {"rms_norm_eps", static_cast<double>(static_cast<float>(model.normEpsilon))},
                 {"hidden_act", activationName(model.activation)},
                 {"rope_theta", tidy(model.rope.theta)},
                 {"rope_scaling", ropeScaling(model)},
                 {"attention_bias", model.queryKeyValueBias},
                 {"tie_word_embeddings", model.tiedEmbeddings},
                 {"use_cache", true}};
    if (gemma)
        json["hidden_activation"] = activationName(model.activation);
    if (model.family == Family::Llama)
        json["mlp_bias"] = model.mlpBias;
    if (model.family == Family::Gemma2) {
        json["query_pre_attn_scalar"] = tidy(1 / (model.attentionScale * model.attentionScale));
        json["attn_logit_softcapping"] = model.attentionSoftcap > 0 ? Json(model.attentionSoftcap) : Json();
        json["final_logit_softcapping"] = model.logitSoftcap > 0 ? Json(model.logitSoftcap) : Json();
        json["sliding_window"] = model.windows.empty() ? 0 : model.windows[0];
    }
    if (model.bosToken >= 0)
        json["bos_token_id"] = model.bosToken;
    if (model.eosTokens.size() == 1)
        json["eos_token_id"] = model.eosTokens[0];
    else if (!model.eosTokens.empty())
        json["eos_token_id"] = model.eosTokens;
    return json;
}

} // namespace hilo
