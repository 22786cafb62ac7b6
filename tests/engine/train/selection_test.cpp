// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/selection.h"

#include "engine/train/train_run.h"
#include "run/checkpoints.h"
#include "tiny_run.h"

#include <atomic>
#include <cmath>
#include <fstream>
#include <map>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

RunSpec selecting(const std::string& metric, std::int64_t earlyStopping = 0)
{
    RunSpec spec;
    spec.training.select = Selection::Best;
    spec.training.earlyStopping = earlyStopping;
    spec.evaluation.metric = metric;
    spec.evaluation.every = 10;
    return spec;
}

/// Validation rows whose labels are all wrong: the better the training, the worse they are answered.
void addContraryValidation(const TinyRun& tiny)
{
    std::ifstream source(tiny.folder() / "data/train.jsonl");
    std::string rows;
    for (std::string line; std::getline(source, line);) {
        Json row = REQUIRE_OK(parseJson(line, "train.jsonl"));
        row["label"] = row["label"] == "food" ? "act" : "food";
        rows += row.dump() + "\n";
    }
    writeText(tiny.folder() / "data/validation.jsonl", rows);
}

RunSpec contrary(const TinyRun& tiny)
{
    addContraryValidation(tiny);
    RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    spec.training.select = Selection::Best;
    spec.evaluation.metric = "accuracy";
    spec.evaluation.every = 2;
    return spec;
}

/// The step of the highest accuracy on the validation split, the first of equal ones.
std::int64_t bestOfEvents(const fs::path& run)
{
    std::int64_t step = 0;
    double best = -1;
    for (const Json& event : eventsOf(run, "evaluation"))
        if (event["split"] == "validation" && event["accuracy"].get<double>() > best) {
            best = event["accuracy"].get<double>();
            step = event["step"].get<std::int64_t>();
        }
    return step;
}

/// Stops when training has come to this step.
struct StopAt
{
    explicit StopAt(std::int64_t step)
        : progress(
              [this, step](const ProgressReport& report) {
                  if (report.what == "Training" && report.done >= step)
                      flag = true;
              },
              &flag)
    {
    }
    std::atomic<bool> flag{false};
    Progress progress;
};

} // namespace

HILO_TEST(theBestIsTheFirstThatNoneIsBetterThan)
{
    BestSoFar loss(selecting("loss", 2));
    CHECK(!loss.bestStep() && !loss.isOver());
    CHECK(loss.add(10, 2.0));
    CHECK(loss.add(20, 1.5));
    CHECK(!loss.add(30, 1.5)); // not better
    CHECK(!loss.isOver());
    CHECK(!loss.add(40, std::nan("")));
    CHECK(!loss.value());
    CHECK(loss.isOver());
    CHECK_EQ(loss.bestStep().value_or(0), 20);
    CHECK_EQ(loss.evaluatedStep(), 40);
    BestSoFar accuracy(selecting("accuracy"));
    CHECK(accuracy.add(10, 0.5));
    CHECK(!accuracy.add(20, 0.4));
    CHECK(!accuracy.add(30, std::nullopt));
    CHECK(accuracy.add(40, 0.6));
    CHECK(!accuracy.isOver());
    CHECK_EQ(accuracy.bestValue().value_or(0), 0.6);
}

HILO_TEST(theBestIsKeptAndReadBack)
{
    const RunSpec spec = selecting("loss", 3);
    BestSoFar first(spec);
    first.add(10, 0.1 + 0.2);
    first.add(20, 7.5);
    BestSoFar second(spec);
    REQUIRE_OK(second.restore(REQUIRE_OK(parseJson(first.toJson().dump(), "state.json")), 20, "run.json"));
    CHECK_EQ(second.toJson().dump(), first.toJson().dump());
    CHECK_EQ(second.bestValue().value_or(0), 0.1 + 0.2);
    // An older checkpoint knows nothing of it: what was due at its step has been done.
    BestSoFar older(spec);
    REQUIRE_OK(older.restore(Json::object(), 20, "run.json"));
    CHECK_EQ(older.evaluatedStep(), 20);
    CHECK(!older.bestStep());
    const auto refused = [&first](const RunSpec& changed) {
        BestSoFar other(changed);
        return describe(REQUIRE_ERROR(other.restore(first.toJson(), 20, "run.json")));
    };
    CHECK_CONTAINS(refused(selecting("accuracy", 3)), "evaluation.metric");
    RunSpec every = spec;
    every.evaluation.every = 5;
    CHECK_CONTAINS(refused(every), "evaluation.every");
    Json odd = first.toJson();
    odd["best_step"] = "ten";
    CHECK(!BestSoFar(spec).restore(odd, 20, "run.json"));
}

HILO_TEST(theBestWeightsBecomeTheAdapter)
{
    const TinyRun tiny(Json{{"steps", 24}, {"keep_checkpoints", 1}, {"learning_rate", 0.03}});
    const RunSpec spec = contrary(tiny);
    const fs::path run = tiny.run("run");
    const RunOutcome outcome = REQUIRE_OK(startRun(spec, run, {}));
    const std::int64_t best = bestOfEvents(run);
    CHECK(best > 0 && best < 24);
    CHECK_EQ(outcome.selectedStep, best);
    const Json finished = eventsOf(run, "finished").at(0);
    CHECK_EQ(finished["selected"].get<std::string>(), "best");
    CHECK_EQ(finished["selected_step"].get<std::int64_t>(), best);
    CHECK_EQ(finished["metric"].get<std::string>(), "accuracy");
    CHECK_EQ(finished["step"].get<int>(), 24);
    const Json adapter = REQUIRE_OK(readJsonFile(run / "adapter/adapter.json"));
    CHECK_EQ(adapter["step"].get<std::int64_t>(), best);
    CHECK_EQ(adapter["selected"].get<std::string>(), "best");
    CHECK_EQ(adapter["metric"].get<std::string>(), "accuracy");
    CHECK_EQ(adapter["value"].get<double>(), finished["value"].get<double>());
    // Both checkpoints are there, however few are kept, and the adapter is the best one.
    const std::string folder = "checkpoints/step-" + std::to_string(best);
    CHECK_EQ(adapterBytes(run), readText(run / folder / "adapter.safetensors"));
    CHECK(adapterBytes(run) != readText(run / "checkpoints/step-24/adapter.safetensors"));
    for (const Checkpoint& checkpoint : REQUIRE_OK(listCheckpoints(run, true)))
        CHECK(checkpoint.valid && (checkpoint.step == best || checkpoint.step == 24));
    // The result is that of the weights that are kept: of a run that had ended there.
    for (const Json& event : eventsOf(run, "evaluation"))
        if (event.contains("final")) {
            CHECK_EQ(event["split"].get<std::string>(), "test");
            CHECK_EQ(event["selected_step"].get<std::int64_t>(), best);
        }
    // An adapter that says what it is trains on.
    RunSpec on = REQUIRE_OK(readRunSpec(tiny.spec()));
    on.training.startFrom = (run / "adapter").string();
    on.training.steps = 1;
    REQUIRE_OK(startRun(on, tiny.run("on"), {}));
    CHECK_EQ(REQUIRE_OK(readJsonFile(tiny.run("on") / "adapter/adapter.json"))["step"].get<int>(), 1);
}

HILO_TEST(withoutAResultTheKeptWeightsAreToldOf)
{
    const TinyRun tiny(Json{{"steps", 16}, {"keep_checkpoints", 1}, {"learning_rate", 0.03}});
    RunSpec spec = contrary(tiny);
    fs::remove(tiny.folder() / "data/test.jsonl");
    const fs::path run = tiny.run("run");
    const RunOutcome outcome = REQUIRE_OK(startRun(spec, run, {}));
    CHECK(outcome.selectedStep < 16);
    CHECK(outcome.results.empty());
    CHECK_EQ(outcome.watched.size(), 1u);
    const double value = eventsOf(run, "finished").at(0)["value"].get<double>();
    CHECK_NEAR(outcome.watched.at(0).result.valueOf("accuracy").value_or(-1), value, 1e-12);
    CHECK(eventsOf(run, "evaluation").back()["accuracy"].get<double>() < value);
}

HILO_TEST(aSelectingRunGoesOnToTheSameChoice)
{
    const TinyRun tiny(Json{{"steps", 16}, {"checkpoint_every", 5}, {"keep_checkpoints", 1}, {"learning_rate", 0.03}});
    const RunSpec spec = contrary(tiny);
    REQUIRE_OK(startRun(spec, tiny.run("whole"), {}));
    StopAt first(4), second(9);
    CHECK(!REQUIRE_OK(startRun(spec, tiny.run("parts"), first.progress)).finished);
    CHECK(!REQUIRE_OK(continueRun(tiny.run("parts"), second.progress)).finished);
    CHECK(REQUIRE_OK(continueRun(tiny.run("parts"), {})).finished);
    CHECK(adapterBytes(tiny.run("whole")) == adapterBytes(tiny.run("parts")));
    CHECK_EQ(readText(tiny.run("whole") / "adapter/adapter.json"),
             readText(tiny.run("parts") / "adapter/adapter.json"));
    // Every evaluation was made, the interrupted one once it could be.
    std::map<std::int64_t, double> whole, parts;
    for (const auto& [run, values] : {std::pair{"whole", &whole}, std::pair{"parts", &parts}})
        for (const Json& event : eventsOf(tiny.run(run), "evaluation"))
            if (event["split"] == "validation")
                (*values)[event["step"].get<std::int64_t>()] = event["accuracy"].get<double>();
    CHECK(whole == parts);
    CHECK_EQ(whole.size(), 8u);
}

HILO_TEST(aRunThatDoesNotImproveEndsEarly)
{
    const TinyRun tiny(Json{{"steps", 40}, {"learning_rate", 0.03}});
    RunSpec spec = contrary(tiny);
    spec.training.earlyStopping = 3;
    const fs::path run = tiny.run("run");
    const RunOutcome outcome = REQUIRE_OK(startRun(spec, run, {}));
    CHECK(outcome.finished && outcome.stoppedEarly);
    CHECK(outcome.step < 40);
    CHECK_EQ(outcome.step, outcome.selectedStep + 3 * 2);
    const Json finished = eventsOf(run, "finished").at(0);
    CHECK(finished["stopped_early"].get<bool>());
    CHECK_EQ(finished["step"].get<std::int64_t>(), outcome.step);
    CHECK_EQ(eventsOf(run, "step").size(), static_cast<std::size_t>(outcome.step));
    // Killed just before its last word it ends in the same way.
    const std::string events = readText(run / "events.ndjson");
    writeText(run / "events.ndjson", events.substr(0, events.rfind("{\"t\"")));
    const std::string before = adapterBytes(run);
    const RunOutcome again = REQUIRE_OK(continueRun(run, {}));
    CHECK(again.stoppedEarly);
    CHECK_EQ(again.step, outcome.step);
    CHECK(adapterBytes(run) == before);
    // The last weights may be kept as well.
    spec.training.select = Selection::Last;
    const RunOutcome last = REQUIRE_OK(startRun(spec, tiny.run("last"), {}));
    CHECK_EQ(last.step, outcome.step);
    CHECK_EQ(last.selectedStep, outcome.step);
}

HILO_TEST(severalProcessesEndTogether)
{
    const TinyRun tiny(Json{{"steps", 40}, {"learning_rate", 0.03}, {"accumulation", 1}});
    Json document = toJson(contrary(tiny));
    document["training"]["early_stopping"] = 2;
    REQUIRE_OK(writeJsonFile(tiny.spec(), document));
    const ProcessResult together = runProcess({std::string(HILO_BINARY_DIR) + "/hilo", "train", tiny.spec().string(),
                                               "--out", tiny.run("run").string(), "--devices", "cpu,cpu"});
    if (together.errors.find("trains in parallel on GPUs only") != std::string::npos)
        SKIP("this build trains in parallel on GPUs only");
    CHECK_EQ(together.exitCode, 0);
    const Json finished = eventsOf(tiny.run("run"), "finished").at(0);
    CHECK(finished["stopped_early"].get<bool>());
    CHECK_EQ(finished["selected_step"].get<std::int64_t>(), bestOfEvents(tiny.run("run")));
    CHECK_EQ(adapterBytes(tiny.run("run")),
             readText(tiny.run("run") / "checkpoints" / ("step-" + finished["selected_step"].dump()) /
                      "adapter.safetensors"));
}

HILO_TEST(nothingIsSelectedByTheSplitOfTheResult)
{
    const TinyRun tiny;
    RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    spec.evaluation.every = 2;
    spec.evaluation.metric = "accuracy";
    for (const bool stops : {false, true}) {
        spec.training.select = stops ? Selection::Last : Selection::Best;
        spec.training.earlyStopping = stops ? 1 : 0;
        const Error error = REQUIRE_ERROR(startRun(spec, tiny.run("bad"), {}));
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_EQ(error.place, stops ? "training.early_stopping" : "training.select");
        CHECK_CONTAINS(error.message, "no validation split");
        CHECK_CONTAINS(error.hint, "\"validation\": 0.1");
        CHECK(!fs::exists(tiny.run("bad")));
    }
}

HILO_TEST(aDamagedBestCheckpointIsNamed)
{
    const TinyRun tiny(Json{{"steps", 24}, {"learning_rate", 0.03}});
    const RunSpec spec = contrary(tiny);
    const fs::path run = tiny.run("run");
    StopAt stop(23);
    CHECK(!REQUIRE_OK(startRun(spec, run, stop.progress)).finished);
    const fs::path best = run / "checkpoints" / ("step-" + std::to_string(bestOfEvents(run)));
    CHECK(fs::exists(best / "manifest.json"));
    writeText(best / "adapter.safetensors", "gone");
    const Error error = REQUIRE_ERROR(continueRun(run, {}));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.file, best.filename().string());
    CHECK_CONTAINS(error.hint, "remove it and all later ones");
    CHECK(!fs::exists(run / "adapter"));
}
