// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_run.h"

#include "engine/base/tensor_file.h"
#include "engine/model/decoder.h"
#include "run/event_stream.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace hilo::testing {
namespace {

/// The sources may lie elsewhere than where this was built: in a kit for a GPU server.
std::filesystem::path sources()
{
    const char* moved = std::getenv("HILO_TEST_SOURCES");
    return moved ? moved : HILO_SOURCE_DIR;
}

const std::filesystem::path sample = sources() / "projects/gloss-classes";

void writeModel(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    Json config = REQUIRE_OK(readJsonFile(sample / "base/config.json"));
    config["hidden_size"] = 16;
    config["num_hidden_layers"] = 2;
    config["num_attention_heads"] = 2;
    config["num_key_value_heads"] = 2;
    config["head_dim"] = 8;
    config["intermediate_size"] = 24;
    REQUIRE_OK(writeJsonFile(folder / "config.json", config));
    const ModelConfig parsed = REQUIRE_OK(parseModelConfig(config, "config.json"));
    std::vector<NamedTensor> tensors;
    for (const auto& [name, value] : Decoder::random(parsed, 3)->tensors())
        tensors.push_back({name, value.detach() * 5});
    REQUIRE_OK(writeTensorFile(folder / "model.safetensors", tensors));
    for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
        std::filesystem::copy_file(sample / "base" / name, folder / name);
}

void writeRows(const std::filesystem::path& target, const std::string& split, int count)
{
    std::ifstream source(sample / "data" / (split + ".jsonl"));
    std::string line;
    std::string rows;
    for (int i = 0; i < count && std::getline(source, line); ++i)
        rows += line + "\n";
    writeText(target / (split + ".jsonl"), rows);
}

} // namespace

TinyRun::TinyRun(const Json& training)
{
    writeModel(folder_ / "model");
    std::filesystem::create_directories(folder_ / "data");
    writeRows(folder_ / "data", "train", 96);
    writeRows(folder_ / "data", "test", 24);
    Json settings = {{"steps", 12},           {"batch_size", 6},  {"learning_rate", 0.01}, {"warmup_steps", 2},
                     {"max_length", 24},      {"dropout", 0.1},   {"dtype", "float32"},    {"threads", 1},
                     {"checkpoint_every", 1}, {"accumulation", 2}};
    settings.update(training);
    const Json mixed = {{"ranks", {2, 3}}, {"top_k", 1}, {"alpha", 8}};
    const Json plain = {{"ranks", {4}}, {"top_k", 1}, {"alpha", 8}};
    const Json layer = {{"q_proj", mixed}, {"v_proj", mixed}, {"up_proj", plain}, {"down_proj", mixed}};
    const Json map = {{"format", "hilo.allocation/1"},
                      {"name", "tiny"},
                      {"strategy", {{"name", "manual"}, {"settings", Json::object()}}},
                      {"model", {{"architecture", "llama"}, {"layers", 2}}},
                      {"layers", {{{"layer", 0}, {"modules", layer}}, {{"layer", 1}, {"modules", layer}}}}};
    REQUIRE_OK(writeJsonFile(spec(), {{"format", "hilo.run/1"},
                                      {"name", "tiny"},
                                      {"model", {{"path", "model"}}},
                                      {"data", {{"path", "data"}, {"template", "gloss"}}},
                                      {"map", map},
                                      {"training", settings},
                                      {"evaluation", {{"protocol", "label-logit"}, {"split", "test"}}}}));
}

void addTask(const TinyRun& tiny, const std::string& name, int train, int test)
{
    const auto copy = [&](const std::string& split, int count) {
        std::ifstream source(tiny.folder() / "data" / (split + ".jsonl"));
        std::string rows, line;
        for (int i = 0; i < count && std::getline(source, line); ++i)
            rows += line + "\n";
        std::filesystem::create_directories(tiny.folder() / name);
        if (count > 0)
            writeText(tiny.folder() / name / (split + ".jsonl"), rows);
    };
    copy("train", train);
    copy("test", test);
    Json document = REQUIRE_OK(readJsonFile(tiny.spec()));
    if (document["data"].is_object())
        document["data"] = Json::array({document["data"]});
    document["data"].push_back({{"path", name}, {"template", "gloss"}});
    REQUIRE_OK(writeJsonFile(tiny.spec(), document));
}

void checkSameAdapter(const std::filesystem::path& actualRun, const std::filesystem::path& expectedRun,
                      double tolerance)
{
    const auto expected = REQUIRE_OK(readTensorFile(expectedRun / "adapter/adapter.safetensors")).tensors;
    const auto actual = REQUIRE_OK(readTensorFile(actualRun / "adapter/adapter.safetensors")).tensors;
    CHECK_EQ(actual.size(), expected.size());
    double largest = 0;
    for (const auto& [name, tensor] : expected) {
        CHECK_NEAR((actual.at(name) - tensor).abs().max().item<double>(), 0, tolerance);
        largest = std::max(largest, tensor.abs().max().item<double>());
    }
    CHECK(largest > 0.01);
}

std::string adapterBytes(const std::filesystem::path& runFolder)
{
    return readText(runFolder / "adapter/adapter.safetensors");
}

std::vector<Json> eventsOf(const std::filesystem::path& runFolder, const std::string& name)
{
    std::vector<Json> events;
    REQUIRE_OK(followEvents(runFolder, {}, [&](const Json& event) -> Status {
        if (event["event"] == name)
            events.push_back(event);
        return {};
    }));
    return events;
}

} // namespace hilo::testing
