// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "project/project.h"
#include "run/run_spec.h"

#include <optional>
#include <vector>

namespace hilo {

/// The data that new runs of a project take.
struct ProjectData
{
    std::vector<TaskSpec> tasks = std::vector<TaskSpec>(1); ///< at least one; paths are absolute
    std::int64_t maxLength = TrainingSpec().maxLength;      ///< tokens
    Mixing mixing = Mixing::Proportional;                   ///< of several tasks
    double mixingTemperature = TrainingSpec().mixingTemperature;
    bool isOwn = true; ///< project.json says so; false: it is that of a run spec

    /// The first task's, which is the only one of most projects.
    const DataSpec& spec() const { return tasks.front().data; }
    DataSpec& spec() { return tasks.front().data; }
};

/// "data" of project.json, one task or a list of them as in a run spec; a single one may have "max_length" beside its
/// keys. "training" may hold max_length, mixing and mixing_temperature among others. A project that does not say takes
/// the data of its first spec in specs/, else of its first run; nothing when there is none either. bad input: unknown
/// keys, wrong types.
Result<std::optional<ProjectData>> readProjectData(const Project& project);

/// The settings that something new in a project starts from, as a run spec's document: those of the project's first run
/// spec in specs/, with the data, the training and the evaluation that project.json has for new runs. An empty object
/// where there is nothing to start from, or no project (an empty folder).
Json newRunSettings(const std::filesystem::path& folder);

/// Writes "data" of project.json, and what belongs to it in "training"; paths inside the project become relative, so
/// that it can move.
Status writeProjectData(const Project& project, const ProjectData& data);

/// Writes "training" and "evaluation" of project.json as the document, like a run spec's, has them: what is as usual
/// is left out. Errors: those of a run spec's settings, with their place.
Status writeNewRunSettings(const Project& project, const Json& document);

} // namespace hilo
