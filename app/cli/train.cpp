// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"
#include "result_lines.h"
#include "train_notices.h"

#include "base/shown_text.h"
#include "data/rejected_rows.h"
#include "engine/train/local_ranks.h"
#include "engine/train/train_run.h"
#include "project/project.h"

namespace hilo::cli {
namespace {

constexpr const char* noticesOfARun = "when the run ends or stands still";

Json asJson(const RunOutcome& outcome, const std::filesystem::path& folder)
{
    Json json = {{"run", folder.string()},
                 {"state", outcome.finished ? "finished" : "stopped"},
                 {"step", outcome.step},
                 {"steps", outcome.steps},
                 {"trainable_parameters", outcome.parameters.trainable()},
                 {"active_parameters", outcome.parameters.active},
                 {"seconds", outcome.seconds},
                 {"tokens", outcome.tokens},
                 {"peak_memory_bytes", outcome.peakMemory},
                 {"rejected_rows", outcome.rejectedRows},
                 {"truncated_rows", outcome.truncatedRows},
                 {"truncated_evaluation_rows", outcome.truncatedEvaluationRows},
                 {"rows_beyond_positions", outcome.rowsBeyondPositions}};
    if (outcome.results.size() == 1)
        json["evaluation"] = toJson(*outcome.evaluation);
    if (!outcome.results.empty())
        json["tasks"] = Json::object();
    for (const TaskResult& one : outcome.results)
        json["tasks"][one.task] = toJson(one.result);
    for (const TaskResult& one : outcome.watched)
        json["watched"][one.task] = toJson(one.result);
    for (const auto& [task, why] : outcome.notMeasured)
        json["not_measured"][task] = why;
    if (outcome.finished && !outcome.isFollower) {
        json["selected_step"] = outcome.selectedStep;
        json["stopped_early"] = outcome.stoppedEarly;
    }
    return json;
}

void print(Console& console, const RunOutcome& outcome, const std::filesystem::path& folder)
{
    console.printJson(asJson(outcome, folder));
    if (!outcome.finished) {
        console.print("Stopped at step " + withSeparators(outcome.step) + " of " + withSeparators(outcome.steps) +
                      "; continue with: hilo resume " + folder.string());
        return;
    }
    if (outcome.isFollower)
        return;
    const double rate = outcome.seconds > 0 ? static_cast<double>(outcome.tokens) / outcome.seconds : 0;
    console.print(withNoun(outcome.step, "step") + " in " + seconds(outcome.seconds) + ", " +
                  withSeparators(static_cast<std::int64_t>(rate)) + " tokens/s, peak memory " +
                  bytes(outcome.peakMemory));
    console.print(withNoun(outcome.parameters.trainable(), "trainable parameter") + ", " +
                  withSeparators(outcome.parameters.active) + " active per token");
    if (outcome.stoppedEarly)
        console.print("Stopped early at step " + withSeparators(outcome.step) + " of " + withSeparators(outcome.steps) +
                      ": the evaluations had stopped to improve");
    for (const TaskResult& one : outcome.results)
        console.print((outcome.results.size() + outcome.notMeasured.size() > 1 ? shown(one.task) + ": " : "") +
                      (one.result.hasAccuracy() ? accuracyLine(one.result) : lossLine(one.result)));
    // What is the run's result has been told already.
    for (const TaskResult& one : outcome.watched)
        if (outcome.notMeasured.contains(one.task))
            console.print((outcome.watched.size() > 1 ? shown(one.task) + ": " : "") + lossLine(one.result));
    for (const auto& [task, why] : outcome.notMeasured)
        console.print("Task " + shown(task) + ": " + why);
    if (outcome.truncatedRows + outcome.truncatedEvaluationRows > 0)
        console.print("Rows cut at max_length: " + withSeparators(outcome.truncatedRows) + " of training, " +
                      withSeparators(outcome.truncatedEvaluationRows) + " of evaluation");
    if (outcome.rowsBeyondPositions > 0)
        console.print("Rows longer than the positions that the model was made for: " +
                      withSeparators(outcome.rowsBeyondPositions));
    if (outcome.rejectedRows > 0)
        console.print("Rows that could not be used: " + withSeparators(outcome.rejectedRows) + ", listed in " +
                      (folder / rejectedRowsFile).string());
    console.print("Adapter: " + (folder / "adapter").string() + " (step " + withSeparators(outcome.selectedStep) + ")");
}

Status ended(Console& console, Result<RunOutcome> outcome, const std::filesystem::path& folder)
{
    HILO_CHECK(outcome);
    print(console, *outcome, folder);
    return outcome->finished ? Status() : Status(failure(cancelled()));
}

/// Goes on with a run on the devices that are named, else on those that it had.
Status goOn(Console& console, const std::filesystem::path& folder, const std::string& devices, bool changedData,
            const NoticeOptions& whom, const std::string& project)
{
    HILO_TRY(const TrainedOn before, lastTrainedOn(folder));
    HILO_TRY(LocalRanks others, LocalRanks::start(devices.empty() ? before.devices : devices));
    HILO_TRY(const auto notices, TrainNotices::start(whom, folder, project));
    Result<RunOutcome> outcome = continueRun(folder, console.progress(), changedData);
    notices->tellEnd(outcome);
    if (outcome)
        others.wait();
    return ended(console, std::move(outcome), folder);
}

} // namespace

void addTrain(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("train", "fine-tune as a run spec says, evaluate, and write the adapter");
    struct Options
    {
        std::string spec, out, project, run, devices;
        bool changedData = false;
    };
    const auto options = std::make_shared<Options>();
    auto* spec = command->add_option("RUN", options->spec, "run spec (hilo.run/1)");
    auto* out = command->add_option("--out", options->out, "the run's new folder");
    auto* project = command->add_option("--project", options->project, "project folder")->excludes(spec)->excludes(out);
    auto* run = command->add_option("--run", options->run, "id of a run in the project")->needs(project);
    project->needs(run);
    command->add_option("--devices", options->devices,
                        "train on several devices of this machine, a process each: 0,1 (GPUs) or cpu,cpu");
    command->add_flag("--changed-data", options->changedData,
                      "with --run: go on although the rows are not those that the run was begun with");
    const auto whom = addNoticeOptions(*command, noticesOfARun, NoticeEnvironment::Ignored);
    command->callback([=] {
        chosen([options, whom](Console& console) -> Status {
            if (!options->project.empty()) {
                HILO_TRY(const Project opened, Project::open(options->project));
                HILO_TRY(const auto folder, opened.runFolder(options->run));
                return goOn(console, folder, options->devices, options->changedData, *whom, opened.folder().string());
            }
            if (options->spec.empty() || options->out.empty())
                return failure(wrongUsage("expected RUN.json and --out RUN_DIR, or --project DIR and --run ID"));
            HILO_TRY(LocalRanks others, LocalRanks::start(options->devices));
            HILO_TRY(RunSpec runSpec, readRunSpec(options->spec));
            HILO_TRY(const auto notices, TrainNotices::start(*whom, options->out, {}));
            Result<RunOutcome> outcome = startRun(std::move(runSpec), options->out, console.progress());
            notices->tellEnd(outcome);
            if (outcome)
                others.wait();
            return ended(console, std::move(outcome), options->out);
        });
    });
}

void addResume(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("resume", "continue a run from its newest valid checkpoint");
    struct Options
    {
        std::string folder, devices;
        bool changedData = false;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("RUN_DIR", options->folder, "the run's folder")->required();
    command->add_option("--devices", options->devices,
                        "as many devices as the run was begun on, as for train; without it those that it had");
    command->add_flag("--changed-data", options->changedData,
                      "go on although the rows are not those that the run was begun with");
    const auto whom = addNoticeOptions(*command, noticesOfARun, NoticeEnvironment::Ignored);
    command->callback([=] {
        chosen([options, whom](Console& console) -> Status {
            return goOn(console, options->folder, options->devices, options->changedData, *whom, {});
        });
    });
}

} // namespace hilo::cli
