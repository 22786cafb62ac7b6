// SPDX-License-Identifier: GPL-3.0-or-later
// hilo merge, hilo export --to peft-distilled and hilo import-scores as a person starts them.
#include "core/run/lm_eval_document.h"
#include "engine/train/tiny_run.h"
#include "engine/train/train_run.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const char* const hilo_program = HILO_BINARY_DIR "/hilo";

const TinyRun& trained()
{
    static const TinyRun tiny(Json{{"steps", 20}, {"learning_rate", 0.02}});
    static const bool made = [] {
        REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("one"), {}));
        RunSpec other = REQUIRE_OK(readRunSpec(tiny.spec()));
        other.training.seed = 2;
        REQUIRE_OK(startRun(other, tiny.run("two"), {}));
        return true;
    }();
    CHECK(made);
    return tiny;
}

std::string place(const std::string& name)
{
    return (trained().folder() / name).string();
}

ProcessResult hiloRun(std::vector<std::string> words)
{
    words.insert(words.begin(), hilo_program);
    return runProcess(words);
}

} // namespace

HILO_TEST(aDistilledExportTellsThePriceOfBothForms)
{
    const ProcessResult text =
        hiloRun({"export", place("one"), "--to", "peft-distilled", "--out", place("text"), "--distill-steps", "10",
                 "--distill-batch-size", "8", "--calibration-rows", "8", "--seed", "3"});
    CHECK_EQ(text.exitCode, 0);
    CHECK_CONTAINS(text.output, "Distilled: 10 steps");
    CHECK_CONTAINS(text.output, "with mean weights");
    const ProcessResult json = hiloRun({"export", place("one"), "--to", "gguf-lora", "--distill", "--out",
                                        place("json"), "--distill-steps", "10", "--calibration-rows", "8", "--json"});
    CHECK_EQ(json.exitCode, 0);
    const Json report = REQUIRE_OK(parseJson(json.output, "export"));
    CHECK_EQ(report["static_approximation"]["distilled"]["steps"].get<int>(), 10);
    CHECK(report["static_approximation"]["distilled"]["accuracy_of_mean_weights"].is_number());

    // What would be read and ignored is refused.
    const ProcessResult idle =
        hiloRun({"export", place("one"), "--to", "gguf-lora", "--out", place("idle"), "--seed", "3"});
    CHECK_EQ(idle.exitCode, 2);
    CHECK_CONTAINS(idle.errors, "--seed");
    CHECK_EQ(hiloRun({"export", place("one"), "--to", "hilo", "--distill", "--out", place("idle")}).exitCode, 2);
    CHECK(!fs::exists(place("idle")));
    const ProcessResult list = hiloRun({"export", place("one"), "--list", "--json"});
    for (const Json& format : REQUIRE_OK(parseJson(list.output, "list"))["formats"]) {
        const std::string name = format["name"].get<std::string>(),
                          distilling = format["distilling"].get<std::string>();
        CHECK_EQ(distilling, name == "peft-distilled"                                           ? "always"
                             : name == "gguf-lora" || name == "merged" || name == "merged-gguf" ? "optional"
                                                                                                : "never");
    }
}

HILO_TEST(adaptersAreMergedAndMeasured)
{
    const std::string model = REQUIRE_OK(readRunSpec(trained().spec())).modelPath;
    const ProcessResult merged =
        hiloRun({"merge", place("one"), place("two"), "--model", model, "--out", place("merged"), "--method",
                 "side_by_side", "--data", place("one"), "--threads", "1", "--json"});
    CHECK_EQ(merged.exitCode, 0);
    const Json report = REQUIRE_OK(parseJson(merged.output, "merge"));
    CHECK_EQ(report["adapters"].size(), 2u);
    CHECK(report["measured"][0]["merged"]["accuracy"].is_number());
    // Every command takes it.
    CHECK_EQ(
        hiloRun({"generate", model, "--adapter", place("merged"), "--prompt", "the", "--max-tokens", "2"}).exitCode, 0);
    const ProcessResult text = hiloRun({"merge", place("one"), place("two"), "--model", model, "--out", place("again"),
                                        "--method", "side_by_side", "--data", place("one"), "--threads", "1"});
    CHECK_CONTAINS(text.output, " alone");
    CHECK_CONTAINS(text.output, "merged");
    const ProcessResult refused =
        hiloRun({"merge", place("one"), place("two"), "--model", model, "--out", place("no")});
    CHECK_EQ(refused.exitCode, 2);
    CHECK_CONTAINS(refused.errors, "side_by_side");
    CHECK(!fs::exists(place("no")));
    CHECK_EQ(hiloRun({"merge", place("one"), "--model", model, "--out", place("no")}).exitCode, 2);
}

HILO_TEST(scoresAreImportedAndListed)
{
    writeText(place("results.json"), lmEvalDocument().dump());
    const ProcessResult imported = hiloRun({"import-scores", place("one"), place("results.json"), "--json"});
    CHECK_EQ(imported.exitCode, 0);
    CHECK_EQ(REQUIRE_OK(parseJson(imported.output, "scores"))["added"].get<int>(), 6);
    const ProcessResult listed = hiloRun({"import-scores", place("one")});
    CHECK_CONTAINS(listed.output, "lm_eval.exact_match.strict-match");
    CHECK_CONTAINS(listed.output, "0.4.9");
    Json other = lmEvalDocument();
    other["results"]["arc_easy"]["acc,none"] = 0.1;
    writeText(place("results.json"), other.dump());
    CHECK_EQ(hiloRun({"import-scores", place("one"), place("results.json")}).exitCode, 3);
    CHECK_EQ(hiloRun({"import-scores", place("one"), place("results.json"), "--replace"}).exitCode, 0);
    writeText(place("results.json"), "{}");
    CHECK_EQ(hiloRun({"import-scores", place("one"), place("results.json")}).exitCode, 3);
}
