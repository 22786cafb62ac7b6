// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shown_text.h"
#include "base/text_format.h"
#include "base/text_table.h"
#include "console.h"
#include "numbers.h"
#include "project_commands.h"

#include "compare/filter.h"
#include "project/missing_run.h"
#include "run/checkpoints.h"
#include "run/event_time.h"
#include "run/provenance.h"

namespace hilo::cli {
namespace {

/// A process that has been silent for so long is mentioned.
constexpr std::int64_t silentMinutes = 10;

template <class T>
Json optionalJson(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json timeJson(const std::optional<std::int64_t>& milliseconds)
{
    return milliseconds ? Json(formatTime(*milliseconds)) : Json(nullptr);
}

Json asJson(const RunSummary& run)
{
    return {{"id", run.id},
            {"name", run.name},
            {"state", run.state},
            {"seed", optionalJson(run.seed)},
            {"step", optionalJson(run.lastStep)},
            {"steps", optionalJson(run.totalSteps)},
            {"accuracy", optionalJson(run.accuracy)},
            {"interval",
             run.intervalLow && run.intervalHigh ? Json::array({*run.intervalLow, *run.intervalHigh}) : Json(nullptr)},
            {"trainable_parameters", optionalJson(run.trainableParameters)},
            {"active_parameters", optionalJson(run.activeParameters)},
            {"started", timeJson(run.startedAt)},
            {"ended", timeJson(run.endedAt)},
            {"last_event", timeJson(run.lastEventAt)},
            {"silent_seconds", run.silentMilliseconds ? Json(*run.silentMilliseconds / 1000) : Json(nullptr)},
            {"seconds", optionalJson(run.seconds)},
            {"peak_memory_bytes", optionalJson(run.peakMemoryBytes)},
            {"queue_position", optionalJson(run.queuePosition)},
            {"error", run.errorMessage},
            {"hint", run.errorHint},
            {"problem", run.problem}};
}

std::string stateText(const RunSummary& run)
{
    const std::int64_t minutes = run.silentMilliseconds.value_or(0) / 60000;
    return minutes < silentMinutes ? run.state : run.state + ", no signal for " + std::to_string(minutes) + " min";
}

std::string stepText(const RunSummary& run)
{
    if (!run.lastStep && !run.totalSteps)
        return "-";
    const std::string step = withSeparators(run.lastStep.value_or(0));
    return run.totalSteps ? step + " of " + withSeparators(*run.totalSteps) : step;
}

Status list(Console& console, const std::string& folder, const std::string& filterText)
{
    HILO_TRY(const Filter filter, Filter::parse(filterText));
    HILO_TRY(const Project project, Project::open(folder));
    HILO_TRY(RunReader reader, openReader(project, console));
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs(filter));
    Json documents = Json::array();
    std::vector<std::vector<std::string>> table{{"run", "state", "step", "accuracy", "remark"}};
    for (const RunSummary& run : runs) {
        documents.push_back(asJson(run));
        table.push_back({run.id, stateText(run), stepText(run), run.accuracy ? percent(*run.accuracy) : "-",
                         run.problem.empty() ? run.errorMessage : run.problem});
    }
    console.printJson({{"project", project.name()}, {"runs", documents}});
    console.printLines(!runs.empty()        ? alignedTable(table)
                       : filterText.empty() ? "No runs."
                                            : "No run passes the filter.");
    return {};
}

Json provenanceJson(const std::filesystem::path& runFolder)
{
    const auto document = readJsonFile(runFolder / "provenance.json");
    return document ? *document : Json(nullptr);
}

Status show(Console& console, const std::string& folder, const std::string& id)
{
    HILO_TRY(const Project project, Project::open(folder));
    HILO_TRY(RunReader reader, openReader(project, console));
    HILO_TRY(const std::filesystem::path runFolder, project.pathOfRun(id));
    const auto known = reader.run(id);
    if (!known)
        return failure(known.error().code == ErrorCode::BadInput ? missingRun(project, id) : known.error());
    const RunSummary& run = *known;
    HILO_TRY(const std::vector<Setting> settings, reader.settings(id));
    HILO_TRY(const std::vector<Checkpoint> checkpoints, listCheckpoints(runFolder, true, console.progress()));
    console.endProgress();

    Json document = asJson(run);
    document["folder"] = runFolder.string();
    document["settings"] = Json::object();
    std::string text =
        run.id + ": " + stateText(run) + ", step " + stepText(run) + "\n" + escaped(runFolder.string()) + "\n";
    for (const std::string& remark : {run.errorMessage, run.errorHint, run.problem})
        text += remark.empty() ? "" : escaped(remark) + "\n";
    std::vector<std::vector<std::string>> table{{"setting", "value"}};
    for (const Setting& setting : settings) {
        document["settings"][setting.key] = setting.text ? Json(*setting.text) : Json(setting.number.value_or(0));
        table.push_back({setting.key, shownValue(setting)});
    }
    text += "\n" + alignedTable(table);
    document["checkpoints"] = Json::array();
    table = {{"checkpoint", "size", "state"}};
    for (const Checkpoint& checkpoint : checkpoints) {
        document["checkpoints"].push_back({{"step", checkpoint.step},
                                           {"bytes", checkpoint.bytes},
                                           {"valid", checkpoint.valid},
                                           {"pinned", checkpoint.pinned},
                                           {"problem", checkpoint.problem}});
        table.push_back({"step " + withSeparators(checkpoint.step), bytes(checkpoint.bytes),
                         (checkpoint.valid ? std::string("valid") : "not usable: " + checkpoint.problem) +
                             (checkpoint.pinned ? ", pinned" : "")});
    }
    if (!checkpoints.empty())
        text += "\n" + alignedTable(table);
    document["provenance"] = provenanceJson(runFolder);
    if (const auto made = readProvenance(runFolder)) {
        text += "\nMade with hilo " + made->program + ", LibTorch " + made->libtorch + ", on " + made->processor +
                (made->gpus.empty() ? "" : " and " + made->gpus.front()) + ", " + made->host + "\n";
        if (!made->command.empty())
            text += "Repeat it, in its folder: " + escaped(shellCommand(made->command)) + "\n";
    }
    console.printJson(document);
    console.printLines(text);
    return {};
}

} // namespace

void addProjectListCommands(CLI::App& project, const std::function<void(Work)>& chosen)
{
    struct Options
    {
        std::string folder, filter, id;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command = project.add_subcommand("list", "the runs and their states");
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("--filter", options->filter, "for example: state = failed");
    command->callback(
        [=] { chosen([options](Console& console) { return list(console, options->folder, options->filter); }); });

    command = project.add_subcommand("show", "one run: its settings, checkpoints and origin");
    command->add_option("DIR", options->folder, "project folder")->required();
    command->add_option("ID", options->id, "the run")->required();
    command->callback(
        [=] { chosen([options](Console& console) { return show(console, options->folder, options->id); }); });
}

} // namespace hilo::cli
