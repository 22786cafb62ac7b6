// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testing.h"

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hilo::testing {

/// A process that a case has started, which does not outlive it.
class StartedProcess
{
  public:
    /// environment: further variables. Its standard error goes into a file.
    StartedProcess(const std::vector<std::string>& command, const std::filesystem::path& errors,
                   const std::vector<std::pair<std::string, std::string>>& environment = {});
    /// A process that is split off from this one and does some work, whose result is its exit code. What is loaded is
    /// loaded there too: a program with LibTorch takes half a second to start.
    StartedProcess(const std::function<int()>& work, const std::filesystem::path& errors);
    ~StartedProcess();
    StartedProcess(const StartedProcess&) = delete;
    StartedProcess& operator=(const StartedProcess&) = delete;

    pid_t pid() const { return pid_; }
    /// Its exit code, or minus the signal that ended it. Fails the case when it lives on for minutes: it hangs.
    int wait();
    std::string errors() const;
    /// The processes that it has started itself, of those that live.
    std::vector<pid_t> children() const;

  private:
    pid_t pid_ = 0;
    bool isOver_ = false;
    std::filesystem::path errors_;
};

/// Waits for something that comes for certain; fails the case when it does not in minutes.
void waitUntil(const std::function<bool()>& condition);
/// False also for one that has ended and that nobody has asked for yet.
bool isRunning(pid_t pid);
/// A port of this machine that nobody listens on.
int unusedPort();

} // namespace hilo::testing
