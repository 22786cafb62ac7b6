// SPDX-License-Identifier: GPL-3.0-or-later
// A run on a base that is a mixture of experts itself.
#include "tiny_run.h"

#include "engine/base/tensor_file.h"
#include "engine/model/decoder.h"
#include "engine/train/train_run.h"

#include <atomic>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// Makes the tiny run's llama a qwen3_moe with 6 experts in its second layer.
void mixBase(const TinyRun& tiny)
{
    const fs::path model = tiny.folder() / "model";
    Json config = REQUIRE_OK(readJsonFile(model / "config.json"));
    config.erase("architectures");
    config.update({{"model_type", "qwen3_moe"},
                   {"num_experts", 6},
                   {"num_experts_per_tok", 2},
                   {"norm_topk_prob", true},
                   {"moe_intermediate_size", 7},
                   {"decoder_sparse_step", 2}});
    REQUIRE_OK(writeJsonFile(model / "config.json", config));
    std::vector<NamedTensor> tensors;
    for (const auto& [name, value] : Decoder::random(REQUIRE_OK(parseModelConfig(config, "config.json")), 3)->tensors())
        tensors.push_back({name, value.detach() * 5});
    REQUIRE_OK(writeTensorFile(model / "model.safetensors", tensors));
    Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
    const Json mixed = {{"ranks", {2, 3}}, {"top_k", 1}, {"alpha", 8}};
    spec["map"]["model"]["architecture"] = "qwen3_moe";
    for (Json& layer : spec["map"]["layers"])
        layer["modules"] = {{"q_proj", mixed}, {"v_proj", mixed}, {"o_proj", mixed}};
    REQUIRE_OK(writeJsonFile(tiny.spec(), spec));
}

RunOutcome start(const TinyRun& tiny, const std::string& name, const Progress& progress = {})
{
    return REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run(name), progress));
}

} // namespace

HILO_TEST(aStoppedRunGoesOnToTheSameWeights)
{
    for (const bool recomputed : {false, true}) {
        const TinyRun tiny(Json{{"activation_checkpointing", recomputed}, {"checkpoint_every", 0}});
        mixBase(tiny);
        CHECK(start(tiny, "whole").finished);
        std::atomic<bool> cancelled = false;
        const Progress progress(
            [&](const ProgressReport& report) {
                if (report.what == "Training" && report.done == 5)
                    cancelled = true;
            },
            &cancelled);
        CHECK(!start(tiny, "parts", progress).finished);
        CHECK(REQUIRE_OK(continueRun(tiny.run("parts"), {})).finished);
        CHECK(adapterBytes(tiny.run("whole")) == adapterBytes(tiny.run("parts")));
        const std::vector<Json> steps = eventsOf(tiny.run("whole"), "step");
        CHECK(steps.back()["loss"].get<double>() < steps.front()["loss"].get<double>());
    }
}

HILO_TEST(aMapThatNamesTheBasesExpertsIsRefusedBeforeTheRun)
{
    const TinyRun tiny;
    mixBase(tiny);
    Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
    spec["map"]["layers"][1]["modules"]["up_proj"] = {{"ranks", {2}}, {"top_k", 1}, {"alpha", 8}};
    REQUIRE_OK(writeJsonFile(tiny.spec(), spec));
    const Error error = REQUIRE_ERROR(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_CONTAINS(error.place, "up_proj");
    CHECK_CONTAINS(error.hint, "the modules of this layer are q_proj, k_proj, v_proj, o_proj, experts.gate_up_proj");
    CHECK(!fs::exists(tiny.run("run")));
}

HILO_TEST(aRecordedStepIsRefused)
{
    const TinyRun tiny(Json{{"cuda_graph", true}, {"dropout", 0}});
    mixBase(tiny);
    const Error error = REQUIRE_ERROR(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    CHECK_EQ(error.place, "training.cuda_graph");
}
