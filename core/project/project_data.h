// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "project/project.h"
#include "run/run_spec.h"

namespace hilo {

/// The data that new runs of a project take.
struct ProjectData
{
    DataSpec spec; ///< paths are absolute; template_ is empty until someone chose one
    std::int64_t maxLength = TrainingSpec().maxLength; ///< tokens
    bool isOwn = true;                                 ///< project.json says so; false: it is a run spec's first task
};

/// "data" of project.json: the keys of a run spec's data and "max_length". A project that does not say takes the data
/// of its first spec in specs/, else of its first run; nothing when there is none either. bad input: unknown keys,
/// wrong types.
Result<std::optional<ProjectData>> readProjectData(const Project& project);

/// The settings that something new in a project starts from, as a run spec's document: those of the project's first run
/// spec in specs/, with the data and the maximum length that the project keeps for new runs. An empty object where
/// there is nothing to start from, or no project (an empty folder).
Json newRunSettings(const std::filesystem::path& folder);

/// Writes "data" of project.json; paths inside the project become relative, so that it can move.
Status writeProjectData(const Project& project, const ProjectData& data);

} // namespace hilo
