// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "checks.h"
#include "console.h"
#include "project_commands.h"
#include "study_commands.h"

#include "base/atomic_file.h"
#include "base/shown_bytes.h"
#include "study/study_import.h"
#include "study/study_record.h"
#include "study/study_store.h"

namespace hilo::cli {
namespace {

struct RecordOptions
{
    std::string folder, name, file, model;
    std::vector<std::string> tasks;
};

Status archiveStudy(Console& console, const RecordOptions& options)
{
    HILO_CHECK(checkFolderOf(options.file));
    HILO_TRY(const Project project, Project::open(options.folder));
    HILO_TRY(const Study study, readStudy(project, options.name));
    HILO_TRY(RunReader reader, openReader(project, console));
    HILO_TRY(const StudyRecord record, recordOf(study, project, reader));
    const std::string bytes = recordBytes(record);
    HILO_CHECK(writeFileAtomically(options.file, bytes));
    const auto count = static_cast<std::int64_t>(record.runs.size());
    console.printJson({{"study", options.name}, {"file", options.file}, {"runs", count}, {"bytes", bytes.size()}});
    console.print("Wrote " + counted(count, "finished run") + " of study " + options.name + " to " + options.file +
                  ", " + shownBytes(bytes.size()) + ". \"hilo study import DIR " + options.file +
                  "\" brings them into a project.");
    return {};
}

Result<StudyImport> importOptions(const RecordOptions& options)
{
    StudyImport import{options.name, options.model, {}};
    for (const std::string& text : options.tasks) {
        const auto colon = text.find(':');
        if (colon == std::string::npos || colon == 0 || colon + 1 == text.size() ||
            !import.tasks.emplace(text.substr(0, colon), text.substr(colon + 1)).second)
            return failure(wrongUsage("--task expects NAME:FILE-OR-FOLDER, each name once, not \"" + text + "\""));
    }
    return import;
}

Status importNamed(Console& console, const RecordOptions& options)
{
    HILO_TRY(const StudyImport import, importOptions(options));
    HILO_TRY(const std::string bytes, readFile(options.file));
    HILO_TRY(const StudyRecord record, parseRecord(bytes, options.file));
    HILO_TRY(RunStore store, openScannedStore(options.folder, console));
    HILO_TRY(const StudyImported imported, importStudy(store, record, import));
    console.printJson({{"study", imported.study},
                       {"new", imported.isNew},
                       {"added", imported.added},
                       {"known", imported.known},
                       {"notes", imported.notes}});
    for (const std::string& note : imported.notes)
        console.print("Note: " + note);
    console.print((imported.isNew ? "New study " : "Joined to study ") + imported.study + ": " +
                  counted(imported.added, "run") + " added, " + std::to_string(imported.known) +
                  " were there. Results: hilo study show " + options.folder + " --name " + imported.study);
    return {};
}

} // namespace

void addStudyRecordCommands(CLI::App& study, const std::function<void(Work)>& chosen)
{
    CLI::App* archive = study.add_subcommand(
        "archive", "write a study and the results of its finished runs into one small file, without adapters");
    const auto archived = std::make_shared<RecordOptions>();
    archive->add_option("DIR", archived->folder, "project folder")->required();
    archive->add_option("--name", archived->name, "name of the study")->required();
    archive->add_option("--out", archived->file, "the file to write")->required();
    archive->callback([=] { chosen([=](Console& console) { return archiveStudy(console, *archived); }); });

    CLI::App* importing = study.add_subcommand(
        "import", "bring the study of such a file into a project, or join it to the study of its name there");
    const auto imported = std::make_shared<RecordOptions>();
    importing->add_option("DIR", imported->folder, "project folder")->required();
    importing->add_option("FILE", imported->file, "that hilo study archive wrote")->required();
    importing->add_option("--name", imported->name, "of the study here; else as it was");
    importing->add_option("--model", imported->model,
                          "where its base model lies here; else as it was from the project");
    importing
        ->add_option("--task", imported->tasks, "NAME:FILE-OR-FOLDER: where a task's data lie here; may be repeated")
        ->allow_extra_args(false);
    importing->callback([=] { chosen([=](Console& console) { return importNamed(console, *imported); }); });
}

} // namespace hilo::cli
