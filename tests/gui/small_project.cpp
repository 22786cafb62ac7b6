// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_project.h"

#include "allocation/strategy.h"
#include "base/json.h"
#include "formats/model_source.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"
#include "project/project.h"

#include <filesystem>
#include <fstream>
#include <random>

namespace hilo {
namespace {

namespace fs = std::filesystem;

const fs::path sample = fs::path(HILO_SOURCE_DIR) / "projects/gloss-classes";

Status writeModel(const fs::path& folder)
{
    fs::create_directories(folder);
    HILO_TRY(Json config, readJsonFile(sample / "base/config.json"));
    config["hidden_size"] = 16;
    config["num_hidden_layers"] = 3;
    config["num_attention_heads"] = 2;
    config["num_key_value_heads"] = 2;
    config["head_dim"] = 8;
    config["intermediate_size"] = 24;
    HILO_CHECK(writeJsonFile(folder / "config.json", config));
    HILO_TRY(const ModelConfig model, parseModelConfig(config, "config.json"));
    std::mt19937 random(7);
    std::normal_distribution<float> normal(0, 0.1F);
    std::vector<std::vector<float>> values;
    std::vector<TensorToWrite> tensors;
    for (const TensorInfo& tensor : expectedTensors(model)) {
        std::size_t count = 1;
        for (const std::int64_t size : tensor.shape)
            count *= static_cast<std::size_t>(size);
        auto& buffer = values.emplace_back(count);
        for (float& value : buffer)
            value = tensor.shape.size() == 1 ? 1.0F : normal(random);
        tensors.push_back({tensor.name, tensor.shape, DataType::F32, std::as_bytes(std::span(buffer))});
    }
    HILO_CHECK(writeSafetensors(folder / "model.safetensors", tensors));
    for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
        fs::copy_file(sample / "base" / name, folder / name);
    return {};
}

void writeRows(const fs::path& target, const std::string& split, int count)
{
    std::ifstream source(sample / "data" / (split + ".jsonl"));
    std::ofstream rows(target / (split + ".jsonl"));
    std::string line;
    for (int i = 0; i < count && std::getline(source, line); ++i)
        rows << line << '\n';
}

Status writeMap(const fs::path& project, const ModelConfig& model, const std::string& strategy,
                const std::map<std::string, std::string>& settings)
{
    HILO_TRY(const Strategy* found, findStrategy(strategy));
    HILO_TRY(const AllocationMap map, allocate(*found, model, settings));
    return writeAllocationMap(project / "maps" / (strategy + ".map.json"), map);
}

Status writeProject(const fs::path& folder)
{
    HILO_CHECK(Project::create(folder, "Small"));
    HILO_CHECK(writeModel(folder / "base"));
    HILO_TRY(Json document, readJsonFile(folder / "project.json"));
    document["model"] = {{"path", "base"}};
    document["data"] = {{"path", "data"}, {"template", "gloss"}};
    HILO_CHECK(writeJsonFile(folder / "project.json", document));
    for (const char* name : {"data", "maps", "specs", "profiles"})
        fs::create_directories(folder / name);
    writeRows(folder / "data", "train", 96);
    writeRows(folder / "data", "validation", 24);
    writeRows(folder / "data", "test", 24);
    HILO_TRY(const ModelSource model, openModel(folder / "base"));
    HILO_CHECK(writeMap(folder, model.config, "lora", {{"rank", "4"}}));
    HILO_CHECK(writeMap(folder, model.config, "uniform", {{"experts", "2"}, {"rank", "2"}}));
    return writeJsonFile(folder / "specs/lora.run.json",
                         {{"format", "hilo.run/1"},
                          {"name", "lora"},
                          {"model", {{"path", "../base"}}},
                          {"data", {{"path", "../data"}, {"template", "gloss"}}},
                          {"map", "../maps/lora.map.json"},
                          {"training",
                           {{"steps", 8},
                            {"batch_size", 4},
                            {"learning_rate", 0.01},
                            {"max_length", 24},
                            {"dtype", "float32"},
                            {"threads", 1},
                            {"checkpoint_every", 2}}},
                          {"evaluation", {{"protocol", "label-logit"}, {"split", "test"}}}});
}

} // namespace

SmallProject::SmallProject()
{
    const fs::path folder = fs::path(temporary_.path().toStdString()) / "small";
    const Status made = writeProject(folder);
    if (made)
        folder_ = QString::fromStdString(folder.string());
    else
        problem_ = QString::fromStdString(describe(made.error()));
}

QString SmallProject::addProfile() const
{
    const fs::path file = fs::path(folder_.toStdString()) / "profiles/two-signals.json";
    const Json document = {{"format", "hilo.profile/1"},
                           {"model", {{"architecture", "llama"}, {"layers", 3}}},
                           {"signals",
                            {{"effective_rank", {{"direction", "larger"}, {"layers", {3.0, 5.0, 9.0}}}},
                             {"pl_alpha_hill",
                              {{"direction", "smaller"},
                               {"layers", {4.0, 3.0, 2.0}},
                               {"modules", {{"q_proj", {4.5, 3.5, 2.5}}, {"down_proj", {3.5, 2.5, 1.5}}}}}}}}};
    return writeJsonFile(file, document) ? QString::fromStdString(file.string()) : QString();
}

} // namespace hilo
