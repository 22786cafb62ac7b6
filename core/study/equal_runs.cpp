// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/equal_runs.h"

#include "base/log.h"
#include "base/sha256.h"
#include "run/provenance.h"

#include <algorithm>
#include <functional>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// A file's content in the place of its path; names of what the program brings with it stay.
Status replaceByContent(std::string& path)
{
    if (!fs::path(path).is_absolute())
        return {};
    HILO_TRY(path, contentHash(path));
    return {};
}

/// The hash of what is named, made once.
std::optional<std::string> knownHash(std::map<std::string, std::string>& hashes, const std::string& name,
                                     const std::function<Result<std::string>()>& make)
{
    if (const auto found = hashes.find(name); found != hashes.end())
        return found->second;
    const auto hash = make();
    if (!hash) {
        logger("study")->debug("no run is known to be equal: {}", describe(hash.error()));
        return std::nullopt;
    }
    return hashes.emplace(name, *hash).first->second;
}

} // namespace

Result<std::string> settingsHash(RunSpec spec)
{
    spec.name.clear();
    spec.modelPath.clear();
    spec.modelSha256.clear();
    spec.map.name.clear();
    spec.map.notes.clear();
    spec.training.seed = 0;
    HILO_CHECK(replaceByContent(spec.training.startFrom));
    for (TaskSpec& task : spec.tasks) {
        task.name = nameOfTask(task);
        task.data.path.clear();
        for (auto& [split, file] : task.data.splitFiles)
            file.clear();
        HILO_CHECK(replaceByContent(task.data.template_));
        HILO_CHECK(replaceByContent(task.data.chatTemplate));
    }
    return sha256(toJson(spec).dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<std::optional<std::string>> EqualRuns::find(const RunSpec& spec, bool finished)
{
    const auto settings = settingsHash(spec);
    if (!settings)
        return std::optional<std::string>();
    RunContent content{*settings, spec.training.seed, {}, {}};
    // Model and data are read where a run could be the same only.
    HILO_TRY(const std::vector<Known>* const runs, candidates({content.settings, content.seed}));
    if (runs->empty())
        return std::optional<std::string>();
    const Json document = toJson(spec);
    const auto model =
        knownHash(models_, spec.modelPath, [&] { return modelContentHash(document, project_->folder()); });
    const auto data =
        knownHash(data_, document["data"].dump(), [&] { return dataContentHash(document, project_->folder()); });
    if (!model || !data)
        return std::optional<std::string>();
    content.model = *model;
    content.data = *data;
    return find(content, finished);
}

Result<std::optional<std::string>> EqualRuns::find(const RunContent& content, bool finished)
{
    HILO_TRY(const std::vector<Known>* const runs, candidates({content.settings, content.seed}));
    const auto found = std::find_if(runs->begin(), runs->end(), [&](const Known& run) {
        return run.model == content.model && run.data == content.data && (run.isFinished || !finished);
    });
    return found == runs->end() ? std::optional<std::string>() : std::optional(found->id);
}

Result<const std::vector<EqualRuns::Known>*> EqualRuns::candidates(const Key& key)
{
    static const std::vector<Known> none;
    if (!isRead_)
        HILO_CHECK(readAll());
    const auto found = known_.find(key);
    return found == known_.end() ? &none : &found->second;
}

Status EqualRuns::readAll()
{
    isRead_ = true;
    HILO_TRY(const std::vector<RunSummary> runs, reader_->runs());
    for (const RunSummary& run : runs) {
        HILO_TRY(const fs::path folder, project_->pathOfRun(run.id));
        const auto made = readProvenance(folder);
        if (!made || made->modelSha256.empty() || made->dataSha256.empty())
            continue;
        const auto spec = readRunSpec(folder / "run.json");
        const auto settings = spec ? settingsHash(*spec) : Result<std::string>(failure(spec.error()));
        // A run of an older version, or one whose template is gone: it is found by its paths or not at all.
        if (settings)
            known_[{*settings, spec->training.seed}].push_back(
                {run.id, made->modelSha256, made->dataSha256, run.state == "finished"});
    }
    return {};
}

} // namespace hilo
