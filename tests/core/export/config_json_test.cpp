// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/config_json.h"
#include "formats/expected_tensors.h"
#include "formats/gguf_rope.h"
#include "formats/model_source.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(aConfigurationThatIsWrittenReadsAsTheSameModel)
{
    for (const char* name : {"llama", "llama3-rope", "qwen3", "gemma", "gemma2"}) {
        const ModelConfig model = fixtureConfig(name);
        const ModelConfig back = REQUIRE_OK(parseModelConfig(REQUIRE_OK(configJson(model)), name));
        CHECK_EQ(back.architecture, model.architecture);
        CHECK_EQ(back.layers, model.layers);
        CHECK_EQ(back.headDimension, model.headDimension);
        CHECK_EQ(back.keyValueHeads, model.keyValueHeads);
        CHECK_EQ(back.vocabulary, model.vocabulary);
        CHECK_EQ(back.maximumPositions, model.maximumPositions);
        CHECK_EQ(back.intermediate, model.intermediate);
        CHECK_NEAR(back.normEpsilon, model.normEpsilon, 1e-12);
        CHECK_NEAR(back.attentionScale, model.attentionScale, 1e-9);
        CHECK_NEAR(back.attentionSoftcap, model.attentionSoftcap, 1e-9);
        CHECK_NEAR(back.logitSoftcap, model.logitSoftcap, 1e-9);
        CHECK(back.activation == model.activation && back.rope.kind == model.rope.kind);
        CHECK_EQ(back.rope.theta, model.rope.theta);
        CHECK_EQ(back.rope.factor, model.rope.factor);
        CHECK_EQ(back.rope.originalMaximumPositions, model.rope.originalMaximumPositions);
        CHECK_EQ(back.tiedEmbeddings, model.tiedEmbeddings);
        CHECK_EQ(back.queryKeyValueBias, model.queryKeyValueBias);
        CHECK_EQ(back.mlpBias, model.mlpBias);
        CHECK(back.windows == model.windows && back.eosTokens == model.eosTokens);
        CHECK_EQ(back.bosToken, model.bosToken);
    }
}

HILO_TEST(whatAConfigurationCannotSayIsRefused)
{
    ModelConfig model = fixtureConfig("llama");
    model.rope.kind = RopeKind::Factors;
    CHECK(!configJson(model));
    model.rope.factors = std::vector<float>(static_cast<std::size_t>(model.headDimension / 2), 1.0f);
    CHECK_EQ(REQUIRE_OK(configJson(model)).at("rope_scaling"), Json());
    model.rope.factors[0] = 1.5f;
    CHECK_CONTAINS(REQUIRE_ERROR(configJson(model)).message, "no rope_type has them");
    CHECK(!configJson(fixtureConfig("gpt2")));
}

HILO_TEST(theConfigurationOfAGgufFileReadsAsTheSameModel)
{
    std::size_t count = 0, factors = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dataFile("gguf"))) {
        if (entry.path().extension() != ".gguf")
            continue;
        const ModelConfig model = REQUIRE_OK(openModel(entry.path())).config;
        ++count;
        const std::string name = entry.path().stem().string();
        const Json json = REQUIRE_OK(configJsonOfGguf(entry.path()));
        const ModelConfig back = REQUIRE_OK(parseModelConfig(json, name));
        CHECK_EQ(back.architecture, model.architecture);
        CHECK_EQ(back.mixture.experts, model.mixture.experts);
        CHECK_EQ(back.mixture.active, model.mixture.active);
        CHECK_EQ(back.mixture.intermediate, model.mixture.intermediate);
        CHECK_EQ(back.mixture.weightsSumToOne, model.mixture.weightsSumToOne);
        CHECK(back.windows == model.windows && back.eosTokens == model.eosTokens);
        CHECK_EQ(back.rope.dimension, model.rope.dimension);
        if (model.rope.kind == RopeKind::Factors) {
            ++factors;
            CHECK(back.rope.kind == RopeKind::Llama3);
            const std::vector<float> again = llama3Factors(back.rope, back.maximumPositions, back.headDimension);
            CHECK_EQ(again.size(), model.rope.factors.size());
            for (std::size_t i = 0; i < again.size(); ++i)
                CHECK_NEAR(again[i], model.rope.factors[i], 2e-6 * static_cast<double>(again[i]));
        } else {
            CHECK(back.rope.kind == model.rope.kind);
            CHECK_NEAR(back.rope.factor, model.rope.factor, 1e-6);
        }
        CHECK_NEAR(back.attentionScale, model.attentionScale, 1e-6);
        CHECK_NEAR(back.logitFactor, model.logitFactor, 1e-6 * model.logitFactor);
        CHECK_EQ(back.tiedEmbeddings, model.tiedEmbeddings);
        CHECK(back.linearAttention.layers == model.linearAttention.layers);
        CHECK_EQ(back.layerSizes.size(), model.layerSizes.size());
        CHECK_EQ(back.perLayerWidth, model.perLayerWidth);
        CHECK_EQ(parameterCount(back), parameterCount(model));
        // The class is the one that the model was made with, but where a file does not tell two apart.
        const std::filesystem::path own = dataFile("gguf/" + name), family = dataFile("families/" + name);
        const Json theirs =
            REQUIRE_OK(readJsonFile((std::filesystem::exists(own) ? own : family) / "config.json", pythonJson));
        if (theirs.at("model_type") == json.at("model_type") ||
            theirs.at("model_type").get<std::string>() + "_text" == json.at("model_type"))
            CHECK_EQ(json.at("architectures"), theirs.at("architectures"));
        else
            CHECK(name == "granitemoeshared" || name == "mistral3-wrapped");
    }
    CHECK(count > 30 && factors > 0);
}

HILO_TEST(numbersOfAGgufFileAreWrittenShort)
{
    const Json json = REQUIRE_OK(configJsonOfGguf(dataFile("gguf/qwen3_5.gguf")));
    CHECK_EQ(json.at("rms_norm_eps").dump(), "1e-06");
    CHECK_EQ(json.at("num_hidden_layers"), 3);
    CHECK(!json.contains("num_experts"));
    CHECK(json.at("pad_token_id").is_null());
    CHECK_EQ(REQUIRE_OK(configJsonOfGguf(dataFile("gguf/mixtral.gguf"))).at("num_local_experts"), 5);
}
