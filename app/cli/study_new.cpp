// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "checks.h"
#include "console.h"
#include "numbers.h"
#include "profile_files.h"
#include "project_commands.h"
#include "study_commands.h"

#include "base/text_table.h"
#include "formats/model_source.h"
#include "study/study_changes.h"
#include "study/study_estimate.h"
#include "study/study_runs.h"
#include "study/study_store.h"
#include "study/study_verdict.h"
#include "study/study_work.h"

#include <filesystem>

namespace hilo::cli {
namespace {

struct StudyOptions
{
    StudyRequest request;
    std::string folder;
    std::vector<std::string> profiles, devices;
    bool plan = false, work = false;
    std::shared_ptr<NoticeOptions> notices;
};

std::string quotedWord(const std::string& word)
{
    constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=.,:/+@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos)
        return word;
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

/// The command as a shell reads it again, but for what says only when to work and whom to tell, whose address may be a
/// secret.
std::string typedCommand(const CLI::App& command)
{
    std::string text = "hilo study " + command.get_name();
    for (const CLI::Option* option : command.get_options()) {
        const std::string name = option->get_name();
        if (option->count() == 0 || name == "--work" || name == "--plan" || name == "--devices" || name == "--help" ||
            isNoticeOption(name))
            continue;
        const bool isFlag = option->get_expected_max() == 0;
        if (isFlag)
            text += " " + name;
        else
            for (const std::string& value : option->results())
                text += (name.starts_with('-') ? " " + name : "") + " " + quotedWord(value);
    }
    return text;
}

void printNotes(Console& console, const std::vector<StudyNote>& notes)
{
    for (const std::string& note : inWords(notes))
        console.print("Note: " + note);
}

/// The two allocations whose steps differ most, for programs that say it in words of their own; null: all alike.
Json stepSizesAsJson(const std::vector<StudyNote>& notes)
{
    for (const StudyNote& note : notes)
        if (note.kind == StudyNoteKind::StepSizes)
            return {{"least", {{"allocation", note.names[0]}, {"scaling", note.numbers[0]}}},
                    {"most", {{"allocation", note.names[1]}, {"scaling", note.numbers[1]}}}};
    return nullptr;
}

Json mapNotesAsJson(const std::vector<StudyNote>& notes)
{
    Json list = Json::array();
    for (const StudyNote& note : notes)
        if (note.kind == StudyNoteKind::OfMap)
            list.push_back({{"allocation", note.names[0]}, {"text", note.names[1]}});
    return list;
}

std::string describedTime(const StudyEstimate& estimate)
{
    if (estimate.seconds)
        return "about " + seconds(*estimate.seconds) + " on one device, by " + estimate.timeFrom;
    return "time " + estimate.timeFrom;
}

/// What the study is and takes, before or after it is begun.
Status tellPlan(Console& console, const Study& study, const ModelConfig& model, RunReader& reader,
                const std::vector<StudyNote>& notes, std::int64_t queued, bool isPlan)
{
    HILO_TRY(const StudyEstimate estimate, estimateStudy(study, model, reader));
    Json tasks = Json::array();
    std::string names;
    for (const TaskSpec& task : study.spec.tasks) {
        tasks.push_back(nameOfTask(task));
        names += (names.empty() ? "" : ", ") + nameOfTask(task);
    }
    console.printJson({{"study", study.name},
                       {"joint", study.joint},
                       {"equal", nameOf(study.equal)},
                       {"tasks", tasks},
                       {"seeds", study.seeds},
                       {"allocations", armsAsJson(study)},
                       {"estimate", toJson(estimate)},
                       {"queued", queued},
                       {"planned_only", isPlan},
                       {"notes", inWords(notes)},
                       {"step_sizes", stepSizesAsJson(notes)},
                       {"map_notes", mapNotesAsJson(notes)}});
    console.print("Tasks: " + names + (study.joint ? ", trained together" : "") + "; " +
                  counted(static_cast<std::int64_t>(study.seeds.size()), "seed"));
    console.printLines(alignedTable(armRows(study)));
    printNotes(console, notes);
    console.print(counted(estimate.missingRuns, "run") + " to train of " + std::to_string(estimate.runs) + ": " +
                  describedTime(estimate) + "; " + bytes(static_cast<std::uint64_t>(estimate.diskBytes)) +
                  " of disk, at most " + bytes(static_cast<std::uint64_t>(estimate.memoryBytes)) +
                  " of memory for one");
    return {};
}

/// Of --plan: what would be planned by now, and nothing written but the index.
Status showPlan(Console& console, RunStore& store, Study study, const ModelConfig& model,
                const std::vector<StudyNote>& notes)
{
    HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan(console.progress()));
    HILO_TRY(RunReader reader, RunReader::open(store.project()));
    HILO_CHECK(planRuns(study, store.project(), reader));
    return tellPlan(console, study, model, reader, notes, 0, true);
}

Status finishNew(Console& console, RunStore& store, const StudyOptions& options, const ModelConfig& model,
                 const std::vector<StudyNote>& notes, std::int64_t queued)
{
    const std::string& name = options.request.name;
    {
        HILO_TRY(const Study study, readStudy(store.project(), name));
        HILO_TRY(RunReader reader, RunReader::open(store.project()));
        HILO_CHECK(tellPlan(console, study, model, reader, notes, queued, false));
    }
    if (options.work)
        return workOnStudy(store, name, options.folder, options.devices, *options.notices, console);
    console.print("Train them with: hilo study run " + options.folder + " --name " + name);
    return {};
}

Result<RunStore> storeFor(const Project& project)
{
    // A project that was never worked in may lack the folder.
    std::error_code code;
    std::filesystem::create_directories(project.runsFolder(), code);
    return RunStore::open(project);
}

Status makeNew(Console& console, const StudyOptions& options)
{
    HILO_TRY(const Project project, Project::open(options.folder));
    const std::filesystem::path file = studyFile(project, options.request.name);
    std::error_code code;
    if (std::filesystem::exists(file, code))
        return failure(badInput(file.string(), {}, "The project has a study \"" + options.request.name + "\" already.",
                                "Choose another --name; hilo study extend adds to the one that there is."));
    HILO_TRY(RunSpec spec, studySpec(options.request));
    HILO_TRY(const ModelSource model, openModel(spec.modelPath));
    HILO_TRY(const auto profiles, readProfiles(options.profiles, model, console.progress()));
    std::vector<StudyNote> notes;
    HILO_TRY(const Study study, newStudy(options.request, std::move(spec), model.config, profiles, notes));
    HILO_TRY(RunStore store, storeFor(project));
    if (options.plan)
        return showPlan(console, store, study, model.config, notes);
    HILO_TRY(const std::int64_t queued, hilo::addStudy(store, study));
    return finishNew(console, store, options, model.config, notes, queued);
}

Status extend(Console& console, const StudyOptions& options)
{
    HILO_TRY(const Project project, Project::open(options.folder));
    HILO_TRY(Study known, readStudy(project, options.request.name));
    HILO_TRY(const ModelSource model, openModel(known.spec.modelPath));
    HILO_TRY(const auto profiles, readProfiles(options.profiles, model, console.progress()));
    std::vector<StudyNote> notes;
    HILO_TRY(RunStore store, storeFor(project));
    if (options.plan) {
        HILO_CHECK(extendStudy(known, options.request, model.config, profiles, notes));
        return showPlan(console, store, std::move(known), model.config, notes);
    }
    HILO_TRY(const std::int64_t queued, changeStudy(store, options.request.name, [&](Study& study) {
                 return extendStudy(study, options.request, model.config, profiles, notes);
             }));
    return finishNew(console, store, options, model.config, notes, queued);
}

/// What both commands have.
std::shared_ptr<StudyOptions> addCommon(CLI::App& command)
{
    const auto options = std::make_shared<StudyOptions>();
    StudyRequest& request = options->request;
    command.add_option("DIR", options->folder, "project folder")->required();
    command.add_option("--name", request.name, "name of the study")->required();
    command
        .add_option("--task", request.tasks,
                    "NAME:FILE-OR-FOLDER; a benchmark where NAME is one's, with the run spec's settings where it has a "
                    "task NAME. May be repeated")
        ->allow_extra_args(false);
    command
        .add_option("--metric", request.metrics,
                    "METRIC or TASK=METRIC: the number that is compared; else the benchmark's, accuracy or loss")
        ->allow_extra_args(false);
    command
        .add_option("--strategy", request.strategies,
                    "NAME, NAME:key=value;key=value or LABEL=NAME:…; may be repeated. The first allocation is what "
                    "others are compared with")
        ->allow_extra_args(false);
    command.add_option("--map", request.maps, "FILE or LABEL=FILE: an allocation map; may be repeated")
        ->allow_extra_args(false);
    command
        .add_option("--budget", request.budgets,
                    "trainable parameters of the first allocation, several with commas between: 20k,60k,200k")
        ->delimiter(',');
    command.add_option("--profile", options->profiles, "complexity profile")->allow_extra_args(false);
    command.add_flag("--plan", options->plan, "say how many runs, parameters, hours and gigabytes, and write nothing");
    command.add_flag("--work", options->work, "train the queue at once");
    command.add_option("--devices", options->devices, "of --work, as for hilo work")->delimiter(',');
    options->notices = addStudyNotices(command);
    return options;
}

void addNewStudy(CLI::App& study, const std::function<void(Work)>& chosen)
{
    CLI::App* command = study.add_subcommand("new", "plan a study and queue its runs");
    const auto options = addCommon(*command);
    StudyRequest& request = options->request;
    request.seeds = {1, 2, 3};
    command->add_option("--run", request.run, "run spec: model and settings; its map and seed are replaced")
        ->required();
    command->add_option("--seeds", request.seeds, "")->delimiter(',')->capture_default_str();
    command->add_flag("--joint", request.joint, "one run trains all tasks; else each task has runs of its own");
    command->add_option("--equal", request.equal, "what the allocations have in common at a budget")
        ->check(CLI::IsMember({"parameters", "total-rank", "active", "none"}))
        ->capture_default_str();
    command
        ->add_option(
            "--scale", request.scale,
            "of what experts give: run (as the run spec says), same (the first allocation's mean for all) or a "
            "number for all")
        ->capture_default_str();
    command
        ->add_option("--rate-search", request.rates,
                     "learning rates: each allocation's is chosen by short runs, on validation data")
        ->delimiter(',');
    command->add_option("--rate-steps", request.rateSteps, "of a run of the search; 0: as many as the run has")
        ->check(notNegative)
        ->capture_default_str();
    command->add_option("--rate-seed", request.rateSeed, "of all short runs")
        ->check(notNegative)
        ->capture_default_str();
    command->add_flag("--halving", request.halving,
                      "after 1, 2, 4, … seeds the worse half by validation data gets no further ones");
    command->callback([=] {
        options->request.command = typedCommand(*command);
        chosen([=](Console& console) { return makeNew(console, *options); });
    });
}

void addExtend(CLI::App& study, const std::function<void(Work)>& chosen)
{
    CLI::App* command = study.add_subcommand(
        "extend", "add tasks, allocations, budgets or seeds to a study; what it has is not trained again");
    const auto options = addCommon(*command);
    command->add_option("--seeds", options->request.seeds, "further seeds")->delimiter(',');
    command->callback([=] {
        options->request.command = typedCommand(*command);
        chosen([=](Console& console) { return extend(console, *options); });
    });
}

} // namespace

void addStudyNewCommands(CLI::App& study, const std::function<void(Work)>& chosen)
{
    addNewStudy(study, chosen);
    addExtend(study, chosen);
}

} // namespace hilo::cli
