// SPDX-License-Identifier: GPL-3.0-or-later
// A Slurm of three shell scripts (fake_slurm/): jobs are processes of this machine, and their states are files that a
// test may change.
#pragma once

#include "support/testing.h"

#include <csignal>
#include <cstdlib>

namespace hilo::testing {

class FakeSlurm
{
  public:
    explicit FakeSlurm(const std::filesystem::path& folder) : folder_(folder)
    {
        std::filesystem::create_directories(folder_ / "jobs");
        for (const char* name : {"sbatch", "squeue", "scancel"})
            std::filesystem::copy_file(std::filesystem::path(HILO_FAKE_SLURM) / name, folder_ / name);
    }

    const std::filesystem::path& commands() const { return folder_; }
    /// "away", "refuse", "held", "dies": what they mean says fake_slurm/sbatch.
    void set(const std::string& mark) { writeText(folder_ / mark, ""); }
    void unset(const std::string& mark) { std::filesystem::remove(folder_ / mark); }
    /// Jobs that were ever submitted.
    int jobs() const
    {
        int count = 0;
        while (std::filesystem::exists(folder_ / "jobs" / std::to_string(count + 1)))
            ++count;
        return count;
    }
    std::string stateOf(int job) const { return readText(fileOf(job, "state")); }
    /// Ends a job as Slurm does it: a state, and a signal to its processes.
    void end(int job, const std::string& state, int signal)
    {
        writeText(fileOf(job, "state"), state + "\n");
        const pid_t group = std::atoi(readText(fileOf(job, "pid")).c_str());
        CHECK(group > 1);
        ::kill(-group, signal);
    }
    /// The controller has lost it; its processes live on.
    void forget(int job) { writeText(fileOf(job, "forgotten"), ""); }

  private:
    std::filesystem::path fileOf(int job, const std::string& name) const
    {
        return folder_ / "jobs" / std::to_string(job) / name;
    }
    std::filesystem::path folder_;
};

} // namespace hilo::testing
