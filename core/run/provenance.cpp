// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/provenance.h"

#include "base/atomic_file.h"
#include "base/machine.h"
#include "base/sha256.h"
#include "base/text_format.h"
#include "base/version.h"
#include "hub/local_place.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* provenanceFormat = "hilo.provenance/1";
constexpr const char* fileName = "provenance.json";

std::string textAt(const Json& document, std::initializer_list<const char*> path)
{
    const Json* value = &document;
    for (const char* key : path) {
        if (!value->is_object() || !value->contains(key))
            return {};
        value = &(*value)[key];
    }
    return value->is_string() ? value->get<std::string>() : std::string();
}

/// A line for each of a task's files: its path and every file that its split names.
Result<std::string> taskHashes(const Json& task, const fs::path& runFolder, const Progress& progress)
{
    std::vector<std::string> names;
    const std::string dataPath = textAt(task, {"path"});
    const fs::path data = placeFrom(dataPath, runFolder, RepositoryKind::Dataset);
    if (!dataPath.empty())
        names.push_back(data.string());
    if (task.is_object() && task.contains("split") && task["split"].is_object())
        for (const auto& [key, value] : task["split"].items())
            if (value.is_string() && key != "column")
                names.push_back(value.get<std::string>());
    std::string hashes;
    for (const std::string& name : names) {
        // Split files are named relative to data.path when there is one.
        const bool isSplit = !dataPath.empty() && &name != &names.front();
        HILO_TRY(const std::string hash, contentHash(isSplit ? data / name : runFolder / name, progress));
        hashes += hash + "\n";
    }
    return hashes;
}

std::string gpuList(const std::vector<std::string>& names)
{
    return names.empty() ? "none" : joined(names);
}

} // namespace

Result<std::string> contentHash(const fs::path& path, const Progress& progress)
{
    std::error_code code;
    if (!fs::is_directory(path, code))
        return sha256File(path, progress);
    std::vector<fs::path> files;
    for (auto entry = fs::recursive_directory_iterator(path, code); entry != fs::recursive_directory_iterator();
         entry.increment(code)) {
        const bool hidden = entry->path().filename().string().starts_with(".");
        if (hidden && entry->is_directory(code))
            entry.disable_recursion_pending();
        else if (!hidden && entry->is_regular_file(code))
            files.push_back(entry->path());
    }
    if (code)
        return failure(badInput(path.string(), {}, "The folder cannot be read: " + code.message() + "."));
    std::sort(files.begin(), files.end());
    std::string list;
    for (const fs::path& file : files) {
        HILO_TRY(const std::string hash, sha256File(file, progress));
        list += file.lexically_relative(path).generic_string() + std::string(1, '\0') + hash + "\n";
    }
    return sha256(list);
}

Result<std::string> modelContentHash(const Json& runDocument, const fs::path& folder, const Progress& progress)
{
    const std::string path = textAt(runDocument, {"model", "path"});
    if (path.empty())
        return std::string();
    // Whoever does not find it says how it is fetched.
    HILO_TRY(const fs::path model, localPlace(placeFrom(path, folder, RepositoryKind::Model), RepositoryKind::Model));
    return contentHash(model, progress);
}

Result<std::string> dataContentHash(const Json& runDocument, const fs::path& folder, const Progress& progress)
{
    // Over the files of all tasks, in their order.
    std::string hashes;
    if (const auto data = runDocument.find("data"); data != runDocument.end() && data->is_array()) {
        for (const Json& task : *data) {
            HILO_TRY(const std::string own, taskHashes(task, folder, progress));
            hashes += own;
        }
    } else if (data != runDocument.end()) {
        HILO_TRY(hashes, taskHashes(*data, folder, progress));
    }
    return hashes.empty() ? std::string() : sha256(hashes);
}

Result<Provenance> collectProvenance(const fs::path& runFolder, const std::string& libtorchVersion,
                                     const Progress& progress)
{
    Provenance provenance;
    provenance.program = programVersion();
    provenance.libtorch = libtorchVersion;
    Machine machine = thisMachine();
    provenance.processor = std::move(machine.processor);
    provenance.kernel = std::move(machine.kernel);
    provenance.host = std::move(machine.host);
    provenance.gpus = std::move(machine.gpus);
    provenance.driver = std::move(machine.driver);
    HILO_TRY(const std::string text, readFile(runFolder / "run.json"));
    HILO_TRY(const Json spec, parseJson(text, (runFolder / "run.json").string()));
    provenance.runSha256 = sha256(text);
    provenance.modelPath = textAt(spec, {"model", "path"});
    if (!provenance.modelPath.empty()) {
        const std::string place = placeFrom(provenance.modelPath, runFolder, RepositoryKind::Model);
        RepositoryName name;
        if (isHubPlace(place, RepositoryKind::Model, name)) {
            provenance.modelName = name.repository();
            provenance.modelCommit = name.revision;
        }
    }
    HILO_TRY(provenance.modelSha256, modelContentHash(spec, runFolder, progress));
    HILO_TRY(provenance.dataSha256, dataContentHash(spec, runFolder, progress));
    if (spec.contains("map"))
        provenance.mapSha256 = sha256(spec["map"].dump(-1, ' ', false, Json::error_handler_t::replace));
    if (spec.contains("training") && spec["training"].is_object() && spec["training"].contains("seed") &&
        spec["training"]["seed"].is_number_integer())
        provenance.seed = spec["training"]["seed"].get<std::int64_t>();
    provenance.command = {"hilo", "train", "run.json", "--out", "../" + runFolder.filename().string() + "-again"};
    return provenance;
}

Status recordProvenance(const fs::path& runFolder, const std::string& libtorchVersion, const Progress& progress)
{
    if (readProvenance(runFolder))
        return {};
    HILO_TRY(const Provenance provenance, collectProvenance(runFolder, libtorchVersion, progress));
    return writeProvenance(provenance, runFolder);
}

Json toJson(const Provenance& provenance)
{
    Json model = {{"path", provenance.modelPath}, {"sha256", provenance.modelSha256}};
    if (!provenance.modelName.empty()) {
        model["name"] = provenance.modelName;
        model["commit"] = provenance.modelCommit;
    }
    return {{"format", provenanceFormat},
            {"program", provenance.program},
            {"libtorch", provenance.libtorch},
            {"processor", provenance.processor},
            {"kernel", provenance.kernel},
            {"host", provenance.host},
            {"gpus", provenance.gpus},
            {"driver", provenance.driver},
            {"model", std::move(model)},
            {"data", {{"sha256", provenance.dataSha256}}},
            {"map", {{"sha256", provenance.mapSha256}}},
            {"seed", provenance.seed},
            {"run", {{"sha256", provenance.runSha256}}},
            {"command", provenance.command}};
}

Status writeProvenance(const Provenance& provenance, const fs::path& runFolder)
{
    return writeJsonFile(runFolder / fileName, toJson(provenance));
}

Result<Provenance> readProvenance(const fs::path& runFolder)
{
    const fs::path file = runFolder / fileName;
    HILO_TRY(const Json document, readJsonFile(file, {4 << 20, 16}));
    return parseProvenance(document, file.string());
}

Result<Provenance> parseProvenance(const Json& document, const std::string& file)
{
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const JsonObject model, root.object("model"));
    HILO_TRY(const JsonObject data, root.object("data"));
    HILO_TRY(const JsonObject map, root.object("map"));
    HILO_TRY(const JsonObject run, root.object("run"));
    Provenance provenance;
    HILO_TRY(provenance.program, root.text("program"));
    HILO_TRY(provenance.libtorch, root.textOr("libtorch", ""));
    HILO_TRY(provenance.processor, root.textOr("processor", ""));
    HILO_TRY(provenance.kernel, root.textOr("kernel", ""));
    HILO_TRY(provenance.host, root.textOr("host", ""));
    HILO_TRY(provenance.driver, root.textOr("driver", ""));
    HILO_TRY(provenance.modelPath, model.textOr("path", ""));
    HILO_TRY(provenance.modelSha256, model.textOr("sha256", ""));
    HILO_TRY(provenance.modelName, model.textOr("name", ""));
    HILO_TRY(provenance.modelCommit, model.textOr("commit", ""));
    HILO_TRY(provenance.dataSha256, data.textOr("sha256", ""));
    HILO_TRY(provenance.mapSha256, map.textOr("sha256", ""));
    HILO_TRY(provenance.runSha256, run.textOr("sha256", ""));
    HILO_TRY(provenance.seed, root.integerOr("seed", 0, INT64_MIN, INT64_MAX));
    for (const auto& [key, texts] : {std::pair{"gpus", &provenance.gpus}, std::pair{"command", &provenance.command}}) {
        if (!root.has(key))
            continue;
        HILO_TRY(const Json* const list, root.array(key));
        for (const Json& text : *list)
            texts->push_back(text.is_string() ? text.get<std::string>() : std::string());
    }
    return provenance;
}

Result<std::vector<std::string>> changedSince(const fs::path& runFolder, const std::string& libtorchVersion,
                                              const Progress& progress)
{
    HILO_TRY(const Provenance then, readProvenance(runFolder));
    std::vector<std::string> changes;
    const bool knowsTorch = !libtorchVersion.empty() && !then.libtorch.empty();
    const auto now = collectProvenance(runFolder, knowsTorch ? libtorchVersion : then.libtorch, progress);
    if (!now) {
        if (now.error().code == ErrorCode::Cancelled)
            return failure(now.error());
        changes.push_back("something it was made from cannot be read any more: " + describe(now.error()));
        return changes;
    }
    const auto compare = [&changes](const std::string& what, const std::string& before, const std::string& after,
                                    bool show) {
        if (before != after)
            changes.push_back(what + (show ? " (" + before + ", now " + after + ")" : std::string()));
    };
    compare("the program's version", then.program, now->program, true);
    compare("LibTorch", then.libtorch, now->libtorch, true);
    compare("the processor", then.processor, now->processor, true);
    compare("the GPUs", gpuList(then.gpus), gpuList(now->gpus), true);
    compare("the GPU driver", then.driver, now->driver, true);
    compare("the model's files", then.modelSha256, now->modelSha256, false);
    compare("the data's files", then.dataSha256, now->dataSha256, false);
    compare("the map", then.mapSha256, now->mapSha256, false);
    compare("run.json", then.runSha256, now->runSha256, false);
    return changes;
}

} // namespace hilo
