// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/expected_tensors.h"
#include "formats/layer_modules.h"
#include "formats/model_config.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Result<ModelConfig> parse(const Json& document)
{
    return parseModelConfig(document, "config.json");
}

/// The least that a family's config has to say.
Json least(const std::string& family)
{
    if (family == "gpt2")
        return {{"model_type", "gpt2"}, {"vocab_size", 50}, {"n_embd", 64}, {"n_layer", 2}, {"n_head", 4}};
    return {{"model_type", family},         {"vocab_size", 50},          {"hidden_size", 64},
            {"num_hidden_layers", 4},       {"num_attention_heads", 32}, {"intermediate_size", 96},
            {"max_position_embeddings", 32}};
}

ModelConfig withKeys(const std::string& family, const Json& keys)
{
    Json document = least(family);
    document.update(keys);
    return REQUIRE_OK(parse(document));
}

Error errorOf(const std::string& family, const Json& keys)
{
    Json document = least(family);
    document.update(keys);
    return REQUIRE_ERROR(parse(document));
}

using Numbers = std::vector<std::int64_t>;

} // namespace

HILO_TEST(takesEachFamilysDefaults)
{
    const ModelConfig llama = withKeys("llama", Json::object());
    CHECK_EQ(llama.keyValueHeads, 32);
    CHECK_EQ(llama.headDimension, 2);
    CHECK(!llama.tiedEmbeddings && !llama.queryKeyValueBias && !llama.outputBias && !llama.mlpBias);
    CHECK_EQ(llama.normEpsilon, 1e-6);
    CHECK_EQ(llama.rope.theta, 1e4);
    CHECK(llama.activation == Activation::Silu);
    CHECK_EQ(llama.windows, Numbers(4, 0));

    const ModelConfig mistral = withKeys("mistral", Json::object());
    CHECK_EQ(mistral.keyValueHeads, 8);
    CHECK_EQ(mistral.windows, Numbers(4, 4096));

    const ModelConfig qwen2 = withKeys("qwen2", Json::object());
    CHECK(qwen2.queryKeyValueBias && !qwen2.outputBias);
    CHECK_EQ(qwen2.windows, Numbers(4, 0));

    const ModelConfig qwen3 = withKeys("qwen3", Json::object());
    CHECK(qwen3.queryKeyNorm == QueryKeyNorm::PerHead && !qwen3.queryKeyValueBias);
    CHECK_EQ(qwen3.headDimension, 128);

    const ModelConfig gemma = withKeys("gemma", Json::object());
    CHECK(gemma.tiedEmbeddings && gemma.normAddsOne && gemma.scaleEmbeddings && !gemma.postNorms);
    CHECK_EQ(gemma.keyValueHeads, 16);
    CHECK_EQ(gemma.headDimension, 256);
    CHECK(gemma.activation == Activation::GeluTanh);

    const ModelConfig gemma2 = withKeys("gemma2", Json::object());
    CHECK(gemma2.postNorms && gemma2.tiedEmbeddings);
    CHECK_EQ(gemma2.keyValueHeads, 4);
    CHECK_EQ(gemma2.windows, (Numbers{4096, 0, 4096, 0}));
    CHECK_EQ(gemma2.attentionSoftcap, 50);
    CHECK_EQ(gemma2.logitSoftcap, 30);
    CHECK_NEAR(gemma2.attentionScale, 1.0 / 16, 1e-12);

    const ModelConfig gpt2 = withKeys("gpt2", Json::object());
    CHECK(gpt2.layerNorm && gpt2.learnedPositions && gpt2.tiedEmbeddings && !gpt2.gatedMlp);
    CHECK(gpt2.fusedQueryKeyValue == FusedQueryKeyValue::Parts && gpt2.transposedWeights);
    CHECK_EQ(gpt2.intermediate, 256);
    CHECK_EQ(gpt2.normEpsilon, 1e-5);
}

HILO_TEST(readsWhatDiffersBetweenFiles)
{
    CHECK_EQ(withKeys("mistral", {{"num_key_value_heads", nullptr}}).keyValueHeads, 32);
    CHECK_EQ(withKeys("mistral", {{"sliding_window", nullptr}}).windows, Numbers(4, 0));
    CHECK_EQ(withKeys("mistral", {{"head_dim", 128}}).headDimension, 128);
    CHECK_EQ(withKeys("qwen2", {{"use_sliding_window", true}, {"sliding_window", 8}, {"max_window_layers", 2}}).windows,
             (Numbers{0, 0, 8, 8}));
    const Json types = {"full_attention", "sliding_attention", "full_attention", "sliding_attention"};
    CHECK_EQ(withKeys("gemma2", {{"layer_types", types}, {"sliding_window", 8}}).windows, (Numbers{0, 8, 0, 8}));
    CHECK_EQ(withKeys("gemma2", {{"final_logit_softcapping", nullptr}}).logitSoftcap, 0);
    CHECK_NEAR(withKeys("gemma2", {{"query_pre_attn_scalar", 144}}).attentionScale, 1.0 / 12, 1e-12);
    // The first Gemma releases say gelu and mean its tanh form.
    CHECK(withKeys("gemma", {{"hidden_act", "gelu"}}).activation == Activation::GeluTanh);
    CHECK(withKeys("gemma", {{"hidden_activation", "gelu"}}).activation == Activation::GeluErf);
    CHECK(withKeys("llama", {{"tie_word_embeddings", true}}).tiedEmbeddings);
    const ModelConfig biased = withKeys("llama", {{"attention_bias", true}, {"mlp_bias", true}});
    CHECK(biased.queryKeyValueBias && biased.outputBias && biased.mlpBias);
    CHECK_EQ(withKeys("llama", {{"eos_token_id", {1, 2}}, {"bos_token_id", 3}}).eosTokens, (Numbers{1, 2}));
}

HILO_TEST(namesTheTextPartOfALargerModel)
{
    const Error error = errorOf("llama", {{"model_type", "llava"}, {"text_config", {{"model_type", "mistral"}}}});
    CHECK_EQ(error.place, "model_type");
    CHECK_CONTAINS(error.message, "\"llava\" around a mistral model");
    CHECK_CONTAINS(error.hint, "text_config");
}

HILO_TEST(refusesArithmeticOfOtherModels)
{
    const std::vector<std::pair<std::string, Json>> asked = {
        {"final_logit_softcapping", 30.0}, {"logit_scale", 0.0625},  {"residual_multiplier", 0.22},
        {"attention_multiplier", 0.1},     {"clip_qkv", 8},          {"use_qk_norm", true},
        {"no_rope_layers", {1, 1, 1, 0}},  {"num_local_experts", 8}, {"rope_interleaved", true},
        {"partial_rotary_factor", 0.5},    {"sliding_window", 1024}, {"use_bidirectional_attention", true},
        {"query_pre_attn_scalar", 144},    {"is_causal", false}};
    for (const auto& [key, value] : asked)
        CHECK_EQ(errorOf("llama", {{key, value}}).place, key);
    for (const auto& [key, value] : asked)
        withKeys("llama", {{key, nullptr}});
    withKeys(
        "llama",
        {{"logit_scale", 1}, {"num_local_experts", 0}, {"use_qk_norm", false}, {"time_step", 3}, {"is_causal", true}});
    withKeys("llama", {{"sliding_window", 1024}, {"use_sliding_window", false}});
    CHECK_EQ(errorOf("mistral", {{"attention_bias", true}}).place, "attention_bias");
    CHECK_EQ(errorOf("qwen2", {{"mlp_bias", true}}).place, "mlp_bias");
    CHECK_EQ(errorOf("qwen3", {{"is_causal", false}}).place, "is_causal");
    CHECK_EQ(errorOf("gpt2", {{"add_cross_attention", true}}).place, "add_cross_attention");
    withKeys("mistral", {{"attention_bias", false}, {"mlp_bias", false}});
}

HILO_TEST(refusesWindowsThatContradictOneAnother)
{
    const Json all = Json::array({"sliding_attention", "sliding_attention", "sliding_attention", "sliding_attention"});
    Json one = all;
    one[2] = "full_attention";
    CHECK_EQ(withKeys("mistral", {{"layer_types", all}}).windows, Numbers(4, 4096));
    CHECK_EQ(errorOf("mistral", {{"layer_types", one}}).place, "layer_types[2]");
    CHECK_EQ(errorOf("mistral", {{"layer_types", all}, {"sliding_window", nullptr}}).place, "layer_types[0]");
    CHECK_EQ(errorOf("mistral", {{"use_sliding_window", false}}).place, "use_sliding_window");
    CHECK_EQ(errorOf("qwen3", {{"layer_types", all}}).place, "layer_types[0]");
    CHECK_EQ(withKeys("qwen3", {{"layer_types", one}, {"use_sliding_window", true}}).windows,
             (Numbers{4096, 4096, 0, 4096}));
    one[2] = "chunked_attention";
    const Error error = errorOf("gemma2", {{"layer_types", one}});
    CHECK_EQ(error.place, "layer_types[2]");
    CHECK_CONTAINS(error.message, "chunked_attention");
}

HILO_TEST(readsGemmasTwoNamesOfTheActivation)
{
    CHECK(withKeys("gemma", {{"hidden_act", "silu"}}).activation == Activation::Silu);
    CHECK(withKeys("gemma2", {{"hidden_act", "gelu"}, {"hidden_activation", nullptr}}).activation ==
          Activation::GeluTanh);
    CHECK(withKeys("gemma2", {{"hidden_act", "gelu"}, {"hidden_activation", "gelu_pytorch_tanh"}}).activation ==
          Activation::GeluTanh);
    CHECK_EQ(errorOf("gemma2", {{"hidden_act", "silu"}, {"hidden_activation", "gelu_pytorch_tanh"}}).place,
             "hidden_activation");
}

HILO_TEST(listsTheKnownArchitectures)
{
    const Error error = errorOf("llama", {{"model_type", "mamba"}});
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.place, "model_type");
    CHECK_CONTAINS(error.message, "mamba");
    CHECK_CONTAINS(error.hint, "llama, mistral, qwen2, qwen3, gemma, gemma2, gpt2");
}

HILO_TEST(namesEveryMissingKey)
{
    for (const char* family : {"llama", "gpt2"}) {
        const Json whole = least(family);
        for (const auto& [key, value] : whole.items()) {
            if (key == "max_position_embeddings")
                continue;
            Json document = whole;
            document.erase(key);
            const Error error = REQUIRE_ERROR(parse(document));
            CHECK_EQ(error.file, "config.json");
            CHECK_CONTAINS(describe(error), key);
        }
    }
    REQUIRE_ERROR(parse(Json::array()));
    REQUIRE_ERROR(parse(Json()));
}

HILO_TEST(refusesValuesThatCannotBe)
{
    for (const char* key : {"hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
                            "vocab_size", "num_key_value_heads"})
        for (const Json& value :
             {Json(0), Json(-1), Json(1.5), Json("4"), Json(1LL << 62), Json(18446744073709551615u)})
            CHECK_EQ(errorOf("llama", {{key, value}}).place, key);
    CHECK_EQ(errorOf("llama", {{"num_key_value_heads", 5}}).place, "num_key_value_heads");
    CHECK_EQ(errorOf("llama", {{"head_dim", 3}}).place, "head_dim");
    CHECK_EQ(errorOf("llama", {{"head_dim", 1 << 20}}).place, "head_dim");
    CHECK_EQ(errorOf("llama", {{"hidden_act", "relu6"}}).place, "hidden_act");
    CHECK_EQ(errorOf("llama", {{"eos_token_id", "</s>"}}).place, "eos_token_id");
    CHECK_EQ(errorOf("gemma2", {{"layer_types", {"full_attention"}}}).place, "layer_types");
    CHECK_EQ(errorOf("gpt2", {{"n_head", 5}}).place, "n_head");
    CHECK_EQ(errorOf("gpt2", {{"scale_attn_by_inverse_layer_idx", true}}).place, "scale_attn_by_inverse_layer_idx");
}

HILO_TEST(namesModulesAsHuggingFaceDoes)
{
    const ModelConfig llama = withKeys("llama", {{"num_key_value_heads", 8}});
    const auto modules = layerModules(llama, 0);
    CHECK_EQ(modules.size(), 7u);
    CHECK_EQ(modules[1].out, 16);
    CHECK_EQ(modulePath(llama, 3, modules[6]), "model.layers.3.mlp.down_proj");
    CHECK_EQ(modulePath(withKeys("gpt2", Json::object()), 1, layerModules(withKeys("gpt2", Json::object()), 0)[0]),
             "transformer.h.1.attn.c_attn");
}

HILO_TEST(countsParametersOfSmolLM2)
{
    const Json document = {{"model_type", "llama"},     {"vocab_size", 49152},        {"hidden_size", 576},
                           {"num_hidden_layers", 30},   {"num_attention_heads", 9},   {"num_key_value_heads", 3},
                           {"intermediate_size", 1536}, {"tie_word_embeddings", true}};
    CHECK_EQ(parameterCount(REQUIRE_OK(parse(document))), 134'515'008);
}
