// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/parallel.h"

#include <string>

namespace hilo {

/// Of a process that srun started as one of several: SLURM_STEP_NUM_TASKS, SLURM_PROCID, SLURM_LOCALID. The first
/// process is at MASTER_ADDR, else at the first of SLURM_STEP_NODELIST; its port is MASTER_PORT, else made of
/// SLURM_JOB_ID and SLURM_STEP_ID. Size 1 where srun started one process or none. Errors: some of them missing or no
/// numbers.
Result<ParallelPlace> slurmPlace();

/// The first name of a list as Slurm writes it: "n[01-04,7],m1" is "n01"; "a,b" is "a".
std::string firstNode(const std::string& nodes);

} // namespace hilo
