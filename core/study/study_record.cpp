// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_record.h"

#include "base/sha256.h"
#include "base/zstd_frame.h"
#include "hub/local_place.h"
#include "project/portable_spec.h"
#include "run/run_id.h"
#include "study/equal_runs.h"
#include "study/record_events.h"
#include "study/study_file.h"
#include "study/study_store.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largestRecord = std::size_t{1} << 31;

/// All paths relative to folder but for names of the hub.
RunSpec travellingSpec(const RunSpec& spec, const fs::path& folder)
{
    RunSpec moved = portableSpec(spec, "/", folder);
    if (lastingName(spec.modelPath, RepositoryKind::Model) != spec.modelPath)
        moved.modelPath = spec.modelPath;
    for (std::size_t task = 0; task < spec.tasks.size(); ++task) {
        const DataSpec& data = spec.tasks[task].data;
        if (lastingName(data.path, RepositoryKind::Dataset) == data.path)
            continue;
        moved.tasks[task].data.path = data.path;
        moved.tasks[task].data.splitFiles = data.splitFiles;
    }
    return moved;
}

Error notTheStudys(const fs::path& folder)
{
    return badInput((folder / "run.json").string(), {}, "The run's settings are not those that the study has for it.",
                    "Put run.json back as it was, or remove the run, so that the study trains it again.");
}

Result<RecordedRun> recordRun(const Study& study, const StudyRun& run, const Project& project)
{
    HILO_TRY(const fs::path folder, project.runFolder(run.run));
    HILO_TRY(const RunSpec spec, readRunSpec(folder / "run.json"));
    HILO_TRY(const std::string own, settingsHash(spec));
    HILO_TRY(const std::string planned, settingsHash(specOf(study, run)));
    if (own != planned || spec.training.seed != run.seed)
        return failure(notTheStudys(folder));
    RecordedRun recorded{run.run, {}, {}, {}};
    HILO_TRY(recorded.provenance, readProvenance(folder));
    // Neither the machine nor a place on it.
    recorded.provenance.host.clear();
    recorded.provenance.modelPath.clear();
    recorded.provenance.runSha256.clear();
    HILO_TRY(recorded.events, eventsOfRecord(folder, spec.evaluation.split));
    HILO_TRY(recorded.rows, readRightRows(folder));
    return recorded;
}

Error damaged(const std::string& file)
{
    return badInput(file, {}, "The record of a study is damaged.", "Copy it again from where it was made.");
}

/// The document inside.
Result<std::string> unpacked(std::string_view bytes, const std::string& file)
{
    const auto end = bytes.substr(0, 200).find('\n');
    const std::string_view line = bytes.substr(0, end == std::string_view::npos ? 0 : end);
    const auto hash = line.find(' '), size = line.rfind(' ');
    if (line.substr(0, hash) != studyRecordFormat)
        return failure(badInput(file, {},
                                std::string("This is no record of a study: \"") + studyRecordFormat +
                                    "\" was expected in its first line.",
                                "\"hilo study archive\" makes one; it may be of a newer version of this program."));
    std::size_t count = 0;
    const std::string_view digits = line.substr(size + 1);
    const auto [stop, code] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    const std::string_view frame = bytes.substr(end + 1);
    if (hash == size || code != std::errc() || stop != digits.data() + digits.size() || count > largestRecord ||
        sha256(frame) != line.substr(hash + 1, size - hash - 1))
        return failure(damaged(file));
    auto text = zstdBytes(frame, count);
    if (!text)
        return failure(damaged(file));
    return std::move(*text);
}

Result<RecordedRun> parseRun(const JsonObject& object)
{
    HILO_CHECK(object.onlyKeys({"id", "provenance", "events", "rows"}));
    RecordedRun run;
    HILO_TRY(run.id, object.text("id"));
    if (!checkRunId(run.id))
        return failure(object.errorAt("id", "expected the id of a run, found \"" + run.id + "\""));
    HILO_TRY(const JsonObject provenance, object.object("provenance"));
    HILO_TRY(run.provenance, parseProvenance(provenance.json(), object.file() + ": " + object.placeOf("provenance")));
    HILO_TRY(const Json* events, object.array("events"));
    for (const Json& event : *events) {
        if (!event.is_object())
            return failure(object.errorAt("events", "expected objects, found " + shownJson(event)));
        run.events.push_back(event);
    }
    HILO_TRY(const Json* rows, object.array("rows"));
    for (std::size_t index = 0; index < rows->size(); ++index) {
        HILO_TRY(const JsonObject one, JsonObject::of((*rows)[index], object.file(),
                                                      object.placeOf("rows") + "[" + std::to_string(index) + "]"));
        HILO_TRY(run.rows.emplace_back(), parseRightRows(one));
    }
    return run;
}

} // namespace

std::map<std::string, std::string> namedFiles(const RunSpec& spec)
{
    std::map<std::string, std::string> files;
    const auto add = [&files](const std::string& what, const std::string& path) {
        if (!fs::path(path).is_absolute())
            return;
        if (const auto hash = contentHash(path))
            files[what] = *hash;
    };
    add("start_from", spec.training.startFrom);
    for (const TaskSpec& task : spec.tasks) {
        add("template of " + nameOfTask(task), task.data.template_);
        add("chat template of " + nameOfTask(task), task.data.chatTemplate);
    }
    return files;
}

Result<StudyRecord> recordOf(const Study& study, const Project& project, RunReader& reader)
{
    HILO_TRY(const std::vector<RunSummary> summaries, reader.runs());
    std::map<std::string, std::string> states;
    for (const RunSummary& run : summaries)
        states[run.id] = run.state;
    StudyRecord record;
    Study finished = study;
    finished.runs.clear();
    std::set<std::string> seen;
    for (const StudyRun& run : study.runs) {
        const std::string& state = states[run.run];
        if (state == "archived")
            return failure(
                badInput(project.folder().string(), run.run, "The run is archived: its files are packed.",
                         "\"hilo project restore " + project.folder().string() + " " + run.run + "\" brings it back."));
        if (state != "finished")
            continue;
        finished.runs.push_back(run);
        if (seen.insert(run.run).second) {
            HILO_TRY(record.runs.emplace_back(), recordRun(study, run, project));
        }
    }
    if (record.runs.empty())
        return failure(
            badInput(studyFile(project, study.name).string(), {}, "No run of the study has finished.",
                     "\"hilo study run " + project.folder().string() + " --name " + study.name + "\" trains them."));
    const fs::path folder = studyFile(project, study.name).parent_path();
    record.study = studyDocument(finished, project.folder(), folder);
    Json spec = toJson(travellingSpec(study.spec, folder));
    spec.erase("map");
    record.study["spec"] = std::move(spec);
    record.files = namedFiles(study.spec);
    return record;
}

std::string recordBytes(const StudyRecord& record)
{
    Json document = {{"format", studyRecordFormat}, {"study", record.study}, {"files", Json::object()}};
    for (const auto& [what, hash] : record.files)
        document["files"][what] = hash;
    document["runs"] = Json::array();
    for (const RecordedRun& run : record.runs) {
        Json rows = Json::array();
        for (const RightRows& one : run.rows)
            rows.push_back(toJson(one));
        document["runs"].push_back({{"id", run.id},
                                    {"provenance", toJson(run.provenance)},
                                    {"events", run.events},
                                    {"rows", std::move(rows)}});
    }
    const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::string frame = zstdFrame(text);
    return std::string(studyRecordFormat) + " " + sha256(frame) + " " + std::to_string(text.size()) + "\n" + frame;
}

Result<StudyRecord> parseRecord(std::string_view bytes, const std::string& file)
{
    HILO_TRY(const std::string text, unpacked(bytes, file));
    HILO_TRY(const Json document, parseJson(text, file, {largestRecord, 64}));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_CHECK(root.onlyKeys({"format", "study", "files", "runs"}));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != studyRecordFormat)
        return failure(root.errorAt("format", std::string("expected \"") + studyRecordFormat + "\""));
    StudyRecord record;
    HILO_TRY(const JsonObject study, root.object("study"));
    record.study = study.json();
    // The paths do not matter here.
    HILO_TRY(const Study read, parseStudy(record.study, file + ": study", "/"));
    HILO_TRY(const JsonObject files, root.object("files"));
    for (const auto& [what, unused] : files.json().items()) {
        HILO_TRY(record.files[what], files.text(what));
    }
    HILO_TRY(const Json* runs, root.array("runs"));
    std::set<std::string> ids;
    for (std::size_t index = 0; index < runs->size(); ++index) {
        const std::string place = "runs[" + std::to_string(index) + "]";
        HILO_TRY(const JsonObject object, JsonObject::of((*runs)[index], file, place));
        HILO_TRY(record.runs.emplace_back(), parseRun(object));
        if (!ids.insert(record.runs.back().id).second)
            return failure(object.errorAt("id", "is there twice"));
    }
    for (const StudyRun& run : read.runs)
        if (ids.erase(run.run) == 0 && std::none_of(record.runs.begin(), record.runs.end(),
                                                    [&run](const RecordedRun& one) { return one.id == run.run; }))
            return failure(root.errorAt("study", "names a run that is not in the record: " + run.run));
    if (!ids.empty())
        return failure(root.errorAt("runs", "a run that the study does not name: " + *ids.begin()));
    return record;
}

} // namespace hilo
