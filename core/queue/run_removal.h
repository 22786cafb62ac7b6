// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"

#include <string>

namespace hilo {

/// Takes a run out of the queue, removes its folder and its archive, and forgets it. A kill at any moment leaves the
/// folder whole, or hidden and forgotten. Errors: somebody runs the run.
Status deleteRun(RunStore& store, const std::string& id);

/// Makes the checkpoint of this step the newest of a run, so that a resume goes on from there: later ones are removed,
/// and an invalid one never decides. Errors: somebody runs the run, no valid checkpoint of that step, a finished run.
Status goBackTo(RunStore& store, const std::string& id, std::int64_t step);

} // namespace hilo
