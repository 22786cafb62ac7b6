// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "console.h"
#include "numbers.h"
#include "project_commands.h"
#include "study_commands.h"

#include "base/text_table.h"
#include "engine/base/devices.h"
#include "queue/only_worker.h"
#include "run/expert_scale.h"
#include "run/run_settings.h"
#include "study/study_runs.h"
#include "study/study_store.h"
#include "study/study_work.h"

namespace hilo::cli {
namespace {

struct NamedStudy
{
    std::string folder, name;
    std::vector<std::string> devices;
    bool withRuns = false;
    std::shared_ptr<NoticeOptions> notices;
};

Status runStudy(Console& console, const NamedStudy& options)
{
    HILO_TRY(RunStore store, openStore(options.folder));
    HILO_TRY(const std::int64_t queued, advanceStudy(store, options.name, true));
    if (queued > 0)
        console.print("Queued " + counted(queued, "run"));
    HILO_CHECK(workOnStudy(store, options.name, options.folder, options.devices, *options.notices, console));
    HILO_TRY(const Study study, readStudy(store.project(), options.name));
    HILO_TRY(RunReader reader, RunReader::open(store.project()));
    HILO_TRY(const StudyProgress progress, progressOf(study, reader));
    console.printJson({{"study", options.name},
                       {"finished", progress.finished},
                       {"failed", progress.failed},
                       {"waiting", progress.waiting}});
    console.print(counted(progress.finished, "run") + " of study " + options.name + " finished, " +
                  std::to_string(progress.failed) + " failed. Results: hilo study show " + options.folder + " --name " +
                  options.name);
    return {};
}

Status listStudies(Console& console, const std::string& folder)
{
    HILO_TRY(const Project project, Project::open(folder));
    HILO_TRY(RunReader reader, openReader(project, console));
    Json list = Json::array();
    std::vector<std::vector<std::string>> table{{"study", "tasks", "allocations", "seeds", "finished", "failed", "of"}};
    for (const std::string& name : studyNames(project)) {
        HILO_TRY(const Study study, readStudy(project, name));
        HILO_TRY(const StudyProgress progress, progressOf(study, reader));
        list.push_back({{"name", name},
                        {"joint", study.joint},
                        {"tasks", study.spec.tasks.size()},
                        {"allocations", study.arms.size()},
                        {"seeds", study.seeds.size()},
                        {"finished", progress.finished},
                        {"failed", progress.failed},
                        {"waiting", progress.waiting},
                        {"expected_runs", expectedRuns(study)}});
        table.push_back({name, std::to_string(study.spec.tasks.size()), std::to_string(study.arms.size()),
                         std::to_string(study.seeds.size()), std::to_string(progress.finished),
                         std::to_string(progress.failed), std::to_string(progress.planned())});
    }
    console.printJson({{"studies", list}});
    console.printLines(list.empty() ? "The project has no studies; hilo study new makes one." : alignedTable(table));
    return {};
}

Status removeNamed(Console& console, const NamedStudy& options)
{
    HILO_TRY(RunStore store, openScannedStore(options.folder, console));
    HILO_CHECK(removeStudy(store, options.name, options.withRuns));
    console.printJson({{"removed", options.name}, {"with_runs", options.withRuns}});
    console.print("Removed the study " + options.name +
                  (options.withRuns ? " and its runs" : "; its runs are as they were"));
    return {};
}

std::shared_ptr<NamedStudy> addNamed(CLI::App& command)
{
    const auto options = std::make_shared<NamedStudy>();
    command.add_option("DIR", options->folder, "project folder")->required();
    command.add_option("--name", options->name, "name of the study")->required();
    return options;
}

} // namespace

std::vector<std::vector<std::string>> armRows(const Study& study)
{
    std::vector<std::vector<std::string>> rows{
        {"allocation", "budget", "trainable", "active", "total rank", "learning rate", "scaling"}};
    for (const StudyArm& arm : study.arms)
        rows.push_back({arm.label, arm.budget ? withSeparators(*arm.budget) : "", withSeparators(arm.trainable),
                        withSeparators(arm.active), withSeparators(arm.totalRank),
                        study.search && !arm.learningRate
                            ? "searched"
                            : shownNumber(arm.learningRate.value_or(study.spec.training.learningRate)),
                        shortNumber(meanExpertScale(arm.map, study.spec.training))});
    return rows;
}

Json armsAsJson(const Study& study)
{
    Json arms = Json::array();
    for (const StudyArm& arm : study.arms) {
        const bool isSearched = study.search && !arm.learningRate;
        arms.push_back(
            {{"label", arm.label},
             {"budget", arm.budget ? Json(*arm.budget) : Json()},
             {"trainable", arm.trainable},
             {"active", arm.active},
             {"total_rank", arm.totalRank},
             {"learning_rate", isSearched ? Json() : Json(arm.learningRate.value_or(study.spec.training.learningRate))},
             {"scaling", meanExpertScale(arm.map, study.spec.training)},
             {"dropped_after", arm.droppedAfter ? Json(*arm.droppedAfter) : Json()}});
    }
    return arms;
}

std::shared_ptr<NoticeOptions> addStudyNotices(CLI::App& command)
{
    return addNoticeOptions(command, "whenever a run ends or stands still, and at the end of the study",
                            NoticeEnvironment::Read);
}

namespace {

/// Until nothing is left to do; errors as workOnStudy.
Status trainStudy(RunStore& store, const std::string& name, const std::string& folder, const WorkOptions& work)
{
    for (std::int64_t queued = 1; queued > 0;) {
        const Status worked = workAlone(store, work);
        if (!worked && worked.error().code == ErrorCode::Cancelled) {
            Error error = worked.error();
            error.message = "No more runs are started; one that runs goes on by itself.";
            error.hint = "\"hilo study run " + folder + " --name " + name + "\" goes on with the study.";
            return failure(std::move(error));
        }
        HILO_CHECK(worked);
        // What has finished may have decided a rate or what is dropped.
        HILO_TRY(queued, advanceStudy(store, name, false));
    }
    return {};
}

/// How a study ended, for whoever is not watching.
Result<WorkNotice> noticeOfStudy(const RunStore& store, const std::string& name, const Status& worked)
{
    if (!worked)
        return WorkNotice{WorkNotice::Kind::Failed, {}, describe(worked.error()), name};
    HILO_TRY(const Study study, readStudy(store.project(), name));
    HILO_TRY(RunReader reader, RunReader::open(store.project()));
    HILO_TRY(const StudyProgress progress, progressOf(study, reader));
    return WorkNotice{progress.failed > 0 ? WorkNotice::Kind::Failed : WorkNotice::Kind::Finished,
                      {},
                      counted(progress.finished, "run") + " finished, " + std::to_string(progress.failed) + " failed.",
                      name};
}

} // namespace

Status workOnStudy(RunStore& store, const std::string& name, const std::string& folder,
                   const std::vector<std::string>& devices, const NoticeOptions& whom, Console& console)
{
    HILO_TRY(const auto sender, openNoticeSender(whom, store.project().folder().string()));
    WorkOptions work;
    work.devices = devices.empty() ? ownDevices() : devices;
    work.say = [&console](const std::string& text) { console.print(text); };
    work.notice = [&sender](const WorkNotice& notice) { sender->send(notice); };
    work.stop = console.cancelFlag();
    const Status worked = trainStudy(store, name, folder, work);
    if (worked || worked.error().code != ErrorCode::Cancelled)
        if (const auto notice = noticeOfStudy(store, name, worked))
            sender->send(*notice);
    return worked;
}

void addStudy(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* study = app.add_subcommand("study", "compare allocations over tasks, budgets and seeds, with intervals");
    study->require_subcommand(1);
    addStudyNewCommands(*study, chosen);

    CLI::App* run = study->add_subcommand("run", "train what a study lacks; goes on where it was stopped or killed");
    const auto runOptions = addNamed(*run);
    run->add_option("--devices", runOptions->devices, "as for hilo work: cpu, cuda:0, …; every GPU by default")
        ->delimiter(',');
    runOptions->notices = addStudyNotices(*run);
    run->callback([=] { chosen([=](Console& console) { return runStudy(console, *runOptions); }); });

    CLI::App* list = study->add_subcommand("list", "the studies of a project and how far they are");
    const auto folder = std::make_shared<std::string>();
    list->add_option("DIR", *folder, "project folder")->required();
    list->callback([=] { chosen([=](Console& console) { return listStudies(console, *folder); }); });

    addStudyShowCommand(*study, chosen);
    addStudyRecordCommands(*study, chosen);

    CLI::App* remove = study->add_subcommand("remove", "forget a study; its runs stay unless asked for otherwise");
    const auto removeOptions = addNamed(*remove);
    remove->add_flag("--with-runs", removeOptions->withRuns, "delete its runs, too, but for those of other studies");
    remove->callback([=] { chosen([=](Console& console) { return removeNamed(console, *removeOptions); }); });
}

} // namespace hilo::cli
