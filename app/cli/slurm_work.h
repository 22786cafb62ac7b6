// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "queue/slurm_worker.h"

namespace hilo::cli {

/// Works a project's queue by Slurm with this program on the nodes; each job asks for the memory that the estimate of
/// its run says. One such worker a project on a machine: with unlessServed a second one ends at once, else it waits.
/// Errors as SlurmWorker::work().
Status workBySlurm(RunStore& store, SlurmWorkOptions options, bool unlessServed);

} // namespace hilo::cli
