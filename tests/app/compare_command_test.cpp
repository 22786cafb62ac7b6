// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo compare --metric` on the command line, over runs of two tasks.
#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

class Compared
{
  public:
    Compared() : fixture_(temporary_ / "p")
    {
        const auto score = [](double accuracy, double loss) {
            return Json{{"accuracy", accuracy}, {"interval", {accuracy - 0.05, accuracy + 0.05}}, {"loss", loss}};
        };
        for (int seed = 1; seed <= 2; ++seed) {
            fixture_.addRunOfTasks("big" + std::to_string(seed), runDocument("big", {{"seed", seed}}, {8, 8}, "mola"),
                                   {{"cola", score(0.9, 1.5 + 0.1 * seed)}, {"mrpc", score(0.8, 2.0)}}, 4000);
            fixture_.addRunOfTasks("small" + std::to_string(seed), runDocument("small", {{"seed", seed}}),
                                   {{"cola", score(0.7, 1.0)}, {"mrpc", score(0.75, 1.2)}}, 1000);
        }
        fixture_.addRunOfTasks("half", runDocument("half", Json::object(), {4}, "lora"), {{"mrpc", score(0.5, 0.5)}},
                               2000);
    }

    ProcessResult run(std::vector<std::string> arguments) const
    {
        std::vector<std::string> all{HILO_BINARY_DIR "/hilo", "compare", (temporary_ / "p").string()};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return runProcess(all);
    }
    Json json(std::vector<std::string> arguments) const
    {
        arguments.push_back("--json");
        const ProcessResult result = run(arguments);
        CHECK_EQ(result.exitCode, 0);
        return REQUIRE_OK(parseJson(result.output, "compare"));
    }
    fs::path place(const std::string& name) const { return temporary_ / name; }

  private:
    TemporaryFolder temporary_;
    ProjectFixture fixture_;
};

} // namespace

HILO_TEST(theTableFollowsTheMetric)
{
    const Compared compared;
    const Json accuracies = compared.json({});
    CHECK_EQ(accuracies[0]["id"].get<std::string>(), "big1");
    CHECK_EQ(accuracies[0]["metric"].get<std::string>(), "accuracy");
    const Json losses = compared.json({"--metric", "loss@cola", "--group-seeds"});
    CHECK_EQ(losses[0]["name"].get<std::string>(), "small");
    CHECK_EQ(losses[0]["better"].get<std::string>(), "lower");
    CHECK_EQ(losses[0]["task"].get<std::string>(), "cola");
    CHECK(losses[0]["pareto"].get<bool>() && !losses[1]["pareto"].get<bool>());
    CHECK(losses[2]["value"].is_null());
    // Both repetitions of "small", and "half", whose loss is lower with more parameters.
    CHECK_EQ(compared.json({"--metric", "loss", "--front"}).size(), 3u);
    CHECK_EQ(compared.json({"--metric", "loss@cola", "--filter", "loss < 1.3"}).size(), 2u);
    const ProcessResult table = compared.run({"--metric", "loss@cola"});
    CHECK_CONTAINS(table.output, "not measured");
    CHECK_CONTAINS(table.output, "1 row has finished without \"loss@cola\"");
    const ProcessResult csv = compared.run({"--metric", "loss@cola", "--csv"});
    CHECK_CONTAINS(csv.output, "runs,loss@cola,interval_low");
    CHECK(csv.output.find("finished without") == std::string::npos);
    CHECK_CONTAINS(csv.errors, "finished without");
    const fs::path plot = compared.place("front.svg");
    CHECK_EQ(compared.run({"--metric", "loss", "--plot", plot.string()}).exitCode, 0);
    CHECK_CONTAINS(readText(plot), "lower is better");
}

HILO_TEST(metricsAreListedAndPaired)
{
    const Compared compared;
    const Json list = compared.json({"--list-metrics"});
    CHECK_EQ(list.size(), 6u);
    CHECK_EQ(list[4]["name"].get<std::string>(), "loss@cola");
    CHECK_EQ(list[4]["better"].get<std::string>(), "lower");
    CHECK_EQ(list[4]["runs"].get<int>(), 4);
    CHECK(list[3]["task"].is_null());
    CHECK_CONTAINS(compared.run({"--list-metrics"}).output, "accuracy@mrpc");
    const Json paired = compared.json({"--metric", "loss@cola", "--paired", "big1,small1"});
    CHECK_EQ(paired["better"].get<std::string>(), "lower");
    CHECK_NEAR(paired["mean"].get<double>(), 0.65, 1e-12);
    const ProcessResult text = compared.run({"--metric", "loss@cola", "--paired", "big1,small1"});
    CHECK_CONTAINS(text.output, "Loss of cola: big1 minus small1: +0.65, lower is better");
    CHECK(text.output.find("points") == std::string::npos);
}

HILO_TEST(aMetricThatNoResultHoldsIsNamed)
{
    const Compared compared;
    for (const auto& [metric, code] :
         {std::pair{"zing", 3}, {"loss@rte", 3}, {"@cola", 2}, {"loss@", 2}, {"perplexity", 0}})
        CHECK_EQ(compared.run({"--metric", metric}).exitCode, code);
    CHECK_CONTAINS(compared.run({"--metric", "loss@rte"}).errors, "cola, mrpc");
    CHECK_CONTAINS(compared.run({"--metric", "perplexity"}).output, "5 rows have finished without \"perplexity\"");
    CHECK_CONTAINS(compared.run({"--metric", "loss@cola", "--paired", "big1,half"}).errors, "loss@cola");
}
