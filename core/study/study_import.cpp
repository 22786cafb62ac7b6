// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_import.h"

#include "base/atomic_file.h"
#include "base/sha256.h"
#include "base/shown_text.h"
#include "project/portable_spec.h"
#include "queue/run_queue.h"
#include "queue/run_removal.h"
#include "run/run_id.h"
#include "study/equal_runs.h"
#include "study/study_file.h"
#include "study/study_merge.h"
#include "study/study_store.h"

#include <algorithm>
#include <functional>
#include <memory>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// What somebody typed, seen from where the program runs.
std::string typedPlace(const std::string& path)
{
    std::error_code code;
    const fs::path full = fs::absolute(path, code).lexically_normal();
    return fs::exists(full, code) ? full.string() : path;
}

Status relocate(RunSpec& spec, const StudyImport& options)
{
    if (!options.model.empty())
        spec.modelPath = typedPlace(options.model);
    for (const auto& [name, path] : options.tasks) {
        const auto task = std::find_if(spec.tasks.begin(), spec.tasks.end(),
                                       [&name = name](const TaskSpec& one) { return nameOfTask(one) == name; });
        if (task == spec.tasks.end())
            return failure(
                wrongUsage("the record has no task \"" + shown(name) + "\"", "its tasks: " + taskNames(spec.tasks)));
        const fs::path before = task->data.path;
        const std::string after = typedPlace(path);
        // The task keeps its name, which it may have had from the path.
        task->name = name;
        for (auto& [split, file] : task->data.splitFiles)
            if (!before.empty() && fs::path(file).is_absolute())
                file = (fs::path(after) / fs::path(file).lexically_relative(before)).lexically_normal().string();
        task->data.path = after;
    }
    return {};
}

/// Compares what lies here with what runs were made of; what is not here is told.
class ContentCheck
{
  public:
    ContentCheck(const Project& project, StudyImported& report) : project_(project), report_(report) {}

    Status check(const RunSpec& spec, const RecordedRun& run)
    {
        const Json document = toJson(spec);
        HILO_CHECK(compare("The base model " + spec.modelPath, run.provenance.modelSha256, spec.modelPath,
                           "Name the record's: --model PATH.",
                           [&] { return modelContentHash(document, project_.folder()); }));
        return compare("The data of " + taskNames(spec.tasks), run.provenance.dataSha256, document["data"].dump(),
                       "Name the record's: --task NAME:FILE-OR-FOLDER.",
                       [&] { return dataContentHash(document, project_.folder()); });
    }

    Status checkFiles(const StudyRecord& record, const RunSpec& spec)
    {
        const std::map<std::string, std::string> here = namedFiles(spec);
        for (const auto& [what, hash] : record.files)
            if (const auto own = here.find(what); own != here.end() && own->second != hash)
                return failure(badInput({}, what, "The file here is not that of the record.",
                                        "Put it back as it was, or import the study into a project of its own."));
        return {};
    }

  private:
    Status compare(const std::string& what, const std::string& recorded, const std::string& key,
                   const std::string& hint, const std::function<Result<std::string>()>& hashHere)
    {
        const auto [known, isNew] = hashes_.emplace(key, std::string());
        if (isNew) {
            if (const auto hash = hashHere())
                known->second = *hash;
            else
                report_.notes.push_back(shown(what) +
                                        " cannot be read here: the table does not need it, further runs do. " + hint);
        }
        if (known->second.empty() || recorded.empty() || known->second == recorded)
            return {};
        return failure(
            badInput({}, shown(what), "These are not the files that the record's runs were made with.", hint));
    }

    const Project& project_;
    StudyImported& report_;
    std::map<std::string, std::string> hashes_; ///< empty: not here
};

/// Brings runs into the project.
class RunImporter
{
  public:
    static Result<RunImporter> of(RunStore& store)
    {
        HILO_TRY(RunReader reader, RunReader::open(store.project()));
        HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
        RunImporter importer(store, std::move(reader));
        for (const RunSummary& run : runs)
            importer.states_[run.id] = run.state;
        HILO_TRY(const std::vector<std::string> folders, store.project().runIds());
        for (const std::string& id : folders)
            importer.states_.emplace(id, "");
        return importer;
    }

    /// The id of the run here.
    Result<std::string> bring(const RecordedRun& run, RunSpec spec, StudyImported& report)
    {
        const auto settings = settingsHash(spec);
        if (settings && !run.provenance.modelSha256.empty()) {
            HILO_TRY(const auto known, equal_->find(RunContent{*settings, spec.training.seed,
                                                               run.provenance.modelSha256, run.provenance.dataSha256},
                                                    true));
            if (known) {
                ++report.known;
                return *known;
            }
        }
        HILO_TRY(const std::string id, freeId(run.id, spec));
        spec.name = id;
        HILO_CHECK(write(run, spec, id));
        states_[id] = "finished";
        ++report.added;
        return id;
    }

  private:
    RunImporter(RunStore& store, RunReader reader)
        : store_(&store), reader_(std::make_unique<RunReader>(std::move(reader))),
          equal_(std::make_unique<EqualRuns>(store.project(), *reader_))
    {
    }

    /// The record's own id where it is free, or where the same run was planned under it and never started.
    Result<std::string> freeId(const std::string& wanted, const RunSpec& spec)
    {
        const auto state = states_.find(wanted);
        if (state == states_.end())
            return wanted;
        if (state->second == "new" || state->second == "queued") {
            const fs::path folder = store_->project().runsFolder() / wanted;
            const auto planned = readRunSpec(folder / "run.json");
            const auto own = planned ? settingsHash(*planned) : Result<std::string>(failure(planned.error()));
            const auto theirs = settingsHash(spec);
            std::error_code code;
            if (own && theirs && *own == *theirs && planned->training.seed == spec.training.seed &&
                !fs::exists(folder / "events.ndjson", code)) {
                HILO_CHECK(deleteRun(*store_, wanted));
                return wanted;
            }
        }
        for (int number = 2;; ++number)
            if (const std::string id = wanted + "-" + std::to_string(number); !states_.contains(id))
                return id;
    }

    Status write(const RecordedRun& run, const RunSpec& spec, const std::string& id)
    {
        const Project& project = store_->project();
        HILO_TRY(const fs::path target, project.pathOfRun(id));
        HILO_TRY(AtomicFolder folder, AtomicFolder::create(target));
        const RunSpec portable = portableSpec(spec, project.folder(), target);
        const Json document = toJson(portable);
        HILO_CHECK(writeJsonFile(folder.path() / "run.json", document));
        HILO_TRY(const std::string text, readFile(folder.path() / "run.json"));
        Provenance provenance = run.provenance;
        provenance.modelPath = document["model"]["path"].get<std::string>();
        // The same settings with this project's paths.
        provenance.runSha256 = sha256(text);
        provenance.mapSha256 = sha256(document["map"].dump(-1, ' ', false, Json::error_handler_t::replace));
        HILO_CHECK(writeProvenance(provenance, folder.path()));
        std::string lines;
        for (const Json& event : run.events)
            lines += event.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        HILO_CHECK(writeFileAtomically(folder.path() / "events.ndjson", lines));
        if (!run.rows.empty())
            HILO_CHECK(writeJsonFile(folder.path() / rightRowsFile, rightRowsDocument(run.rows)));
        return folder.commit();
    }

    RunStore* store_;
    std::unique_ptr<RunReader> reader_;
    std::unique_ptr<EqualRuns> equal_;
    std::map<std::string, std::string> states_; ///< by id; "" of folders that the index does not know
};

/// Whether the cell has a run whose result it is.
bool isFinished(RunReader& reader, const std::string& id)
{
    const auto run = reader.run(id);
    return run && (run->state == "finished" || (run->state == "archived" && run->endedAt));
}

bool isOfAnotherStudy(const Project& project, const Study& study, const std::string& run)
{
    for (const std::string& name : studyNames(project)) {
        const auto other = name == study.name ? Result<Study>() : readStudy(project, name);
        if (other &&
            std::any_of(other->runs.begin(), other->runs.end(), [&run](const StudyRun& one) { return one.run == run; }))
            return true;
    }
    return false;
}

/// Gives the study's cells the runs that came.
Status fillCells(Study& study, const std::vector<StudyRun>& cells, const std::map<std::string, std::string>& idHere,
                 RunStore& store)
{
    HILO_TRY(RunReader reader, RunReader::open(store.project()));
    for (const StudyRun& cell : cells) {
        StudyRun own = cell;
        own.run = idHere.at(cell.run);
        const auto known = std::find_if(study.runs.begin(), study.runs.end(), [&own](const StudyRun& one) {
            return one.arm == own.arm && one.task == own.task && one.seed == own.seed && one.rate == own.rate;
        });
        if (known == study.runs.end()) {
            study.runs.push_back(own);
        } else if (known->run != own.run && !isFinished(reader, known->run)) {
            // It would be trained for nothing.
            HILO_CHECK(dequeue(store, known->run));
            HILO_TRY(const fs::path folder, store.project().pathOfRun(known->run));
            std::error_code code;
            if (!fs::exists(folder / "events.ndjson", code) && !isOfAnotherStudy(store.project(), study, known->run))
                HILO_CHECK(deleteRun(store, known->run));
            known->run = own.run;
        }
    }
    return {};
}

} // namespace

Result<StudyImported> importStudy(RunStore& store, const StudyRecord& record, const StudyImport& options)
{
    const Project& project = store.project();
    StudyImported report;
    HILO_TRY(Study study, parseStudy(record.study, "the record", studyFile(project, "any").parent_path()));
    if (!options.name.empty())
        study.name = options.name;
    report.study = study.name;
    HILO_CHECK(relocate(study.spec, options));
    HILO_TRY(const FileLock lock, lockStudy(project, study.name));
    HILO_TRY([[maybe_unused]] const ScanReport before, store.scan());
    std::vector<StudyRun> cells = study.runs;
    std::error_code code;
    report.isNew = !fs::exists(studyFile(project, study.name), code);
    if (report.isNew) {
        study.runs.clear();
    } else {
        HILO_TRY(Study own, readStudy(project, study.name));
        HILO_CHECK(relocate(own.spec, options));
        HILO_TRY(cells, mergeStudies(own, study));
        study = std::move(own);
    }
    ContentCheck content(project, report);
    HILO_CHECK(content.checkFiles(record, study.spec));
    std::map<std::string, RunSpec> specs;
    for (const StudyRun& cell : cells)
        specs.emplace(cell.run, specOf(study, cell));
    for (const RecordedRun& run : record.runs)
        HILO_CHECK(content.check(specs.at(run.id), run));
    std::map<std::string, std::string> idHere;
    {
        HILO_TRY(RunImporter importer, RunImporter::of(store));
        for (const RecordedRun& run : record.runs) {
            HILO_TRY(idHere[run.id], importer.bring(run, specs.at(run.id), report));
        }
    }
    HILO_TRY([[maybe_unused]] const ScanReport after, store.scan());
    HILO_CHECK(fillCells(study, cells, idHere, store));
    HILO_CHECK(writeStudy(project, study));
    return report;
}

} // namespace hilo
