// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/launcher.h"

#include "base/c_strings.h"
#include "base/environment.h"
#include "base/text_format.h"
#include "run/run_lock.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Error systemError(const fs::path& path, const std::string& what)
{
    const int number = errno;
    Error error = badInput(path.string(), {}, what + ": " + std::strerror(number) + ".");
    if (number == ENOSPC || number == EDQUOT)
        error.code = ErrorCode::NoSpace;
    return error;
}

/// What torchrun, srun or hilo train --devices tells one of several processes: a trainer is none of those that this
/// process may be one of.
constexpr std::array<const char*, 14> placeNames = {"WORLD_SIZE",
                                                    "RANK",
                                                    "LOCAL_RANK",
                                                    "LOCAL_WORLD_SIZE",
                                                    "GROUP_RANK",
                                                    "ROLE_RANK",
                                                    "MASTER_ADDR",
                                                    "MASTER_PORT",
                                                    "TORCHELASTIC_USE_AGENT_STORE",
                                                    "TORCHELASTIC_RESTART_COUNT",
                                                    "HILO_DEVICE",
                                                    "HILO_DEVICES",
                                                    "SLURM_STEP_NUM_TASKS",
                                                    "SLURM_PROCID"};

/// Everything that the child needs, made before the fork: after it only calls that are safe in any state are allowed.
struct ChildPlan
{
    std::string program;
    std::vector<char*> arguments, environment;
    std::vector<int> locks;
    int log = -1, gate = -1;
};

/// Waits for a byte; false: the other side ended without one.
bool takesByte(int descriptor)
{
    char byte = 0;
    ssize_t got = -1;
    do
        got = ::read(descriptor, &byte, 1);
    while (got < 0 && errno == EINTR);
    return got == 1;
}

[[noreturn]] void becomeTrainer(const ChildPlan& plan)
{
    setsid();
    // From here on a signal to the group reaches this process; the parent waits for the word.
    [[maybe_unused]] const ssize_t told = ::send(plan.gate, "s", 1, MSG_NOSIGNAL);
    // The parent opens the gate once process.json is written; when it dies before, the read ends without a byte.
    if (!takesByte(plan.gate))
        _exit(125);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD})
        ::signal(signal, SIG_DFL);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(plan.log, STDOUT_FILENO);
    dup2(plan.log, STDERR_FILENO);
    for (const int lock : plan.locks)
        fcntl(lock, F_SETFD, 0);
    execve(plan.program.c_str(), plan.arguments.data(), plan.environment.data());
    constexpr char message[] = "hilo: the trainer cannot be started\n";
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    _exit(127);
}

/// A device as the trainer's CUDA_VISIBLE_DEVICES names it. This process may see only some of the machine's GPUs
/// itself, and counts from 0 all the same.
std::string visibleName(const std::string& device)
{
    if (!device.starts_with("cuda:"))
        return {};
    const std::string number = device.substr(5);
    const char* const seen = std::getenv("CUDA_VISIBLE_DEVICES");
    std::stringstream names(seen ? seen : "");
    std::string name;
    for (long skipped = std::strtol(number.c_str(), nullptr, 10); skipped >= 0; --skipped)
        if (!std::getline(names, name, ','))
            return number;
    return name;
}

} // namespace

fs::path ownProgram()
{
    // Also right after the file was replaced by an update: the link leads to the program that runs.
    return "/proc/self/exe";
}

Result<ProcessIdentity> launchRun(const Project& project, const std::string& id, const Launch& launch,
                                  const FileLock& runLock, const std::vector<FileLock>& slotLocks)
{
    HILO_TRY(const fs::path folder, project.runFolder(id));
    std::vector<std::string> arguments = {"hilo", "train", "--project", project.folder().string(), "--run", id};
    if (launch.resume)
        arguments = {"hilo", "resume", folder.string()};
    if (launch.devices.size() > 1)
        arguments.insert(arguments.end(), {"--devices", joined(launch.devices, ",")});
    const std::string token = randomToken();
    std::vector<std::pair<std::string, std::string>> replaced = {{runTokenName, token}};
    if (launch.choosesDevice && launch.devices.size() == 1)
        replaced.emplace_back("CUDA_VISIBLE_DEVICES", visibleName(launch.devices.front()));
    std::vector<std::string> environment = environmentWith(replaced, placeNames);

    ChildPlan plan{launch.program.string(), pointersTo(arguments), pointersTo(environment), {runLock.descriptor()}};
    for (const FileLock& lock : slotLocks)
        plan.locks.push_back(lock.descriptor());
    plan.log = open((folder / "log.txt").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (plan.log < 0)
        return failure(systemError(folder / "log.txt", "Cannot be written"));
    int gate[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, gate) != 0) {
        ::close(plan.log);
        return failure(systemError(folder, "No pair of sockets can be made"));
    }
    plan.gate = gate[0];
    const pid_t pid = fork();
    if (pid == 0) {
        ::close(gate[1]);
        becomeTrainer(plan);
    }
    const Error forkError = systemError(folder, "No process can be made");
    ::close(plan.log);
    ::close(gate[0]);
    if (pid < 0) {
        ::close(gate[1]);
        return failure(forkError);
    }
    const auto begin = [&]() -> Result<ProcessIdentity> {
        if (!takesByte(gate[1]))
            return failure(systemError(folder, "The trainer ended at once"));
        HILO_TRY(ProcessIdentity identity, identify(pid));
        identity.token = token;
        identity.device = joined(launch.devices, ",");
        HILO_CHECK(writeIdentity(folder, identity));
        return identity;
    };
    auto identity = begin();
    // Closing the gate without a byte ends the child. One that was killed already must not end this process by SIGPIPE.
    if (identity && ::send(gate[1], "g", 1, MSG_NOSIGNAL) != 1)
        identity = failure(systemError(folder, "The trainer cannot be started"));
    ::close(gate[1]);
    if (!identity)
        waitpid(pid, nullptr, 0);
    return identity;
}

} // namespace hilo
