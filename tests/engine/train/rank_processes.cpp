// SPDX-License-Identifier: GPL-3.0-or-later
#include "rank_processes.h"

#include "base/process_identity.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace hilo::testing {
namespace {

constexpr int patience = 12000; ///< looks, a hundredth of a second apart

void redirect(const std::filesystem::path& errors)
{
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644), STDERR_FILENO);
}

} // namespace

StartedProcess::StartedProcess(const std::vector<std::string>& command, const std::filesystem::path& errors,
                               const std::vector<std::pair<std::string, std::string>>& environment)
    : pid_(fork()), errors_(errors)
{
    if (pid_ != 0)
        return;
    redirect(errors);
    for (const auto& [name, value] : environment)
        setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
}

StartedProcess::StartedProcess(const std::function<int()>& work, const std::filesystem::path& errors)
    : pid_(fork()), errors_(errors)
{
    if (pid_ != 0)
        return;
    redirect(errors);
    try {
        _exit(work());
    } catch (const Failure& failure) {
        std::fprintf(stderr, "%s\n", failure.message.c_str());
    }
    _exit(99);
}

StartedProcess::~StartedProcess()
{
    if (isOver_)
        return;
    for (const pid_t child : children())
        kill(child, SIGKILL);
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

int StartedProcess::wait()
{
    int status = 0;
    waitUntil([&] { return waitpid(pid_, &status, WNOHANG) != 0; });
    isOver_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string StartedProcess::errors() const
{
    return readText(errors_);
}

std::vector<pid_t> StartedProcess::children() const
{
    const std::string number = std::to_string(pid_);
    std::istringstream text(readText("/proc/" + number + "/task/" + number + "/children"));
    std::vector<pid_t> found;
    for (pid_t child = 0; text >> child;)
        found.push_back(child);
    return found;
}

void waitUntil(const std::function<bool()>& condition)
{
    for (int i = 0; i < patience; ++i) {
        if (condition())
            return;
        usleep(10000);
    }
    fail("what was waited for does not come", __FILE__, __LINE__);
}

bool isRunning(pid_t pid)
{
    const auto identity = identify(pid);
    return identity && isAlive(*identity);
}

int unusedPort()
{
    const int handle = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(handle, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size);
    close(handle);
    return ntohs(address.sin_port);
}

} // namespace hilo::testing
