// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/child_program.h"

#include "base/c_strings.h"
#include "base/environment.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <spawn.h>

namespace hilo {
namespace {

constexpr std::size_t mostOutput = std::size_t{16} << 20;

/// One end of a pipe to read from; what writes to the other one may be gone any time.
class Pipe
{
  public:
    bool open() { return ::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) == 0; }
    ~Pipe()
    {
        closeWriter();
        close(ends_[0]);
    }
    int writer() const { return ends_[1]; }
    int reader() const { return ends_[0]; }
    void closeWriter() { close(ends_[1]); }
    /// Takes what is there; false at its end.
    bool read(std::string& into)
    {
        std::array<char, 65536> block{};
        for (;;) {
            const ssize_t got = ::read(ends_[0], block.data(), block.size());
            if (got < 0)
                return errno == EAGAIN || errno == EINTR;
            if (got == 0)
                return false;
            into.append(block.data(), std::min<std::size_t>(static_cast<std::size_t>(got), mostOutput - into.size()));
        }
    }

  private:
    static void close(int& descriptor)
    {
        if (descriptor >= 0)
            ::close(descriptor);
        descriptor = -1;
    }
    std::array<int, 2> ends_{-1, -1};
};

Error cannotStart(const std::string& program, int number)
{
    return badInput({}, program, program + " cannot be started: " + std::strerror(number) + ".");
}

/// Starts it; its number, or an error.
Result<pid_t> spawn(std::vector<std::string>& command, const ChildOptions& options, const Pipe* output,
                    const Pipe* errors)
{
    std::vector<std::string> environment = environmentWith(options.environment);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (output) {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, output->writer(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, errors->writer(), STDERR_FILENO);
    }
    // A descriptor that is duplicated onto itself loses its close-on-exec mark in the child alone.
    for (const int descriptor : options.inherited)
        posix_spawn_file_actions_adddup2(&actions, descriptor, descriptor);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, command.front().c_str(), &actions, &attributes, pointersTo(command).data(),
                                    pointersTo(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (failed != 0)
        return failure(cannotStart(command.front(), failed));
    return child;
}

} // namespace

std::string ChildOutcome::problem() const
{
    if (status == 0)
        return {};
    return status < 128 ? "it ended with status " + std::to_string(status)
                        : "it was ended by signal " + std::to_string(status - 128);
}

Result<ChildOutcome> runChild(std::vector<std::string> command, const ChildOptions& options)
{
    Pipe output, errors;
    if (options.keepsOutput && (!output.open() || !errors.open()))
        return failure(cannotStart(command.front(), errno));
    HILO_TRY(const pid_t child, spawn(command, options, options.keepsOutput ? &output : nullptr, &errors));
    output.closeWriter();
    errors.closeWriter();
    ChildOutcome outcome;
    const auto end = std::chrono::steady_clock::now() + options.limit;
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (options.keepsOutput) {
            // Drained while it runs: a full pipe would make it wait for ever.
            std::array<pollfd, 2> ends{pollfd{output.reader(), POLLIN, 0}, pollfd{errors.reader(), POLLIN, 0}};
            ::poll(ends.data(), ends.size(), 20);
            output.read(outcome.output);
            errors.read(outcome.errors);
        }
        if (std::chrono::steady_clock::now() > end) {
            ::kill(-child, SIGKILL);
            waitpid(child, &status, 0);
            return failure(
                badInput({}, command.front(),
                         "it took longer than " + std::to_string(options.limit.count() / 1000) + " s and was ended"));
        }
        ::usleep(options.keepsOutput ? 2000 : 20000);
    }
    if (options.keepsOutput) {
        output.read(outcome.output);
        errors.read(outcome.errors);
    }
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

} // namespace hilo
