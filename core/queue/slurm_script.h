// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "queue/run_queue.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// The batch script of a run: goes on with it where it has begun, else starts it, so that a job which Slurm requeues by
/// itself loses nothing. With several tasks in the job it starts one process each by srun. program: absolute.
std::string slurmScript(const Project& project, const QueuedRun& run, const std::filesystem::path& program);

struct SlurmNeeds
{
    std::int64_t memoryBytes = 0;     ///< at the run's peak on the processor, by the estimate; 0: nothing is asked for
    std::chrono::seconds notice{120}; ///< before a time limit, for the checkpoint
};

/// sbatch's options for a run: name, log, memory, GPUs, the signal before the time limit, and that it may be requeued.
/// own: the user's, which stand last, for sbatch takes the last of equal ones.
std::vector<std::string> slurmOptions(const Project& project, const QueuedRun& run, const std::string& jobName,
                                      const SlurmNeeds& needs, const std::vector<std::string>& own);

} // namespace hilo
