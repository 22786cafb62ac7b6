// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "run/run_spec.h"

#include <functional>
#include <string>
#include <vector>

namespace hilo {

/// Adds runs to the project and, when asked, puts them at the queue's end; ids gets the new runs' ids.
Status addRuns(RunStore& store, const std::vector<RunSpec>& specs, bool queue, std::vector<std::string>& ids);

/// Does work for each run; goes on behind a failure and tells of the first one.
Status forEachRun(RunStore& store, const std::vector<std::string>& ids,
                  const std::function<Status(RunStore&, const std::string&)>& work);

} // namespace hilo
