// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/portable_spec.h"

#include "base/portable_path.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

void makePortable(DataSpec& data, const fs::path& project, const fs::path& folder)
{
    std::error_code code;
    // The reader of a spec looks for split files below data.path when there is one.
    const fs::path splitBase = data.path.empty() ? folder : fs::weakly_canonical(data.path, code);
    data.path = portablePath(data.path, project, folder);
    for (auto& [split, file] : data.splitFiles)
        file = portablePath(file, project, splitBase);
    if (fs::path(data.template_).is_absolute())
        data.template_ = portablePath(data.template_, project, folder);
}

} // namespace

RunSpec portableSpec(RunSpec spec, const fs::path& project, const fs::path& folder)
{
    spec.modelPath = portablePath(spec.modelPath, project, folder);
    spec.training.startFrom = portablePath(spec.training.startFrom, project, folder);
    for (TaskSpec& task : spec.tasks)
        makePortable(task.data, project, folder);
    return spec;
}

} // namespace hilo
