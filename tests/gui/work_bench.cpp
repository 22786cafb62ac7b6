// SPDX-License-Identifier: GPL-3.0-or-later
#include "work_bench.h"

#include "formats/model_source.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"
#include "project/project.h"

#include <span>

namespace hilo {
namespace fs = std::filesystem;

const std::string WorkBench::sampleData = HILO_SOURCE_DIR "/projects/gloss-classes/data";

WorkBench::WorkBench()
{
    const fs::path root = folder_.path().toStdString();
    const fs::path base = HILO_SOURCE_DIR "/projects/gloss-classes/base";
    fs::create_directories(root / "model");
    for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
        fs::copy_file(base / name, root / "model" / name);
    Json config = readJsonFile(base / "config.json").value();
    config["num_hidden_layers"] = 4;
    [[maybe_unused]] Status written = writeJsonFile(root / "model/config.json", config);
    [[maybe_unused]] const auto project = Project::create(root / "project", "bench");
    setProject({{"model", {{"path", "../model"}}}});
    written = writeJsonFile(root / "good.json", profile());
    qputenv("FAKE_PROFILE", (root / "good.json").string().c_str());
    qputenv("HILO_PROGRAM", HILO_SOURCE_DIR "/tests/gui/fake_hilo.sh");
    qputenv("FAKE_HILO", "well");
}

void WorkBench::setProject(const Json& more)
{
    Json document = readJsonFile(path("project/project.json")).value();
    document.update(more);
    [[maybe_unused]] const Status written = writeJsonFile(path("project/project.json"), document);
}

Json WorkBench::profile()
{
    const Json rank = {{"direction", "larger"},
                       {"split_half", 0.9},
                       {"modules", {{"q_proj", {1, 2, 3, 4}}, {"down_proj", {2, 4, 6, 8}}}},
                       {"spectra", {{"q_proj", {{3, 1}, {3, 2}, {2, 2}, {5, 1}}}}}};
    return {{"format", "hilo.profile/1"},
            {"model", {{"architecture", "llama"}, {"layers", 4}}},
            {"signals", {{"stable_rank", rank}, {"block_influence", {{"layers", {0.4, 0.3, 0.2, 0.1}}}}}}};
}

fs::path WorkBench::path(const std::string& name) const
{
    return fs::path(folder_.path().toStdString()) / name;
}

void WorkBench::addProfile(const Json& document, const std::string& name)
{
    [[maybe_unused]] const Status written = writeJsonFile(path("project/profiles/" + name), document);
}

void WorkBench::addAdapter(const std::string& run)
{
    fs::create_directories(path("project/runs/" + run + "/adapter"));
    [[maybe_unused]] Status written =
        writeJsonFile(path("project/runs/" + run + "/adapter/adapter.json"), Json::object());
    written = writeJsonFile(path("project/runs/" + run + "/run.json"), Json::object());
}

void WorkBench::makeChatModel(const std::string& chatTemplate)
{
    const fs::path model = path("model");
    Json configuration = readJsonFile(model / "tokenizer_config.json").value();
    configuration["chat_template"] = chatTemplate;
    [[maybe_unused]] const Status written = writeJsonFile(model / "tokenizer_config.json", configuration);
    const ModelSource source = openModel(model).value();
    std::vector<std::vector<float>> values;
    std::vector<TensorToWrite> tensors;
    for (const TensorInfo& tensor : expectedTensors(source.config)) {
        std::size_t count = 1;
        for (const std::int64_t size : tensor.shape)
            count *= static_cast<std::size_t>(size);
        values.emplace_back(count);
        tensors.push_back({tensor.name, tensor.shape, DataType::F32, std::as_bytes(std::span(values.back()))});
    }
    [[maybe_unused]] const Status weights = writeSafetensors(model / "model.safetensors", tensors);
}

bool WorkBench::open()
{
    QSignalSpy opened(&session, &ProjectSession::opened);
    session.open(QString::fromStdString(path("project").string()));
    return opened.wait(10000);
}

QString visibleText(const QWidget& page)
{
    QStringList texts;
    for (const QLabel* label : page.findChildren<QLabel*>())
        if (label->isVisible())
            texts << label->text();
    return texts.join(QLatin1Char('\n'));
}

} // namespace hilo
