// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "study/study.h"

#include <cstdint>
#include <functional>
#include <string>

namespace hilo {

/// Writes a new study, makes the folders of its runs and queues them. Errors: a study of this name, of reading and
/// writing; bad input leaves nothing behind.
Result<std::int64_t> addStudy(RunStore& store, const Study& study);

/// Brings a study forward as far as its finished runs allow: rates are chosen, arms without hope dropped, runs planned,
/// made and queued. Killed at any moment, the next call goes on. again: also runs that failed, were stopped or
/// interrupted; else those only that were never started. Gives how many were queued: 0 when nothing is left to do but
/// what the queue has.
Result<std::int64_t> advanceStudy(RunStore& store, const std::string& name, bool again);

/// Replaces a study by one with more in it, under the lock and with its runs planned; change gets what the file says.
Result<std::int64_t> changeStudy(RunStore& store, const std::string& name, const std::function<Status(Study&)>& change);

/// Removes a study's file. withRuns: its runs too, but for those that another study has. Errors: a run that
/// runs, before anything is removed.
Status removeStudy(RunStore& store, const std::string& name, bool withRuns);

} // namespace hilo
