// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "formats/gguf_config.h"
#include "formats/gguf_vocabulary.h"
#include "formats/gguf_weights.h"
#include "formats/model_source.h"

#include "support/testing.h"
#include "tiny_gguf.h"

#include <functional>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<float> readAll(const WeightSource& weights, const std::string& name)
{
    const auto info = weights.find(name);
    CHECK(info.has_value());
    std::size_t count = 1;
    for (const std::int64_t size : info->shape)
        count *= static_cast<std::size_t>(size);
    std::vector<float> values(count);
    REQUIRE_OK(weights.readFloat32(name, values));
    return values;
}

} // namespace

HILO_TEST(readsAFileOfThePythonPackage)
{
    const ModelSource model = REQUIRE_OK(openModel(dataFile("formats/tiny-llama.gguf")));
    const Json expected = REQUIRE_OK(readJsonFile(dataFile("formats/tiny-llama.expected.json")));
    CHECK_EQ(parameterCount(model.config), expected["parameters"].get<std::int64_t>());
    CHECK(model.config.tiedEmbeddings);
    CHECK_EQ(model.config.headDimension, 16);
    CHECK_EQ(model.config.rope.theta, 500);
    CHECK(model.config.rope.kind == RopeKind::Factors);
    CHECK_EQ(model.config.rope.factors, expected["rope_factors"].get<std::vector<float>>());
    CHECK_EQ(model.config.bosToken, 0);
    CHECK_EQ(model.config.eosTokens, std::vector<std::int64_t>{1});
    for (const auto& [name, facts] : expected["tensors"].items()) {
        const auto info = model.weights->find(name);
        CHECK(info.has_value());
        CHECK_EQ(info->shape, facts["shape"].get<std::vector<std::int64_t>>());
        CHECK_EQ(dataTypeName(info->type), facts["type"].get<std::string>());
        const auto values = readAll(*model.weights, name);
        double sum = 0;
        double weighted = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            sum += static_cast<double>(values[i]);
            weighted += static_cast<double>(values[i]) * static_cast<double>(1 + i % 8191);
        }
        CHECK_NEAR(sum, facts["sum"].get<double>(), 1e-3);
        CHECK_NEAR(weighted, facts["weighted_sum"].get<double>(), 1);
        for (std::size_t i = 0; i < 4; ++i) {
            CHECK_NEAR(values[i], facts["first"][i].get<double>(), 1e-6);
            CHECK_NEAR(values[values.size() - 4 + i], facts["last"][i].get<double>(), 1e-6);
        }
    }
}

HILO_TEST(mapsWhatNeedsNoChange)
{
    const ModelSource model = REQUIRE_OK(openModel(dataFile("formats/tiny-llama.gguf")));
    const auto view = model.weights->view("model.layers.1.self_attn.v_proj.weight");
    CHECK(view && view->info.type == DataType::F16);
    CHECK(model.weights->view("model.norm.weight").has_value());
    // Quantised, and permuted in the file.
    CHECK(!model.weights->view("model.embed_tokens.weight"));
    CHECK(!model.weights->view("model.layers.1.self_attn.q_proj.weight"));
    CHECK(!model.weights->view("absent"));
}

HILO_TEST(undoesTheRotationOfRowsForLlamaOnly)
{
    const ModelSource llama = REQUIRE_OK(TinyModel().tensors().numberedQueries().open());
    const auto rows = readAll(*llama.weights, "model.layers.0.self_attn.q_proj.weight");
    std::vector<float> order;
    for (std::size_t row = 0; row < hidden; ++row)
        order.push_back(rows[row * hidden]);
    // Heads of four: stored row 2j+t is row 2t+j.
    CHECK_EQ(order, (std::vector<float>{0, 2, 1, 3, 4, 6, 5, 7}));

    TinyModel qwen("qwen2");
    qwen.tensors().numberedQueries();
    for (const char* name : {"blk.0.attn_q.bias", "blk.0.attn_k.bias", "blk.0.attn_v.bias"})
        qwen.zeros(name, hidden);
    const ModelSource other = REQUIRE_OK(qwen.open());
    const auto unchanged = readAll(*other.weights, "model.layers.0.self_attn.q_proj.weight");
    CHECK_EQ(unchanged[hidden], 1.f);
    CHECK(other.config.queryKeyValueBias && !other.config.outputBias);
}

HILO_TEST(undoesTheRotationOfBiases)
{
    TinyModel model;
    model.tensors().numberedQueries();
    model.builder.floats("blk.0.attn_q.bias", {hidden}, {0, 1, 2, 3, 4, 5, 6, 7});
    model.zeros("blk.0.attn_k.bias", hidden).zeros("blk.0.attn_v.bias", hidden);
    const ModelSource source = REQUIRE_OK(model.open());
    CHECK_EQ(readAll(*source.weights, "model.layers.0.self_attn.q_proj.bias"),
             (std::vector<float>{0, 2, 1, 3, 4, 6, 5, 7}));
}

HILO_TEST(takesTheOneFromGemmasNorms)
{
    const ModelSource model = REQUIRE_OK(TinyModel("gemma").tensors().numberedQueries().open());
    CHECK(model.config.normAddsOne && model.config.scaleEmbeddings && model.config.tiedEmbeddings);
    CHECK_EQ(model.config.headDimension, 4);
    CHECK_EQ(readAll(*model.weights, "model.norm.weight"), std::vector<float>(hidden, 0.f));
    CHECK_EQ(readAll(*model.weights, "model.layers.0.input_layernorm.weight"), std::vector<float>(hidden, 0.f));
    CHECK_EQ(readAll(*model.weights, "model.embed_tokens.weight"), std::vector<float>(hidden * vocabulary, 1.f));
}

HILO_TEST(knowsTheNormsOfGemma2)
{
    TinyModel gemma("gemma2");
    gemma.builder.number("gemma2.attention.sliding_window", 16).real("gemma2.attn_logit_softcapping", 50.f);
    gemma.tensors().numberedQueries();
    gemma.zeros("blk.0.post_attention_norm.weight", hidden).zeros("blk.0.post_ffw_norm.weight", hidden);
    const ModelSource model = REQUIRE_OK(gemma.open());
    CHECK_EQ(model.config.windows, std::vector<std::int64_t>{16});
    CHECK_EQ(model.config.attentionSoftcap, 50);
    CHECK_EQ(model.config.logitSoftcap, 30);
    CHECK_EQ(model.config.attentionScale, 0.5);
    CHECK_EQ(huggingFaceName("blk.7.ffn_norm.weight", model.config).value_or(""),
             "model.layers.7.pre_feedforward_layernorm.weight");
    CHECK_EQ(huggingFaceName("blk.7.post_attention_norm.weight", model.config).value_or(""),
             "model.layers.7.post_attention_layernorm.weight");
}

HILO_TEST(namesTensorsOfLlama)
{
    const ModelConfig config;
    CHECK_EQ(huggingFaceName("output.weight", config).value_or(""), "lm_head.weight");
    CHECK_EQ(huggingFaceName("blk.12.ffn_norm.weight", config).value_or(""),
             "model.layers.12.post_attention_layernorm.weight");
    for (const char* name : {"rope_freqs.weight", "blk.03.attn_q.weight", "blk.-1.attn_q.weight", "blk..weight", "blk.",
                             "blk.99999999999999999999.attn_q.weight", "weight", "", "blk.1.attn_q", "blk.1.weight"})
        CHECK(!huggingFaceName(name, config));
}

HILO_TEST(namesAnUnsupportedArchitecture)
{
    const Error error = REQUIRE_ERROR(TinyModel("mamba").tensors().open());
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.message, "mamba");
    CHECK_CONTAINS(error.hint, "llama, qwen2, qwen3, gemma, gemma2");
    CHECK_CONTAINS(REQUIRE_ERROR(TinyModel("").tensors().open()).message, "not supported");
}

HILO_TEST(namesMissingTensorsAndOtherShapes)
{
    const Error missing = REQUIRE_ERROR(TinyModel().tensors().open());
    CHECK_CONTAINS(missing.place, "q_proj");
    TinyModel wrong;
    wrong.tensors().zeros("blk.0.attn_q.weight", hidden, hidden / 2);
    CHECK_CONTAINS(REQUIRE_ERROR(wrong.open()).message, "[4, 8]");
    CHECK_CONTAINS(REQUIRE_ERROR(TinyModel().open()).place, "token_embd");
}

HILO_TEST(namesMetadataThatIsMissingOrWrong)
{
    const auto errorOf = [](const std::function<void(TinyModel&)>& change) {
        TinyModel model;
        change(model);
        model.tensors().numberedQueries();
        return REQUIRE_ERROR(model.open());
    };
    CHECK_CONTAINS(errorOf([](TinyModel& model) { model.builder.number("llama.attention.head_count_kv", 0); }).place,
                   "head_count_kv");
    CHECK_CONTAINS(errorOf([](TinyModel& model) { model.builder.number("llama.attention.value_length", 5); }).place,
                   "value_length");
    CHECK_CONTAINS(errorOf([](TinyModel& model) { model.builder.number("llama.rope.dimension_count", 2); }).place,
                   "dimension_count");
    // What has experts is Mixtral, and says how many of them a token passes.
    CHECK_CONTAINS(errorOf([](TinyModel& model) { model.builder.number("llama.expert_count", 8); }).place,
                   "expert_used_count");
    CHECK_CONTAINS(errorOf([](TinyModel& model) { model.builder.number("split.count", 3); }).hint, "--merge");
    CHECK_CONTAINS(errorOf([](TinyModel& model) { model.builder.words("llama.rope.scaling.type", "spiral"); }).message,
                   "spiral");
    // Three key/value heads do not divide two heads.
    CHECK_CONTAINS(errorOf([](TinyModel& model) { model.builder.number("llama.attention.head_count_kv", 3); }).place,
                   "llama.attention.head_count_kv");
    CHECK_CONTAINS(errorOf([](TinyModel& model) {
                       model.builder.floats("rope_freqs.weight", {3}, {1, 1, 1});
                   }).place,
                   "rope_freqs");
    GgufBuilder bare;
    bare.words("general.architecture", "llama");
    const TemporaryFolder folder;
    writeText(folder / "bare.gguf", bare.bytes());
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(folder / "bare.gguf")).place, "llama.embedding_length");
}

HILO_TEST(namesATypeThatIsNotRead)
{
    TinyModel model;
    model.tensors();
    model.builder.tensor("blk.0.attn_q.weight", {256}, 15, std::string(292, '\0'));
    const Error error = REQUIRE_ERROR(model.open());
    CHECK_CONTAINS(error.message, "Q8_K");
    CHECK_CONTAINS(error.hint, "Q2_K");
    CHECK_CONTAINS(error.hint, "MXFP4");
    CHECK_CONTAINS(error.hint, "Q4_K");
}

HILO_TEST(readsRopeScaling)
{
    TinyModel model;
    model.builder.words("llama.rope.scaling.type", "linear").real("llama.rope.scaling.factor", 4.f);
    model.builder.real("llama.rope.freq_base", 1e6f);
    const ModelSource source = REQUIRE_OK(model.tensors().numberedQueries().open());
    CHECK(source.config.rope.kind == RopeKind::Linear);
    CHECK_EQ(source.config.rope.factor, 4);
    CHECK_EQ(source.config.rope.theta, 1e6);
}

HILO_TEST(readsTheVocabulary)
{
    const GgufVocabulary vocabularyOfFile = REQUIRE_OK(readGgufVocabulary(dataFile("formats/tiny-llama.gguf")));
    CHECK_EQ(vocabularyOfFile.model, "gpt2");
    CHECK_EQ(vocabularyOfFile.pre, "llama-bpe");
    CHECK_EQ(vocabularyOfFile.tokens.size(), 32u);
    CHECK_EQ(vocabularyOfFile.tokens[31], "é");
    CHECK(vocabularyOfFile.types[0] == GgufVocabulary::TokenType::Control);
    CHECK(vocabularyOfFile.types[2] == GgufVocabulary::TokenType::Normal);
    CHECK_EQ(vocabularyOfFile.merges, (std::vector<std::string>{"a n", "an d"}));
    CHECK(vocabularyOfFile.scores.empty());
    CHECK_EQ(vocabularyOfFile.bos.value(), 0);
    CHECK_EQ(vocabularyOfFile.eos.value(), 1);
    CHECK(!vocabularyOfFile.unknown && !vocabularyOfFile.padding);
    CHECK(vocabularyOfFile.addBos.value());
    CHECK(!vocabularyOfFile.addEos && !vocabularyOfFile.addSpacePrefix);
    CHECK_EQ(vocabularyOfFile.chatTemplate, "{{ messages }}");
}

HILO_TEST(specialIdsOutsideOfTheVocabularyAreIgnored)
{
    const TemporaryFolder folder;
    for (const std::string model : {"llama", "gpt2"})
        for (const char* key : {"bos", "eos", "unknown", "padding", "eot", "eom"})
            for (const bool isSigned : {true, false}) {
                GgufBuilder builder;
                builder.words("tokenizer.ggml.model", model)
                    .texts("tokenizer.ggml.tokens", {"<unk>", "<s>", "</s>", "a"});
                builder.value("tokenizer.ggml." + std::string(key) + "_token_id", isSigned ? 5 : 4,
                              GgufBuilder::raw<std::uint32_t>(0xffffffff));
                writeText(folder / "v.gguf", builder.bytes());
                const GgufVocabulary vocabulary = REQUIRE_OK(readGgufVocabulary(folder / "v.gguf"));
                // llama.cpp's own ids of a SentencePiece vocabulary.
                const bool usual = model == "llama";
                CHECK_EQ(vocabulary.unknown.value_or(-1), usual ? 0 : -1);
                CHECK_EQ(vocabulary.bos.value_or(-1), usual ? 1 : -1);
                CHECK_EQ(vocabulary.eos.value_or(-1), usual ? 2 : -1);
                CHECK(!vocabulary.padding);
                CHECK_EQ(vocabulary.ends.size(), usual ? 1u : 0u);
            }
}

HILO_TEST(refusesABrokenVocabulary)
{
    const TemporaryFolder folder;
    const auto errorOf = [&](const std::function<void(GgufBuilder&)>& change) {
        GgufBuilder builder;
        change(builder);
        writeText(folder / "v.gguf", builder.bytes());
        return REQUIRE_ERROR(readGgufVocabulary(folder / "v.gguf"));
    };
    const auto withTokens = [](GgufBuilder& builder) -> GgufBuilder& {
        return builder.words("tokenizer.ggml.model", "llama").texts("tokenizer.ggml.tokens", {"a", "b"});
    };
    CHECK_CONTAINS(errorOf([](GgufBuilder&) {}).message, "no tokenizer");
    CHECK_CONTAINS(errorOf([&](GgufBuilder& builder) {
                       withTokens(builder).numbers<float>("tokenizer.ggml.scores", 6, {1.f});
                   }).message,
                   "1 entries");
    CHECK_CONTAINS(errorOf([&](GgufBuilder& builder) {
                       withTokens(builder).numbers<std::int32_t>("tokenizer.ggml.token_type", 5, {1, 7});
                   }).place,
                   "token_type");
    CHECK_CONTAINS(errorOf([&](GgufBuilder& builder) {
                       withTokens(builder).numbers<float>("tokenizer.ggml.scores", 6, {1.f, NAN});
                   }).message,
                   "finite");
}

HILO_TEST(readsNumbersOfEveryType)
{
    GgufBuilder builder;
    builder.words("general.architecture", "llama")
        .value("llama.embedding_length", 5, GgufBuilder::raw<std::int32_t>(8));
    builder.value("llama.block_count", 2, GgufBuilder::raw<std::uint16_t>(1));
    builder.value("llama.feed_forward_length", 11, GgufBuilder::raw<std::int64_t>(6));
    builder.value("llama.attention.head_count", 0, std::string(1, '\2'));
    builder.value("llama.context_length", 10, GgufBuilder::raw<std::uint64_t>(32));
    builder.value("llama.attention.layer_norm_rms_epsilon", 12, GgufBuilder::raw(1e-5));
    builder.value("llama.rope.freq_base", 4, GgufBuilder::raw<std::uint32_t>(500));
    TinyModel model;
    model.builder = builder;
    const ModelSource source = REQUIRE_OK(model.tensors().numberedQueries().open());
    CHECK_EQ(source.config.hidden, 8);
    CHECK_EQ(source.config.rope.theta, 500);
    CHECK_NEAR(source.config.normEpsilon, 1e-5, 1e-12);
}

HILO_TEST(takesAListOfEqualNumbersForOne)
{
    TinyModel model;
    model.builder.numbers<std::int32_t>("llama.attention.head_count_kv", 5, {1});
    const Error error = REQUIRE_ERROR(model.tensors().numberedQueries().open());
    // The list says one head for keys, the tensors two.
    CHECK_CONTAINS(error.place, "k_proj");
    TinyModel longer;
    longer.builder.numbers<std::int32_t>("llama.attention.head_count_kv", 5, {2, 2});
    CHECK_CONTAINS(REQUIRE_ERROR(longer.tensors().numberedQueries().open()).message, "has 1 layer.");
}

HILO_TEST(readsYarnAndRefusesArithmeticOfOtherArchitectures)
{
    TinyModel yarn;
    yarn.builder.words("llama.rope.scaling.type", "yarn").real("llama.rope.scaling.factor", 4);
    yarn.builder.number("llama.rope.scaling.original_context_length", 8);
    yarn.builder.real("llama.rope.scaling.yarn_beta_fast", 16).real("llama.rope.scaling.yarn_ext_factor", 1);
    const ModelSource source = REQUIRE_OK(yarn.tensors().numberedQueries().open());
    CHECK(source.config.rope.kind == RopeKind::Yarn);
    CHECK_EQ(source.config.rope.betaFast, 16);
    CHECK_EQ(source.config.rope.originalMaximumPositions, 8);
    for (const char* key : {"logit_scale", "embedding_scale", "attention.clamp_kqv", "attention.scale",
                            "attn_logit_softcapping", "final_logit_softcapping", "rope.scaling.yarn_log_multiplier"}) {
        TinyModel other;
        other.builder.real("llama." + std::string(key), 0.25f);
        CHECK_CONTAINS(REQUIRE_ERROR(other.tensors().numberedQueries().open()).place, key);
    }
    TinyModel encoder;
    encoder.builder.flag("llama.attention.causal", false);
    CHECK_CONTAINS(REQUIRE_ERROR(encoder.tensors().numberedQueries().open()).place, "attention.causal");
}

HILO_TEST(opensAFileWithoutTheEnding)
{
    const TemporaryFolder folder;
    writeText(folder / "sha256-0f3c9a", TinyModel().tensors().numberedQueries().builder.bytes());
    CHECK_EQ(REQUIRE_OK(openModel(folder / "sha256-0f3c9a")).config.hidden, hidden);
}
