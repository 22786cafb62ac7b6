// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/sweep_report.h"

#include "allocation/strategy.h"
#include "base/atomic_file.h"
#include "compare/compare_table.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

ModelConfig model()
{
    return REQUIRE_OK(parseModelConfig({{"model_type", "llama"},
                                        {"num_hidden_layers", 4},
                                        {"hidden_size", 64},
                                        {"intermediate_size", 128},
                                        {"num_attention_heads", 2},
                                        {"vocab_size", 100},
                                        {"max_position_embeddings", 64},
                                        {"rms_norm_eps", 1e-5},
                                        {"hidden_act", "silu"}},
                                       "config.json"));
}

AllocationMap mapOf(const std::string& strategy, const std::map<std::string, std::string>& settings)
{
    return REQUIRE_OK(allocate(*REQUIRE_OK(findStrategy(strategy)), model(), settings));
}

RunSpec specIn(const ProjectFixture& fixture)
{
    const auto file = fixture.project().folder() / "base.run.json";
    REQUIRE_OK(writeJsonFile(file, runDocument("base")));
    return REQUIRE_OK(readRunSpec(file));
}

/// Ends a run that the sweep has added, with this accuracy.
void finish(ProjectFixture& fixture, const std::string& id, double accuracy)
{
    const Json document = REQUIRE_OK(readJsonFile(fixture.folder(id) / "run.json"));
    fixture.addFinishedRun(id, document, accuracy, 1000);
}

} // namespace

HILO_TEST(aSweepAddsARunForEveryMapAndSeed)
{
    ProjectFixture fixture;
    const std::vector<AllocationMap> maps = {mapOf("lora", {{"budget", "60000"}}),
                                             mapOf("hilo", {{"budget", "60000"}})};
    const Sweep sweep =
        REQUIRE_OK(addSweep(fixture.project(), specIn(fixture), model(), "first", "parameters", maps, {1, 5}));
    CHECK_EQ(sweep.entries.size(), 2u);
    CHECK_EQ(REQUIRE_OK(fixture.project().runIds()).size(), 4u);
    for (std::size_t index = 0; index < maps.size(); ++index)
        for (const auto& [seed, id] : sweep.entries[index].runs) {
            const RunSpec run = REQUIRE_OK(readRunSpec(fixture.folder(id) / "run.json"));
            CHECK(run.map.layers == maps[index].layers);
            CHECK_EQ(run.training.seed, seed);
            CHECK_EQ(run.training.learningRate, 0.001);
        }
    // What is read back is what was made; nothing is left of the specs on the way.
    const Sweep read = REQUIRE_OK(readSweep(fixture.project(), "first"));
    CHECK(read.entries[1].runs == sweep.entries[1].runs);
    CHECK_EQ(read.entries[0].totalRank, sweep.entries[0].totalRank);
    CHECK_EQ(std::distance(std::filesystem::directory_iterator(fixture.project().folder() / "sweeps"), {}), 1);

    CHECK_CONTAINS(
        describe(REQUIRE_ERROR(addSweep(fixture.project(), specIn(fixture), model(), "first", "", maps, {1}))),
        "already");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(
                       addSweep(fixture.project(), specIn(fixture), model(), "second", "", {maps[0], maps[0]}, {1}))),
                   "called the same");
    CHECK_CONTAINS(
        describe(REQUIRE_ERROR(addSweep(fixture.project(), specIn(fixture), model(), "../x", "", maps, {1}))), "..");
    CHECK_CONTAINS(describe(REQUIRE_ERROR(readSweep(fixture.project(), "second"))), "first");
    CHECK_EQ(REQUIRE_OK(fixture.project().runIds()).size(), 4u);
}

HILO_TEST(resultsHaveIntervalsAndPairedDifferences)
{
    ProjectFixture fixture;
    const std::vector<AllocationMap> maps = {mapOf("lora", {}), mapOf("hilo", {})};
    const Sweep sweep =
        REQUIRE_OK(addSweep(fixture.project(), specIn(fixture), model(), "s", "parameters", maps, {1, 2, 3}));
    const double base[] = {0.80, 0.90, 0.70};
    for (const auto& [seed, id] : sweep.entries[0].runs)
        finish(fixture, id, base[seed - 1]);
    // Two points better with seeds 1 and 2; seed 3 has not ended.
    for (const std::int64_t seed : {1, 2})
        finish(fixture, sweep.entries[1].runs.at(seed), base[seed - 1] + 0.02);
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    RunReader reader = fixture.reader();
    const std::vector<SweepResult> results = REQUIRE_OK(summarise(sweep, reader));
    CHECK_EQ(results[0].accuracy.count, 3);
    CHECK_NEAR(results[0].accuracy.mean, 0.8, 1e-9);
    // s = 0.1, t(0.975, 2) = 4.3027: 0.8 +- 0.2484
    CHECK_NEAR(*results[0].accuracy.low, 0.8 - 4.302653 * 0.1 / std::sqrt(3.0), 1e-6);
    CHECK(!results[0].difference.has_value());
    CHECK_EQ(results[1].difference->count, 2);
    CHECK_NEAR(results[1].difference->mean, 0.02, 1e-9);
    CHECK_NEAR(*results[1].difference->low, 0.02, 1e-6);

    const auto rows = tableRows(results);
    CHECK_EQ(rows.size(), 3u);
    CHECK_EQ(rows[2][2], "87.00");
    CHECK_EQ(rows[2][4], "+2.00");
    const std::string svg = svgOf(sweep, results);
    CHECK_CONTAINS(svg, "HILO (reconstructed)");
    CHECK_CONTAINS(svg, "87.00 %");
    const Json document = toJson(sweep, results);
    CHECK_EQ(document["entries"][1]["difference"]["runs"], 2);
}
