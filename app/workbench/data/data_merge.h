// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project_data.h"

#include <QStringList>

#include <optional>

namespace hilo {

/// The data for new runs that two have changed, put together setting by setting.
struct MergedData
{
    ProjectData data;
    int ours = 0;          ///< settings that only we have changed
    int theirs = 0;        ///< that only they have
    QStringList conflicts; ///< that both have, differently: these keep what they are here
};

/// base: what both began with. A task that one side has taken away and the other has not touched is gone; tasks are
/// told by their names. Errors: settings that do not go together in one task.
Result<MergedData> mergeProjectData(const ProjectData& base, const ProjectData& ours, const ProjectData& theirs);

/// "cola, template: here gloss, on disk alpaca", a line a setting that differs.
QStringList dataDifferences(const ProjectData& ours, const ProjectData& theirs);

/// Whether new runs would take the same from both.
bool isSameData(const std::optional<ProjectData>& one, const std::optional<ProjectData>& other);

} // namespace hilo
