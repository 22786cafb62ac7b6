// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/model_comparison.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;

namespace {

ModelInspection inspect(const std::string& fixture)
{
    return REQUIRE_OK(inspectModel(REQUIRE_OK(openModel(dataFile(fixture)))));
}

const ComparedFact& fact(const ModelComparison& comparison, const std::string& key)
{
    const auto found = std::find_if(comparison.facts.begin(), comparison.facts.end(),
                                    [&](const ComparedFact& one) { return one.key == key; });
    static const ComparedFact none;
    CHECK(found != comparison.facts.end());
    return found == comparison.facts.end() ? none : *found;
}

} // namespace

HILO_TEST(aModelDiffersInNothingFromItself)
{
    for (const char* model : {"models/llama", "models/gemma2", "models/gpt2", "families/phi3"}) {
        const ModelComparison comparison = compareModels(inspect(model), inspect(model));
        CHECK(std::none_of(comparison.facts.begin(), comparison.facts.end(),
                           [](const ComparedFact& one) { return one.differs(); }));
        CHECK(comparison.onlyFirst.empty() && comparison.onlySecond.empty());
        CHECK(comparison.mapsFit);
    }
}

HILO_TEST(whatDiffersIsNamedOnTheSideThatHasIt)
{
    const ModelInspection llama = inspect("models/llama"), gpt2 = inspect("models/gpt2");
    const ModelComparison comparison = compareModels(llama, gpt2);
    CHECK(!comparison.mapsFit);
    CHECK_EQ(fact(comparison, "architecture").first, "llama");
    CHECK_EQ(fact(comparison, "architecture").second, "gpt2");
    CHECK_EQ(fact(comparison, "parameters").first, llama.parameters);
    CHECK_EQ(fact(comparison, "parameters").second, gpt2.parameters);
    CHECK_EQ(fact(comparison, "weight_bytes").first, 2 * llama.parameters);
    CHECK(fact(comparison, "gate_proj").isModule);
    CHECK(fact(comparison, "gate_proj").second.is_null());
    CHECK_EQ(fact(comparison, "gate_proj").first, Json::array({llama.config.hidden, llama.config.intermediate}));
    CHECK(fact(comparison, "c_attn").first.is_null());
    CHECK_EQ(comparison.onlyFirst.size(), peculiaritiesOf(llama.config).size());
    CHECK_EQ(comparison.onlySecond.size(), peculiaritiesOf(gpt2.config).size());
    const ModelComparison turned = compareModels(gpt2, llama);
    CHECK_EQ(turned.onlyFirst.size(), comparison.onlySecond.size());
    CHECK_EQ(turned.facts.size(), comparison.facts.size());
    const Json json = toJson(comparison);
    CHECK_EQ(json["facts"].size(), comparison.facts.size());
    CHECK_EQ(json["maps_fit"], false);
}

HILO_TEST(mixturesAreComparedByTheirExperts)
{
    const ModelInspection qwen = inspect("families/qwen2_moe"), olmoe = inspect("families/olmoe");
    const ModelComparison comparison = compareModels(qwen, olmoe);
    const auto isNumber = [&](const char* key, std::int64_t first, std::int64_t second) {
        CHECK_EQ(fact(comparison, key).first, first);
        CHECK_EQ(fact(comparison, key).second, second);
    };
    isNumber("experts", qwen.config.mixture.experts, olmoe.config.mixture.experts);
    isNumber("active_experts", qwen.config.mixture.active, olmoe.config.mixture.active);
    isNumber("expert_width", qwen.config.mixture.intermediate, olmoe.config.mixture.intermediate);
    CHECK_EQ(fact(comparison, "shared_expert_width").first, qwen.config.mixture.sharedIntermediate);
    CHECK(fact(comparison, "shared_expert_width").second.is_null());
    // A dense model has none, and two of them no such rows.
    const ModelComparison dense = compareModels(inspect("models/llama"), olmoe);
    CHECK(fact(dense, "experts").first.is_null() && fact(dense, "experts").differs());
    for (const ComparedFact& one : compareModels(inspect("models/llama"), inspect("models/gemma2")).facts)
        CHECK(one.key.find("expert") == std::string::npos);
}
