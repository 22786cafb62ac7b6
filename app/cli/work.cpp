// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "compare/filter.h"
#include "console.h"
#include "notice_options.h"

#include "engine/base/devices.h"
#include "index/run_reader.h"
#include "queue/only_worker.h"
#include "slurm_work.h"

#include <algorithm>

namespace hilo::cli {
namespace {

Status checkDevices(const std::vector<std::string>& devices)
{
    for (const std::string& device : devices) {
        const bool isCuda = device.starts_with("cuda:") && device.size() > 5 && device.size() < 9 &&
                            device.find_first_not_of("0123456789", 5) == std::string::npos;
        if (device != "cpu" && !isCuda)
            return failure(wrongUsage("\"" + device + "\" is no device", "use cpu, cuda:0, cuda:1, …"));
        if (isCuda && std::count(devices.begin(), devices.end(), device) > 1)
            return failure(wrongUsage(device + " is named twice", "only cpu may be: cpu,cpu lets two runs share it"));
    }
    return {};
}

} // namespace

/// What a person who ends the worker wants to know: the runs do not end with it.
Error endedEarly(const Project& project, const std::string& folder)
{
    Error error = cancelled();
    std::vector<RunSummary> live;
    if (auto reader = RunReader::open(project))
        if (auto runs = reader->runs(Filter::parse("state in (running, paused)").value()))
            live = std::move(*runs);
    error.message = "No more runs are started.";
    for (const RunSummary& run : live)
        error.message += " " + run.id + " goes on by itself.";
    error.hint = "\"hilo work " + folder + "\" takes the queue up again";
    if (!live.empty())
        error.hint += "; \"hilo project control " + folder + " stop " + live.front().id + "\" stops a run";
    error.hint += ".";
    return error;
}

/// The last line of the worker's report.
Result<std::string> leftIn(RunStore& store, const std::string& folder, bool wasEmpty)
{
    HILO_TRY(const std::vector<QueuedRun> queue, queuedRuns(store.database()));
    if (!queue.empty())
        return std::to_string(queue.size()) + (queue.size() == 1 ? " run is" : " runs are") + " left in the queue.";
    return "The queue is empty." +
           (wasEmpty ? " \"hilo project queue " + folder + " ID\" puts a run into it." : std::string());
}

void addWork(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("work", "train a project's queued runs, one at a time on each device or set of devices");
    struct Options
    {
        std::string folder;
        std::vector<std::string> devices, sbatch;
        bool keepWaiting = false, unlessServed = false, slurm = false;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("DIR", options->folder, "project folder")->required();
    command
        ->add_option("--devices", options->devices,
                     "one run at a time on each: cpu, cuda:0, …; every GPU by default; cpu,cpu serves two at a time")
        ->delimiter(',');
    command
        ->add_flag("--slurm", options->slurm,
                   "give each run to Slurm as a job, and submit it anew when its job ends before it")
        ->excludes(command->get_option("--devices"));
    command->add_option("SBATCH", options->sbatch,
                        "with --slurm, after --: options of sbatch (--partition=gpu --time=2:00:00 --gpus=1 …)");
    command->add_flag("--wait", options->keepWaiting, "do not end when the queue is empty");
    command->add_flag("--unless-served", options->unlessServed,
                      "end at once when another worker of this project serves one of the devices; without it this one "
                      "waits until that one ends");
    const auto notices = addNoticeOptions(*command, "whenever a run ends or stands still, and at the end of the queue",
                                          NoticeEnvironment::Read);
    command->callback([=] {
        chosen([options, notices](Console& console) -> Status {
            if (!options->slurm && !options->sbatch.empty())
                return failure(wrongUsage("\"" + options->sbatch.front() + "\" is one word too many",
                                          "options of sbatch need --slurm and stand after --"));
            HILO_CHECK(checkTargets(notices->targets));
            HILO_CHECK(checkDevices(options->devices));
            HILO_TRY(const Project project, Project::open(options->folder));
            HILO_TRY(RunStore store, RunStore::open(project));
            Json said = Json::array();
            const auto say = [&](const std::string& text) {
                console.print(text);
                said.push_back(text);
            };
            HILO_TRY(const auto sender, openNoticeSender(*notices, project.folder().string()));
            const auto notify = [&sender](const WorkNotice& notice) { sender->send(notice); };
            Status worked;
            if (options->slurm) {
                SlurmWorkOptions work;
                work.sbatchOptions = options->sbatch;
                work.untilEmpty = !options->keepWaiting;
                work.say = say;
                work.notify = notify;
                work.stop = console.cancelFlag();
                worked = workBySlurm(store, std::move(work), options->unlessServed);
            } else {
                WorkOptions work;
                work.devices = options->devices.empty() ? ownDevices() : options->devices;
                work.untilEmpty = !options->keepWaiting;
                work.say = say;
                work.notice = notify;
                work.stop = console.cancelFlag();
                worked = workAlone(store, work, options->unlessServed ? WhenServed::Leave : WhenServed::Wait);
            }
            if (worked) {
                const bool did = !said.empty();
                HILO_TRY(const std::string last, leftIn(store, options->folder, said.empty()));
                say(last);
                if (did)
                    sender->send({WorkNotice::Kind::QueueEmpty, {}, last});
            } else if (worked.error().code == ErrorCode::Cancelled) {
                worked = failure(endedEarly(project, options->folder));
            }
            console.printJson({{"messages", said}});
            return worked;
        });
    });
}

} // namespace hilo::cli
