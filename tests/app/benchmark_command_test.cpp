// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo benchmark`, and --benchmark of other commands.
#include "base/json.h"
#include "engine/train/tiny_run.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

ProcessResult ran(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), HILO_BINARY_DIR "/hilo");
    return runProcess(arguments);
}

Json answer(std::vector<std::string> arguments)
{
    arguments.emplace_back("--json");
    const ProcessResult result = ran(std::move(arguments));
    CHECK_EQ(std::to_string(result.exitCode) + result.errors, "0");
    return REQUIRE_OK(parseJson(result.output, "output"));
}

std::string published(const std::string& path)
{
    return dataFile("benchmarks/" + path).string();
}

} // namespace

HILO_TEST(benchmarksAreListedAndShownWithTheirSources)
{
    const Json list = answer({"benchmark", "list"})["benchmarks"];
    CHECK_EQ(list.size(), 15u);
    CHECK_CONTAINS(ran({"benchmark", "list"}).output, "winogrande");
    const Json show = answer({"benchmark", "show", "mola-rte"});
    CHECK_EQ(show["scored"].get<std::string>(), "validation");
    CHECK_EQ(show["splits"]["test"]["labelled"].get<bool>(), false);
    CHECK_EQ(show["splits"]["validation"]["rows"].get<int>(), 277);
    CHECK_EQ(show["protocols"][0]["template"].get<std::string>(), "mola-rte");
    CHECK_EQ(show["floor"]["value"].get<double>(), 52.7);
    bool found = false;
    for (const Json& one : show["published"])
        found = found || (one["method"] == "MoLA 2882" && one["model"] == "LLaMA-2-7B" && one["value"] == 89.17 &&
                          one["trainable_parameters"] == 105'635'840 && one["read"] == "paper" &&
                          one["source"] == "MoLA, arXiv 2402.08562, table 1");
    CHECK(found);
    const std::string text = ran({"benchmark", "show", "rte"}).output;
    for (const char* part : {"MoLA, arXiv 2402.08562, table 1", "89.17", "105,635,840", "published without labels",
                             "validation, 277 rows, scored", "52.7 %"})
        CHECK_CONTAINS(text, part);
    const ProcessResult unknown = ran({"benchmark", "show", "rtee"});
    CHECK_EQ(unknown.exitCode, 3);
    CHECK_CONTAINS(unknown.errors, "did you mean rte?");
}

HILO_TEST(dataOfABenchmarkAreChecked)
{
    const Json cola = answer({"benchmark", "check", "cola", published("hub")});
    CHECK_EQ(cola["form"].get<std::string>(), "hub");
    CHECK_EQ(cola["splits"].size(), 2u);
    const Json& validation = cola["splits"][1];
    CHECK_EQ(validation["name"].get<std::string>(), "validation");
    CHECK_EQ(validation["rows"].get<int>(), 3);
    CHECK_EQ(validation["usable"].get<int>(), 3);
    CHECK_EQ(validation["published_rows"].get<int>(), 1043);
    CHECK_EQ(validation["complete"].get<bool>(), false);
    CHECK(validation["scored"].get<bool>());
    CHECK_EQ(validation["labels"][0]["label"].get<std::string>(), "unacceptable");
    CHECK_EQ(cola["unlabelled"].size(), 1u);
    CHECK_EQ(cola["rejected_rows"].get<int>(), 0);
    const std::string text = ran({"benchmark", "check", "cola", published("hub")}).output;
    CHECK_CONTAINS(text, "validation: 3 rows, 3 usable, scored; published are 1,043");
    CHECK_CONTAINS(text, "not read, published without labels");
    // Without the scored split there is nothing to score.
    const TemporaryFolder folder;
    fs::copy_file(published("hub/cola/train-00000-of-00001.parquet"), folder / "train.parquet");
    const ProcessResult part = ran({"benchmark", "check", "cola", folder.path().string()});
    CHECK_EQ(part.exitCode, 3);
    CHECK_CONTAINS(part.errors, "no usable row of the split \"validation\"");
    const ProcessResult wrong = ran({"benchmark", "check", "piqa", published("siqa")});
    CHECK_EQ(wrong.exitCode, 3);
    CHECK_CONTAINS(wrong.errors, "This is not PIQA");
    CHECK_EQ(answer({"benchmark", "check", "mmlu", published("mmlu"), "--data-config", "anatomy"})["splits"].size(),
             2u);
    CHECK_EQ(answer({"data", published("piqa-raw"), "--benchmark", "piqa"})["template"]["name"].get<std::string>(),
             "moe-peft-piqa");
}

HILO_TEST(aModelIsScoredAsTheBenchmarkDoesIt)
{
    const TinyRun tiny;
    const std::string model = (tiny.folder() / "model").string();
    const std::vector<std::string> command = {"evaluate",  model,    "--benchmark",
                                              "mola-cola", "--data", published("cola-raw")};
    const auto with = [&command](std::vector<std::string> more) {
        std::vector<std::string> all = command;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    const Json scored = answer(with({"--max-tokens", "4"}));
    CHECK_EQ(scored["split"].get<std::string>(), "validation");
    CHECK_EQ(scored["protocol"].get<std::string>(), "gen-match-strict");
    CHECK_EQ(scored["total"].get<int>(), 3);
    CHECK_EQ(scored["benchmark"]["metric"].get<std::string>(), "accuracy");
    // Three rows are not the published 1,043.
    CHECK_EQ(scored["benchmark"]["is_benchmark_number"].get<bool>(), false);
    CHECK_CONTAINS(scored["benchmark"]["differs"][0].get<std::string>(), "published are 1,043");
    const Json other = answer(with({"--split", "train", "--protocol", "label-logit"}));
    CHECK_EQ(other["total"].get<int>(), 2);
    CHECK_EQ(other["benchmark"]["differs"].size(), 2u);
    const ProcessResult test = ran(with({"--split", "test"}));
    CHECK_EQ(test.exitCode, 3);
    CHECK_CONTAINS(test.errors, "scored on its split \"validation\"");
    const ProcessResult asked = ran(with({"--template", "classify"}));
    CHECK_EQ(asked.exitCode, 3);
    CHECK_CONTAINS(asked.errors, "would change what is scored");
    CHECK_EQ(ran(with({"--column", "sentence=s"})).exitCode, 3);
    CHECK_EQ(ran({"evaluate", model, "--benchmark", "cola", "--data", tiny.spec().string()}).exitCode, 2);
}

HILO_TEST(runsOfBenchmarksAreScoredOnTheirOwnSplits)
{
    const TinyRun tiny(Json{{"steps", 2}});
    Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
    spec["data"] = {{{"benchmark", "moe-peft-piqa"}, {"path", published("piqa-raw")}},
                    {{"benchmark", "likelihood-arc-easy"}, {"path", published("arc")}}};
    spec["evaluation"] = {{"every", 1}};
    REQUIRE_OK(writeJsonFile(tiny.spec(), spec));
    const ProcessResult trained = ran({"train", tiny.spec().string(), "--out", tiny.run("run").string()});
    CHECK_EQ(std::to_string(trained.exitCode) + (trained.exitCode == 0 ? "" : trained.errors), "0");
    const Json written = REQUIRE_OK(readJsonFile(tiny.run("run") / "run.json"));
    CHECK_EQ(written["evaluation"]["split"].get<std::string>(), "auto");
    CHECK_EQ(written["data"][0]["template"].get<std::string>(), "moe-peft-piqa");
    CHECK_EQ(written["data"][0]["protocol"].get<std::string>(), "label-logit");
    std::string finals;
    for (const Json& event : eventsOf(tiny.run("run"), "evaluation"))
        if (event.value("final", false))
            finals += event["task"].get<std::string>() + " " + event["split"].get<std::string>() + " " +
                      event["total"].dump() + "; ";
    CHECK_EQ(finals, "moe-peft-piqa validation 2; likelihood-arc-easy test 3; ");
    // Nothing is selected by the rows of the result.
    spec["data"] = spec["data"][0];
    spec["training"]["select"] = "best";
    REQUIRE_OK(writeJsonFile(tiny.spec(), spec));
    const ProcessResult selected = ran({"train", tiny.spec().string(), "--out", tiny.run("best").string()});
    CHECK_EQ(selected.exitCode, 3);
    CHECK_CONTAINS(selected.errors, "no validation split to select by");
    const Json again = answer({"evaluate", (tiny.folder() / "model").string(), "--adapter", tiny.run("run").string(),
                               "--data", (tiny.run("run") / "run.json").string(), "--task", "likelihood-arc-easy"});
    CHECK_EQ(again["split"].get<std::string>(), "test");
    CHECK_EQ(again["benchmark"]["metric"].get<std::string>(), "accuracy_normalised");
}
