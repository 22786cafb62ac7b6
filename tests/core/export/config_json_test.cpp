// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/config_json.h"

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
    CHECK(!configJson(fixtureConfig("gpt2")));
}
