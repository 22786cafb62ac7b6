// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// A job as squeue tells it.
struct SlurmJob
{
    std::string id;
    std::string state; ///< "PENDING", "RUNNING", "TIMEOUT", …
    std::string name;
    std::string nodes;  ///< where it runs: "n1", "gpu[03-04]"; empty while it waits
    std::string reason; ///< why it waits, as Slurm words it: "Resources", "Priority"
    /// False when Slurm is done with it: it will not run (again) by itself.
    bool isAlive() const;
    /// True when Slurm holds it after it could not be launched, until somebody lets it go.
    bool isStuck() const;
};

/// One line a job of `squeue --noheader --format=%i|%T|%j|%N|%r`. Error: a line of another form.
Result<std::vector<SlurmJob>> parseJobs(const std::string& listing);

/// The number in what `sbatch --parsable` says: "123" or "123;cluster". Error: anything else.
Result<std::string> parseSubmitted(const std::string& output);

/// True when an error of the client means that the controller does not answer now, and may later; else Slurm refuses.
bool isAway(const Error& error);

/// Slurm's own commands; their errors are what Slurm says.
class SlurmClient
{
  public:
    /// commands: the folder of sbatch, squeue and scancel; empty: found by PATH.
    explicit SlurmClient(std::filesystem::path commands = {}) : commands_(std::move(commands)) {}

    /// All jobs of this user that Slurm remembers, those that have ended lately too.
    Result<std::vector<SlurmJob>> jobs() const;
    /// Submits a batch script; the job's number. submitting: a descriptor that sbatch keeps open, so that a lock on it
    /// is held as long as a submission may still arrive, also when this process is gone.
    Result<std::string> submit(const std::vector<std::string>& options, const std::filesystem::path& script,
                               int submitting) const;
    Status cancel(const std::string& job) const;

  private:
    Result<std::string> ask(std::vector<std::string> command, int inherited = -1) const;
    std::filesystem::path commands_;
};

} // namespace hilo
