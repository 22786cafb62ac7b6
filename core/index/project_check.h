// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "index/run_store.h"

#include <string>
#include <vector>

namespace hilo {

/// Something that a person should know about a project.
struct Finding
{
    enum class Kind { Damage, Change } kind = Kind::Damage; ///< files that are broken, or not what a run was made from
    std::string run;                                        ///< empty: the project itself
    std::string message;
    std::string hint;
};

struct CheckOptions
{
    bool hashes = true;   ///< also read every checkpoint, model and data file; else sizes only
    std::string libtorch; ///< this program's version, to compare with the runs'; empty when it links none
};

/// Looks at everything: the database with SQLite's own check, each run.json, event log, queue ticket and checkpoint,
/// whether the index holds every event, and what changed since each run was made. Changes nothing but what a scan does.
Result<std::vector<Finding>> checkProject(RunStore& store, const CheckOptions& options, const Progress& progress = {});

} // namespace hilo
