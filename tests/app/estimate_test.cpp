// SPDX-License-Identifier: GPL-3.0-or-later
// What `hilo estimate` says before a run against what the run then needs.
#include "engine/train/tiny_run.h"
#include "quantised_model.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "engine/base/tensor_file.h"
#include "engine/model/decoder.h"
#include "support/instrumented.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

const std::string hilo_program = HILO_BINARY_DIR "/hilo";

struct Shape
{
    const char* name;
    std::int64_t hidden, layers, intermediate, heads, keyValueHeads;
    std::int64_t batch, length;
    std::vector<int> ranks;
    bool recompute;
    std::int64_t evaluationBatch = 1;
    std::int64_t experts = 0; ///< of the base itself
    const char* codes = "";   ///< of quantised_model.h
};

/// Large enough that what is derived outweighs the constant share of the program.
const std::vector<Shape> shapes = {
    {"wide batch, plain LoRA", 256, 6, 704, 8, 8, 48, 64, {16}, false},
    {"long rows, mixture, grouped heads", 384, 8, 1024, 6, 2, 4, 384, {2, 4, 6, 8}, false},
    {"recomputed activations", 256, 12, 704, 8, 8, 64, 96, {4, 4}, true},
    {"a mixture as base", 256, 6, 192, 8, 8, 24, 96, {4, 4}, false, 1, 8},
};

Shape quantised(const char* codes)
{
    return {codes, 512, 10, 1536, 8, 8, 2, 48, {4, 4}, false, 1, 0, codes};
}

Json document(const ProcessResult& result)
{
    if (result.exitCode != 0)
        fail("ended with " + std::to_string(result.exitCode) + ": " + result.errors, __FILE__, __LINE__);
    return REQUIRE_OK(parseJson(result.output, "output"));
}

/// Replaces the tiny run's model and data by ones of this shape; all rows have the same length. Returns the model.
fs::path enlarge(const TinyRun& tiny, const Shape& shape)
{
    const fs::path model = tiny.folder() / "model";
    Json config = REQUIRE_OK(readJsonFile(model / "config.json"));
    config["hidden_size"] = shape.hidden;
    config["num_hidden_layers"] = shape.layers;
    config["num_attention_heads"] = shape.heads;
    config["num_key_value_heads"] = shape.keyValueHeads;
    config["head_dim"] = shape.hidden / shape.heads;
    config["intermediate_size"] = shape.intermediate;
    if (shape.experts > 0) {
        config["model_type"] = "olmoe";
        config["num_experts"] = shape.experts;
        config["num_experts_per_tok"] = 3;
    }
    REQUIRE_OK(writeJsonFile(model / "config.json", config));
    std::vector<NamedTensor> tensors;
    for (const auto& [name, value] : Decoder::random(REQUIRE_OK(parseModelConfig(config, "c")), 3)->tensors())
        tensors.push_back({name, value.detach()});
    REQUIRE_OK(writeTensorFile(model / "model.safetensors", tensors));

    std::string text;
    for (std::int64_t word = 0; word < 2 * shape.length; ++word)
        text += "tree ";
    std::string rows;
    for (std::int64_t row = 0; row < 2 * shape.batch; ++row)
        rows += Json{{"text", text}, {"label", row % 2 ? "plant" : "act"}}.dump() + "\n";
    writeText(tiny.folder() / "data/train.jsonl", rows);
    std::string tested;
    // Rows that differ from their first word on: equal prompts would be read once.
    for (std::int64_t row = 0; row < shape.evaluationBatch; ++row)
        tested += Json{{"text", std::to_string(100 + row) + " " + text}, {"label", "plant"}}.dump() + "\n";
    writeText(tiny.folder() / "data/test.jsonl", tested);

    const fs::path opened = *shape.codes ? quantiseModel(model, shape.codes) : model;

    Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
    spec["model"]["path"] = opened.string();
    Json modules;
    for (const char* name : {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"})
        if (shape.experts == 0 || std::string(name).find("_proj") == 1)
            modules[name] = {
                {"ranks", shape.ranks}, {"top_k", std::min<std::size_t>(2, shape.ranks.size())}, {"alpha", 8}};
    Json layers = Json::array();
    for (std::int64_t layer = 0; layer < shape.layers; ++layer)
        layers.push_back({{"layer", layer}, {"modules", modules}});
    spec["map"]["model"] = {{"architecture", config["model_type"]}, {"layers", shape.layers}};
    spec["map"]["layers"] = layers;
    spec["training"].update({{"steps", 2},
                             {"batch_size", shape.batch},
                             {"accumulation", 1},
                             {"max_length", shape.length},
                             {"dropout", 0.0},
                             {"checkpoint_every", 0},
                             {"activation_checkpointing", shape.recompute}});
    spec["evaluation"]["batch_size"] = shape.evaluationBatch;
    REQUIRE_OK(writeJsonFile(tiny.spec(), spec));
    return opened;
}

/// The run's peak is within a tenth of what was estimated before it, which is given.
Json checkEstimate(const Shape& shape)
{
    const TinyRun tiny;
    const fs::path model = enlarge(tiny, shape);
    const Json estimate =
        document(runProcess({hilo_program, "estimate", model.string(), "--run", tiny.spec().string(), "--json"}));
    CHECK_EQ(estimate["batch"]["tokens"].get<std::int64_t>(), shape.batch * (shape.length - 1));
    const Json run = document(
        runProcess({hilo_program, "train", tiny.spec().string(), "--out", tiny.run("run").string(), "--json"}));
    CHECK_EQ(run["trainable_parameters"], estimate["trainable_parameters"]);
    CHECK_EQ(run["active_parameters"], estimate["active_parameters"]);
    const double estimated = estimate["memory_bytes"]["total"].get<double>();
    const double measured = run["peak_memory_bytes"].get<double>();
    if (!isInstrumented && std::abs(estimated / measured - 1) > 0.1)
        fail(std::string(shape.name) + ": " + printed(measured / 1e6) + " MB were needed, " +
                 estimate["memory_bytes"].dump() + " estimated",
             __FILE__, __LINE__);
    return estimate;
}

} // namespace

HILO_TEST(paddedMicroBatchesAreEstimatedAsTheyAre)
{
    const auto estimate = [](bool graph) {
        const TinyRun tiny(Json{{"dropout", 0}, {"cuda_graph", graph}});
        return document(runProcess(
            {hilo_program, "estimate", (tiny.folder() / "model").string(), "--run", tiny.spec().string(), "--json"}));
    };
    const Json plain = estimate(false);
    const Json padded = estimate(true);
    const auto tokens = padded["batch"]["tokens"].get<std::int64_t>();
    CHECK(tokens > plain["batch"]["tokens"].get<std::int64_t>());
    CHECK(tokens <= 6 * 23 + 1);
    CHECK_EQ(padded["batch"]["tokens_per_micro_batch"].get<double>(), static_cast<double>(tokens));
    CHECK(padded["memory_bytes"]["activations"].get<std::int64_t>() >
          plain["memory_bytes"]["activations"].get<std::int64_t>());
}

HILO_TEST(aRunIsPlannedForAGpuThatIsNotHere)
{
    const TinyRun tiny(Json{{"dtype", "auto"}});
    const auto estimate = [&](const std::vector<std::string>& more) {
        std::vector<std::string> command{hilo_program, "estimate",           (tiny.folder() / "model").string(),
                                         "--run",      tiny.spec().string(), "--json"};
        command.insert(command.end(), more.begin(), more.end());
        return runProcess(command);
    };
    const Json here = document(estimate({}));
    const Json there = document(estimate({"--gpu", "NVIDIA H100 80GB HBM3"}));
    CHECK_EQ(there["batch"]["device"].get<std::string>(), "cuda:0");
    CHECK_EQ(there["batch"]["dtype"].get<std::string>(), "bfloat16");
    CHECK_EQ(there["batch"]["flops_per_second"].get<double>(), 989e12);
    CHECK_EQ(there["trainable_parameters"].get<std::int64_t>(), here["trainable_parameters"].get<std::int64_t>());
    // The base's weights are half as large as in float32, and no weight file stays mapped beside them.
    CHECK_EQ(there["memory_bytes"]["weights"].get<std::int64_t>() * 2, here["base_parameters"].get<std::int64_t>() * 4);
    CHECK(document(estimate({"--gpu", "RTX 4090"}))["tokens_per_second"].get<double>() <
          there["tokens_per_second"].get<double>());
    const ProcessResult unknown = estimate({"--gpu", "abacus"});
    CHECK_EQ(unknown.exitCode, 2);
    CHECK_CONTAINS(unknown.errors, "abacus");
    CHECK_CONTAINS(unknown.errors, "H100");
}

HILO_TEST(memoryIsWithinTenPercentOfTheEstimate)
{
    for (const Shape& shape : shapes)
        checkEstimate(shape);
}

HILO_TEST(expertsThatNoRowPassesStayInTheFile)
{
    const Json estimate = checkEstimate({"a mixture of many experts", 256, 6, 256, 8, 8, 4, 48, {4, 4}, false, 1, 32});
    // Adapters move what the base's routers see, so that rows may come to pass any expert.
    const auto unused = estimate["batch"]["unused_expert_bytes"].get<std::int64_t>();
    CHECK(unused > 0);
    CHECK_EQ(estimate["memory_bytes"]["at_most"].get<std::int64_t>(),
             estimate["memory_bytes"]["total"].get<std::int64_t>() + unused);
}

HILO_TEST(aBaseOfAwqIsEstimated)
{
    checkEstimate(quantised("awq"));
}

HILO_TEST(aBaseOfGptqIsEstimated)
{
    checkEstimate(quantised("gptq"));
}

HILO_TEST(aBaseOfNormalFloatsIsEstimated)
{
    checkEstimate(quantised("nf4"));
}

HILO_TEST(aBaseOfKQuantsIsEstimated)
{
    checkEstimate(quantised("k-quant"));
}

HILO_TEST(aMapThatMovesIsEstimatedWithItsLargest)
{
    const TinyRun tiny;
    const auto estimate = [&](const Json& reallocation) {
        Json spec = REQUIRE_OK(readJsonFile(tiny.spec()));
        spec["training"]["reallocation"] = reallocation;
        REQUIRE_OK(writeJsonFile(tiny.spec(), spec));
        return runProcess({hilo_program, "estimate", (tiny.folder() / "model").string(), "--run", tiny.spec().string(),
                           "--without-data", "--json"});
    };
    const Json still = document(estimate({{"method", "none"}}));
    CHECK(!still.contains("reallocation"));
    const Json live = document(estimate({{"method", "balanced-live"}, {"every", 1}}));
    CHECK_EQ(live["trainable_parameters"].dump(), still["trainable_parameters"].dump());
    CHECK_EQ(live["reallocation"]["final_parameters"].dump(), still["trainable_parameters"].dump());
    // The run's map has 38 ranks.
    CHECK(live["reallocation"]["largest_total_rank"].get<int>() >= 38);
    CHECK(live["memory_bytes"]["total"].get<std::int64_t>() >= still["memory_bytes"]["total"].get<std::int64_t>());
    // Triplets, their gradients, sensitivity and uncertainty.
    const Json adalora = document(estimate({{"method", "adalora"}, {"budget", 1100}}));
    const auto parameters = still["trainable_parameters"].get<std::int64_t>();
    CHECK_EQ(adalora["reallocation"]["state_bytes"].get<std::int64_t>(), 16 * parameters);
    CHECK_EQ(adalora["memory_bytes"]["optimiser"].get<std::int64_t>(),
             still["memory_bytes"]["optimiser"].get<std::int64_t>() + 16 * parameters);
    const ProcessResult refused = estimate({{"method", "adalora"}, {"budget", 100000}});
    CHECK_EQ(refused.exitCode, 3);
    CHECK_CONTAINS(refused.errors, "training.reallocation.budget");
}
