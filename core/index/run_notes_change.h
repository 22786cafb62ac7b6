// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "run/run_notes.h"

#include <functional>

namespace hilo {

/// Changes what is noted of a run, in its folder and in the index; returns what was noted before, so that it can be
/// undone. Two programs that change the notes of one run do so one behind the other. Errors: a run without its folder
/// (an archived one is to be restored first), notes that cannot be kept (run/run_notes.h).
Result<RunNotes> changeRunNotes(RunStore& store, const std::string& id, const std::function<void(RunNotes&)>& change);

} // namespace hilo
