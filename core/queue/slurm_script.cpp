// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/slurm_script.h"

#include "base/text_format.h"

namespace hilo {
namespace {

/// Of the processes of one node: "cpu,cpu", "cuda:0,cuda:1".
std::string localDevices(const QueuedRun& run)
{
    std::vector<std::string> devices;
    for (int i = 0; i < run.devices; ++i)
        devices.push_back(run.device.starts_with("cuda") ? "cuda:" + std::to_string(i) : "cpu");
    return joined(devices, ",");
}

} // namespace

std::string slurmScript(const Project& project, const QueuedRun& run, const std::filesystem::path& program)
{
    const std::string folder = (project.runsFolder() / run.id).string();
    std::vector<std::string> first = {program.string(),          "train", "--project",
                                      project.folder().string(), "--run", run.id};
    std::vector<std::string> next = {program.string(), "resume", folder};
    const std::vector<std::string> places = {"--devices", localDevices(run)};
    return "#!/bin/bash\n"
           "# Made by \"hilo work --slurm\"; made anew at each submission.\n"
           "set -u\n"
           // Where all processes of a run on several nodes find the first one.
           "export MASTER_ADDR=${MASTER_ADDR:-$(hostname)}\n"
           "if [ -s " +
           shellCommand({folder + "/events.ndjson"}) + " ]; then\n    set -- " + shellCommand(next) +
           "\nelse\n    set -- " + shellCommand(first) +
           "\nfi\n"
           "if [ \"${SLURM_NTASKS:-1}\" -gt 1 ]; then\n"
           "    exec srun --kill-on-bad-exit=1 \"$@\"\n"
           "fi\n"
           "exec \"$@\"" +
           (run.devices > 1 ? " " + shellCommand(places) : std::string()) + "\n";
}

std::vector<std::string> slurmOptions(const Project& project, const QueuedRun& run, const std::string& jobName,
                                      const SlurmNeeds& needs, const std::vector<std::string>& own)
{
    const std::string log = (project.runsFolder() / run.id / "log.txt").string();
    std::vector<std::string> options = {"--job-name=" + jobName,
                                        "--chdir=" + project.folder().string(),
                                        "--output=" + log,
                                        "--open-mode=append",
                                        "--requeue",
                                        "--signal=B:USR1@" + std::to_string(needs.notice.count())};
    if (needs.memoryBytes > 0)
        options.push_back("--mem=" + std::to_string((needs.memoryBytes >> 20) + 1) + "M");
    if (run.device.starts_with("cuda"))
        options.push_back("--gpus-per-node=" + std::to_string(run.devices));
    else if (run.devices > 1)
        options.push_back("--cpus-per-task=" + std::to_string(run.devices));
    options.insert(options.end(), own.begin(), own.end());
    return options;
}

} // namespace hilo
