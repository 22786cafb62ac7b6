// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_rope.h"
#include "formats/rope_config.h"

#include "formats/model_config.h"
#include "support/testing.h"

#include <cmath>

using namespace hilo;
using namespace hilo::testing;

namespace {

Result<ModelConfig> parse(const std::string& family, const Json& keys)
{
    Json document = {{"model_type", family},     {"vocab_size", 50},
                     {"hidden_size", 64},        {"num_hidden_layers", 2},
                     {"num_attention_heads", 4}, {"num_key_value_heads", 4},
                     {"intermediate_size", 96},  {"max_position_embeddings", 512}};
    document.update(keys);
    return parseModelConfig(document, "config.json");
}

RopeConfig ropeOf(const Json& keys, const std::string& family = "llama")
{
    return REQUIRE_OK(parse(family, keys)).rope;
}

Error errorOf(const Json& keys)
{
    return REQUIRE_ERROR(parse("llama", keys));
}

Json yarn(const Json& more)
{
    Json object = {{"rope_type", "yarn"}, {"factor", 16.0}, {"original_max_position_embeddings", 32}};
    object.update(more);
    return {{"rope_parameters", object}};
}

} // namespace

HILO_TEST(readsBothStyles)
{
    const Json llama3 = {{"rope_type", "llama3"},
                         {"factor", 8},
                         {"low_freq_factor", 1},
                         {"high_freq_factor", 4},
                         {"original_max_position_embeddings", 8192}};
    const RopeConfig older = ropeOf({{"rope_theta", 5e5}, {"rope_scaling", llama3}});
    CHECK(older.kind == RopeKind::Llama3);
    CHECK_EQ(older.theta, 5e5);
    CHECK_EQ(older.originalMaximumPositions, 8192);
    Json parameters = llama3;
    parameters["rope_theta"] = 1e6;
    CHECK_EQ(ropeOf({{"rope_theta", 1}, {"rope_parameters", parameters}}).theta, 1e6);
    CHECK(ropeOf({{"rope_scaling", {{"type", "linear"}, {"factor", 2}}}}).kind == RopeKind::Linear);
    CHECK(ropeOf({{"rope_scaling", nullptr}}).kind == RopeKind::None);
    CHECK(ropeOf({{"rope_scaling", Json::object()}, {"rope_parameters", parameters}}).kind == RopeKind::Llama3);
    CHECK_CONTAINS(errorOf({{"rope_scaling", {{"type", "spiral"}, {"factor", 2}}}}).message, "spiral");
    CHECK_EQ(errorOf({{"rope_scaling", {{"rope_type", "yarn"}}}}).place, "rope_scaling.factor");
}

HILO_TEST(twoDescriptionsMustAgree)
{
    const Json linear = {{"rope_type", "linear"}, {"factor", 2}};
    CHECK(ropeOf({{"rope_scaling", linear}, {"rope_parameters", linear}}).kind == RopeKind::Linear);
    const Error error = errorOf({{"rope_scaling", linear}, {"rope_parameters", {{"rope_type", "default"}}}});
    CHECK_EQ(error.place, "rope_scaling");
    CHECK_CONTAINS(error.message, "rope_parameters");
}

HILO_TEST(parametersByLayerTypeMustBeAlike)
{
    const Json one = {{"rope_type", "default"}, {"rope_theta", 7e3}};
    const Json other = {{"rope_type", "default"}, {"rope_theta", 1e4}};
    CHECK_EQ(ropeOf({{"rope_parameters", {{"full_attention", one}}}}, "gemma2").theta, 7e3);
    CHECK_EQ(ropeOf({{"rope_parameters", {{"full_attention", one}, {"sliding_attention", one}}}}, "gemma2").theta, 7e3);
    CHECK_CONTAINS(errorOf({{"rope_parameters", {{"full_attention", one}, {"sliding_attention", other}}}}).place,
                   "sliding_attention");
    CHECK_CONTAINS(errorOf({{"rope_parameters", {{"full_attention", one}, {"rope_theta", 1e4}}}}).place, "rope_theta");
}

HILO_TEST(yarnsAttentionFactorIsThatOfTransformers)
{
    // transformers 5.24, _compute_yarn_parameters.
    CHECK_EQ(ropeOf(yarn(Json::object())).attentionFactor, 0);
    CHECK_EQ(ropeOf(yarn({{"attention_factor", 0.7}, {"mscale", 2}, {"mscale_all_dim", 1}})).attentionFactor, 0.7);
    CHECK_NEAR(ropeOf(yarn({{"mscale", 1.0}, {"mscale_all_dim", 1.0}})).attentionFactor, 1, 1e-12);
    CHECK_NEAR(ropeOf(yarn({{"mscale", 0.707}, {"mscale_all_dim", 1.5}})).attentionFactor,
               (0.0707 * std::log(16.0) + 1) / (0.15 * std::log(16.0) + 1), 1e-12);
    // One alone, or a zero, changes nothing.
    CHECK_EQ(ropeOf(yarn({{"mscale", 2}})).attentionFactor, 0);
    CHECK_EQ(ropeOf(yarn({{"mscale", 2}, {"mscale_all_dim", 0}})).attentionFactor, 0);
    CHECK_EQ(errorOf(yarn({{"attention_factor", 0}})).place, "rope_parameters.attention_factor");
}

HILO_TEST(readsYarnsOtherKeys)
{
    CHECK(ropeOf(yarn(Json::object())).truncate);
    CHECK(!ropeOf(yarn({{"truncate", false}})).truncate);
    const RopeConfig usual = ropeOf(yarn({{"beta_fast", 0}, {"beta_slow", nullptr}, {"finetuned", true}}));
    CHECK_EQ(usual.betaFast, 32);
    CHECK_EQ(usual.betaSlow, 1);
    // Without a number the factor is that of the two lengths.
    CHECK_EQ(ropeOf(yarn({{"factor", nullptr}})).factor, 16);
    CHECK_EQ(errorOf(yarn({{"original_max_position_embeddings", nullptr}, {"factor", nullptr}})).place,
             "rope_parameters.factor");
    Json beside = yarn(Json::object());
    beside["original_max_position_embeddings"] = 64;
    CHECK_EQ(errorOf(beside).place, "original_max_position_embeddings");
}

HILO_TEST(refusesKeysThatItDoesNotKnow)
{
    CHECK_EQ(errorOf(yarn({{"alpha", 1000}})).place, "rope_parameters.alpha");
    CHECK_EQ(errorOf(yarn({{"low_freq_factor", 1}})).place, "rope_parameters.low_freq_factor");
    const Json dynamic = {{"rope_type", "dynamic"}, {"factor", 2}, {"attention_factor", 1.5}};
    CHECK_EQ(errorOf({{"rope_scaling", dynamic}}).place, "rope_scaling.attention_factor");
    CHECK_EQ(errorOf({{"rope_scaling", {{"rope_type", "default"}, {"mrope_section", {1, 1, 2}}}}}).place,
             "rope_scaling.mrope_section");
    CHECK_EQ(errorOf({{"rope_scaling", {{"rope_type", "default"}, {"factor", 2}}}}).place, "rope_scaling.factor");
    CHECK(ropeOf({{"rope_scaling", {{"rope_type", "default"}, {"factor", 1.0}}}}).kind == RopeKind::None);
}

HILO_TEST(refusesPartialRotation)
{
    CHECK_EQ(errorOf({{"partial_rotary_factor", 0.5}}).place, "partial_rotary_factor");
    const Json half = {{"rope_type", "default"}, {"rope_theta", 1e4}, {"partial_rotary_factor", 0.5}};
    CHECK_EQ(errorOf({{"rope_parameters", half}}).place, "rope_parameters.partial_rotary_factor");
    CHECK_EQ(ropeOf({{"partial_rotary_factor", 1.0}, {"rope_theta", 3}}).theta, 3);
}

/// What a converter stores as numbers alone is found again, in numbers of the same meaning.
HILO_TEST(divisorsOfLlama3AreFoundAgain)
{
    struct Case
    {
        double theta, factor, low, high;
        std::int64_t original, head;
    };
    const std::vector<Case> cases = {
        {5e5, 8, 1, 4, 8192, 128},                                   // Llama 3.1
        {5e5, 32, 1, 4, 8192, 64},                                   // Llama 3.2
        {5e5, 16, 1, 1.2, 8192, 64},    {1.2e7, 8, 1, 4, 8192, 128}, // Apertus
        {1e4, 4, 2, 8, 4096, 96},       {1e6, 10, 1.5, 6, 6000, 80}, {500, 8, 1, 4, 8, 8},        {1e4, 8, 1, 4, 1, 64},
        {1e4, 8, 1, 4, 10'000'000, 64}, {1e4, 1, 1, 4, 8192, 64},    {1e4, 2.5, 1, 32, 512, 256},
    };
    for (const Case& one : cases) {
        RopeConfig written;
        written.theta = one.theta;
        written.kind = RopeKind::Llama3;
        written.factor = one.factor;
        written.lowFrequencyFactor = one.low;
        written.highFrequencyFactor = one.high;
        written.originalMaximumPositions = one.original;
        RopeConfig stored = written;
        stored.factors = llama3Factors(written, 0, one.head);
        stored.kind = RopeKind::Factors;
        const auto found = llama3RopeOf(stored, one.head);
        CHECK(found.has_value());
        CHECK(found->kind != RopeKind::Factors && found->factors.empty());
        RopeConfig again = *found;
        if (again.kind != RopeKind::Llama3) {
            CHECK((again.kind == RopeKind::None) == (one.factor == 1 || one.original > 1'000'000));
            for (const float factor : stored.factors)
                CHECK_NEAR(factor, again.kind == RopeKind::None ? 1 : again.factor, 1e-6);
            continue;
        }
        const std::vector<float> divisors = llama3Factors(again, 0, one.head);
        for (std::size_t i = 0; i < divisors.size(); ++i)
            CHECK_NEAR(divisors[i], stored.factors[i], 2e-6 * static_cast<double>(divisors[i]));
    }
    // As the model's own config.json has them.
    RopeConfig llama;
    llama.theta = 5e5;
    llama.kind = RopeKind::Llama3;
    llama.factor = 8;
    llama.originalMaximumPositions = 8192;
    llama.factors = llama3Factors(llama, 0, 128);
    llama.kind = RopeKind::Factors;
    const RopeConfig back = llama3RopeOf(llama, 128).value();
    CHECK_EQ(back.factor, 8);
    CHECK_EQ(back.lowFrequencyFactor, 1);
    CHECK_EQ(back.highFrequencyFactor, 4);
    CHECK_EQ(back.originalMaximumPositions, 8192);
}

HILO_TEST(divisorsOfNoKindAreNotGuessedAt)
{
    RopeConfig rope;
    rope.kind = RopeKind::Factors;
    rope.theta = 1e4;
    for (const std::vector<float>& factors : {std::vector<float>{},
                                              {1, 2},
                                              {8, 4, 2, 1},
                                              {1, 0.5f, 1, 1},
                                              {1, 1.5f, 1.25f, 8},
                                              {1, 2, 1e30f, 3},
                                              {2, 2, 8, 8},
                                              {1e30f, 1e30f, 1, 1},
                                              {0.25f, 0.5f, 0.75f, 1}}) {
        rope.factors = factors;
        CHECK(!llama3RopeOf(rope, 8));
    }
}
