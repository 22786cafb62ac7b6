// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/training_variants.h"

#include "core/project/project_fixture.h"
#include "run/run_spec.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Result<RunSpec> parsed(const Json& training)
{
    return parseRunSpec(runDocument("test", training), "spec.json", "/somewhere");
}

std::string refusal(const Json& training)
{
    return describe(REQUIRE_ERROR(parsed(training)));
}

} // namespace

HILO_TEST(variantsAreOffAndWrittenOutInFull)
{
    const RunSpec usual = REQUIRE_OK(parsed(Json::object()));
    CHECK(usual.training.variants == TrainingVariants{});
    const Json full = toJson(usual)["training"];
    CHECK_EQ(full["lora_b_learning_rate_factor"].get<double>(), 1);
    CHECK_EQ(full["layer_learning_rate_decay"].get<double>(), 1);
    CHECK_EQ(full["neftune_alpha"].get<double>(), 0);
    CHECK_EQ(full["average_checkpoints"].get<int>(), 1);
    const RunSpec chosen = REQUIRE_OK(parsed({{"lora_b_learning_rate_factor", 16},
                                              {"layer_learning_rate_decay", 0.9},
                                              {"neftune_alpha", 5},
                                              {"average_checkpoints", 3},
                                              {"checkpoint_every", 10}}));
    CHECK(chosen.training.variants == (TrainingVariants{16, 0.9, 5, 3}));
    CHECK_EQ(toJson(REQUIRE_OK(parseRunSpec(toJson(chosen), "spec.json", "/"))).dump(), toJson(chosen).dump());
}

HILO_TEST(whatContradictsIsRefusedByName)
{
    const Json moving{{"method", "balanced-live"}};
    CHECK_CONTAINS(refusal({{"lora_b_learning_rate_factor", 4}, {"reallocation", moving}}),
                   "training.lora_b_learning_rate_factor");
    CHECK_CONTAINS(refusal({{"layer_learning_rate_decay", 0.9}, {"reallocation", moving}}),
                   "training.layer_learning_rate_decay");
    CHECK_CONTAINS(refusal({{"neftune_alpha", 5}, {"cuda_graph", true}}), "training.cuda_graph");
    CHECK_CONTAINS(refusal({{"average_checkpoints", 2}}), "set checkpoint_every");
    CHECK_CONTAINS(refusal({{"average_checkpoints", 2}, {"checkpoint_every", 5}, {"reallocation", moving}}),
                   "training.average_checkpoints");
    Json best = runDocument("test", {{"average_checkpoints", 2}, {"checkpoint_every", 5}, {"select", "best"}});
    best["evaluation"]["every"] = 5;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(parseRunSpec(best, "spec.json", "/"))), "training.average_checkpoints");
    for (const char* key : {"lora_b_learning_rate_factor", "layer_learning_rate_decay", "neftune_alpha"})
        CHECK_CONTAINS(refusal({{key, -1}}), key);
    CHECK_CONTAINS(refusal({{"average_checkpoints", 0}}), "average_checkpoints");
}
