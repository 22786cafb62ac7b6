// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "base/atomic_file.h"
#include "engine/base/tensor_file.h"
#include "engine/train/pretrain.h"

#include <atomic>
#include <cmath>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// The sample's glosses as plain text, one paragraph a line.
PretrainSpec specIn(const TinyRun& tiny, const std::string& name)
{
    const std::string rows = REQUIRE_OK(readFile(tiny.folder() / "data/train.jsonl"));
    writeText(tiny.folder() / "text.txt", rows);
    writeText(tiny.folder() / "held.txt", rows.substr(0, 2000));
    PretrainSpec spec;
    spec.model = tiny.folder() / "model";
    spec.text = tiny.folder() / "text.txt";
    spec.heldOut = tiny.folder() / "held.txt";
    spec.out = tiny.folder() / name;
    spec.context = 16;
    spec.batch = 4;
    spec.tokens = 40 * spec.context * spec.batch;
    spec.warmupSteps = 5;
    spec.checkpointEvery = 7;
    return spec;
}

std::string weightsOf(const PretrainSpec& spec)
{
    return REQUIRE_OK(readFile(spec.out / "model.safetensors"));
}

} // namespace

HILO_TEST(aPretrainedModelIsBetterAndSaysWhatItIsMadeFrom)
{
    const TinyRun tiny;
    const PretrainSpec spec = specIn(tiny, "base");
    for (const char* name : {"chat_template.jinja", "tekken.json"})
        writeText(spec.model / name, "{}");
    const Json report = REQUIRE_OK(pretrain(spec, {}));
    CHECK_EQ(report.value("steps", 0), 40);
    CHECK_EQ(report.value("tokens", 0), 40 * 16 * 4);
    CHECK_EQ(report.value("text_sha256", "").size(), 64u);
    // A uniform guess costs log(4096) = 8.32.
    CHECK(report.value("held_out_loss", 99.0) < 7.5);
    CHECK(report.value("training_loss", 0.0) > 1);
    for (const char* name : {"config.json", "tokenizer.json", "chat_template.jinja", "tekken.json", "model.safetensors",
                             "pretraining.json"})
        CHECK(fs::exists(spec.out / name));
    CHECK(!fs::exists(spec.out / "checkpoint.safetensors"));
}

HILO_TEST(aStoppedPretrainingGoesOnToTheSameWeights)
{
    const TinyRun tiny;
    const PretrainSpec whole = specIn(tiny, "whole");
    const Json expected = REQUIRE_OK(pretrain(whole, {}));

    const PretrainSpec stopped = specIn(tiny, "stopped");
    std::atomic<bool> stop{false};
    const Progress progress(
        [&](const ProgressReport& report) {
            if (report.what == "Pre-training" && report.done >= 17)
                stop = true;
        },
        &stop);
    CHECK(REQUIRE_ERROR(pretrain(stopped, progress)).code == ErrorCode::Cancelled);
    CHECK(!fs::exists(stopped.out / "model.safetensors"));
    CHECK_EQ(REQUIRE_OK(pretrain(stopped, {})).dump(), expected.dump());
    CHECK(weightsOf(stopped) == weightsOf(whole));
}

HILO_TEST(aCheckpointOfOtherSettingsIsRefused)
{
    const TinyRun tiny;
    PretrainSpec spec = specIn(tiny, "base");
    std::atomic<bool> stop{false};
    const Progress progress([&](const ProgressReport& report) { stop = report.what == "Pre-training"; }, &stop);
    REQUIRE_ERROR(pretrain(spec, progress));
    CHECK(fs::exists(spec.out / "checkpoint.safetensors"));
    spec.tokens *= 2;
    const Error refused = REQUIRE_ERROR(pretrain(spec, {}));
    CHECK(refused.code == ErrorCode::BadInput);
    CHECK_CONTAINS(refused.hint, "another output folder");
}

HILO_TEST(aPretrainingStartsFromAnotherModelsWeights)
{
    const TinyRun tiny;
    const PretrainSpec first = specIn(tiny, "first");
    const Json before = REQUIRE_OK(pretrain(first, {}));
    PretrainSpec second = specIn(tiny, "second");
    second.startFrom = first.out;
    const Json after = REQUIRE_OK(pretrain(second, {}));
    CHECK(after["held_out_loss"].get<double>() < before["held_out_loss"].get<double>());
    CHECK_EQ(after["started_from"]["pretraining"]["tokens"], before["tokens"]);
    CHECK_EQ(after["started_from"]["model_sha256"].get<std::string>().size(), 64u);
    second.startFrom = dataFile("models/llama");
    second.out = tiny.folder() / "third";
    CHECK_CONTAINS(REQUIRE_ERROR(pretrain(second, {})).message, "another shape");
    CHECK(!fs::exists(second.out / "model.safetensors"));

    std::vector<NamedTensor> broken;
    for (auto [name, values] : REQUIRE_OK(readTensorFile(first.out / "model.safetensors")).tensors) {
        torch::Tensor copy = values.clone();
        if (name == "model.norm.weight")
            copy.view(-1)[3] = INFINITY;
        broken.push_back({name, copy});
    }
    REQUIRE_OK(writeTensorFile(first.out / "model.safetensors", broken));
    second.startFrom = first.out;
    const Error error = REQUIRE_ERROR(pretrain(second, {}));
    CHECK_CONTAINS(describe(error), "tensor \"model.norm.weight\": 1 of the weight's ");
    CHECK_CONTAINS(error.hint, "float16");
}
