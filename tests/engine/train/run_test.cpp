// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "engine/train/train_run.h"
#include "run/control.h"

#include <atomic>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

RunOutcome start(const TinyRun& tiny, const std::string& name, const Progress& progress = {})
{
    return REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run(name), progress));
}

/// Cancels when training has come to this step.
struct CancelAt
{
    explicit CancelAt(std::int64_t step)
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

HILO_TEST(aRunLeavesEverythingItShould)
{
    const TinyRun tiny;
    const RunOutcome outcome = start(tiny, "run");
    CHECK(outcome.finished);
    CHECK_EQ(outcome.step, 12);
    CHECK_EQ(outcome.evaluation->total, 24);
    const fs::path run = tiny.run("run");
    CHECK(fs::exists(run / "adapter/adapter.json"));
    CHECK(fs::exists(run / "checkpoints/step-12/manifest.json"));
    CHECK(fs::exists(run / "log.txt"));
    CHECK_EQ(eventsOf(run, "step").size(), 12u);
    const Json step = eventsOf(run, "step").back();
    for (const char* key : {"t", "step", "loss", "lr", "grad_norm", "tokens_per_second", "memory_bytes", "mfu"})
        CHECK(step.contains(key));
    const Json finished = eventsOf(run, "finished").at(0);
    for (const char* key : {"accuracy", "trainable_parameters", "active_parameters", "seconds", "peak_memory_bytes"})
        CHECK(finished.contains(key));
    CHECK_EQ(finished["trainable_parameters"].get<std::int64_t>(), outcome.parameters.trainable());
    // Every default is written out, and the spec reads back as itself.
    const RunSpec spec = REQUIRE_OK(readRunSpec(run / "run.json"));
    CHECK_EQ(spec.modelSha256.size(), 64u);
    CHECK_EQ(toJson(spec).dump(), REQUIRE_OK(readJsonFile(run / "run.json")).dump());
}

HILO_TEST(theSameSeedGivesTheSameWeightsAndAnotherOneOthers)
{
    const TinyRun tiny;
    start(tiny, "first");
    start(tiny, "second");
    CHECK(adapterBytes(tiny.run("first")) == adapterBytes(tiny.run("second")));
    RunSpec other = REQUIRE_OK(readRunSpec(tiny.spec()));
    other.training.seed = 2;
    REQUIRE_OK(startRun(other, tiny.run("other"), {}));
    CHECK(adapterBytes(tiny.run("first")) != adapterBytes(tiny.run("other")));
}

HILO_TEST(aCancelledRunGoesOnToTheSameWeights)
{
    for (const bool checkpointing : {false, true}) {
        const TinyRun tiny(Json{{"activation_checkpointing", checkpointing}, {"checkpoint_every", 0}});
        start(tiny, "whole");
        CancelAt cancel(5);
        const RunOutcome stopped = start(tiny, "parts", cancel.progress);
        CHECK(!stopped.finished);
        CHECK_EQ(stopped.step, 5);
        CHECK_EQ(eventsOf(tiny.run("parts"), "stopped").size(), 1u);
        const RunOutcome rest = REQUIRE_OK(continueRun(tiny.run("parts"), {}));
        CHECK(rest.finished);
        CHECK(adapterBytes(tiny.run("whole")) == adapterBytes(tiny.run("parts")));
        CHECK_EQ(eventsOf(tiny.run("parts"), "finished").at(0)["accuracy"].get<double>(),
                 eventsOf(tiny.run("whole"), "finished").at(0)["accuracy"].get<double>());
    }
}

HILO_TEST(activationCheckpointingChangesNothing)
{
    const TinyRun kept(Json{{"activation_checkpointing", false}});
    const TinyRun recomputed(Json{{"activation_checkpointing", true}});
    start(kept, "run");
    start(recomputed, "run");
    CHECK(adapterBytes(kept.run("run")) == adapterBytes(recomputed.run("run")));
}

HILO_TEST(theControlFileStopsARun)
{
    const TinyRun tiny;
    bool written = false;
    const Progress progress(
        [&](const ProgressReport& report) {
            if (report.what == "Training" && report.done == 3 && !written) {
                written = true;
                REQUIRE_OK(writeControl(tiny.run("run"), ControlWord::Stop));
            }
        },
        nullptr);
    const RunOutcome outcome = start(tiny, "run", progress);
    CHECK(!outcome.finished);
    CHECK_EQ(outcome.step, 3);
    CHECK(fs::exists(tiny.run("run") / "checkpoints/step-3/manifest.json"));
    CHECK(!readControl(tiny.run("run")).has_value());
}

HILO_TEST(aDamagedCheckpointIsPassedOver)
{
    const TinyRun tiny(Json{{"keep_checkpoints", 3}});
    start(tiny, "whole");
    CancelAt cancel(6);
    start(tiny, "parts", cancel.progress);
    const fs::path newest = tiny.run("parts") / "checkpoints/step-6/optimiser.safetensors";
    std::string bytes = readText(newest);
    bytes[bytes.size() / 2] ^= 1;
    writeText(newest, bytes);
    CHECK(REQUIRE_OK(continueRun(tiny.run("parts"), {})).finished);
    CHECK(adapterBytes(tiny.run("whole")) == adapterBytes(tiny.run("parts")));
}

HILO_TEST(badInputLeavesNothingBehind)
{
    const TinyRun tiny;
    const auto failsWith = [&](const std::function<void(RunSpec&)>& change, const std::string& part) {
        RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
        change(spec);
        const Error error = REQUIRE_ERROR(startRun(spec, tiny.run("bad"), {}));
        CHECK_EQ(static_cast<int>(error.code), 3);
        CHECK_CONTAINS(describe(error), part);
        CHECK(!fs::exists(tiny.run("bad")));
    };
    failsWith([](RunSpec& spec) { spec.map.layers[0]["z_proj"] = {{2}, 1, 8, 0}; }, "z_proj");
    failsWith([](RunSpec& spec) { spec.map.layers[1]["q_proj"].ranks = {17}; }, "from 1 to 16");
    failsWith([](RunSpec& spec) { spec.map.layers.pop_back(); }, "layers");
    failsWith([](RunSpec& spec) { spec.tasks[0].data.columns["label"] = "kind"; }, "\"kind\"");
    failsWith([](RunSpec& spec) { spec.modelSha256 = std::string(64, '0'); }, "SHA-256");
    failsWith([](RunSpec& spec) { spec.tasks[0].data.template_ = "no-such"; }, "no-such");
    failsWith([&](RunSpec& spec) { spec.modelPath = tiny.folder() / "nowhere"; }, "nowhere");
}

HILO_TEST(aFinishedRunAndAFullFolderAreRefused)
{
    const TinyRun tiny(Json{{"steps", 2}});
    start(tiny, "run");
    CHECK_CONTAINS(REQUIRE_ERROR(continueRun(tiny.run("run"), {})).message, "finished");
    CHECK_CONTAINS(REQUIRE_ERROR(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {})).message,
                   "not empty");
}

HILO_TEST(trainingOnFromAnAdapter)
{
    const TinyRun tiny(Json{{"steps", 4}});
    start(tiny, "first");
    RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    spec.training.startFrom = (tiny.run("first") / "adapter").string();
    REQUIRE_OK(startRun(spec, tiny.run("second"), {}));
    CHECK(adapterBytes(tiny.run("first")) != adapterBytes(tiny.run("second")));
    CHECK(eventsOf(tiny.run("second"), "step").at(0)["loss"].get<double>() <
          eventsOf(tiny.run("first"), "step").at(0)["loss"].get<double>());
}

HILO_TEST(aRunGoesOnAsTheRunThatItWas)
{
    const TinyRun tiny(Json{{"steps", 4}});
    CancelAt cancel(2);
    start(tiny, "run", cancel.progress);
    const fs::path run = tiny.run("run");
    const Json spec = REQUIRE_OK(readJsonFile(run / "run.json"));
    const auto refused = [&](const std::string& place, const Json& changed) {
        REQUIRE_OK(writeJsonFile(run / "run.json", changed));
        const Error error = REQUIRE_ERROR(continueRun(run, {}));
        CHECK_EQ(static_cast<int>(error.code), 3);
        CHECK_CONTAINS(describe(error), place);
    };
    Json changed = spec;
    changed["map"]["layers"][1]["modules"]["q_proj"]["ranks"] = {2, 4};
    refused("map", changed);
    for (const auto& [name, value] : {std::pair<const char*, Json>{"learning_rate", 0.5},
                                      {"steps", 8},
                                      {"seed", 7},
                                      {"batch_size", 3},
                                      {"schedule", "constant"}}) {
        changed = spec;
        changed["training"][name] = value;
        refused(std::string("training.") + name, changed);
    }
    changed = spec;
    changed["model"]["sha256"] = std::string(64, '0');
    refused("SHA-256", changed);
    REQUIRE_OK(writeJsonFile(run / "run.json", spec));
    const std::string weights = readText(tiny.folder() / "model/model.safetensors");
    writeText(tiny.folder() / "model/model.safetensors",
              weights.substr(0, weights.size() - 1) + char(weights.back() ^ 1));
    CHECK_CONTAINS(REQUIRE_ERROR(continueRun(run, {})).message, "The model's files are not those");
    writeText(tiny.folder() / "model/model.safetensors", weights);
    // Where it is computed and what is kept of it may change.
    changed = spec;
    changed["training"]["keep_checkpoints"] = 1;
    changed["training"]["log_every"] = 2;
    REQUIRE_OK(writeJsonFile(run / "run.json", changed));
    CHECK(REQUIRE_OK(continueRun(run, {})).finished);
}
