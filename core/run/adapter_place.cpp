// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/adapter_place.h"

namespace hilo {
namespace fs = std::filesystem;

bool hasAdapter(const fs::path& runFolder)
{
    std::error_code code;
    return fs::exists(runFolder / "adapter" / "adapter.json", code);
}

fs::path adapterFolder(const fs::path& folder)
{
    return hasAdapter(folder) ? folder / "adapter" : folder;
}

Result<std::optional<RunSpec>> runOfAdapter(const fs::path& folder)
{
    std::error_code code;
    const fs::path given = fs::absolute(folder / "", code).lexically_normal().parent_path();
    fs::path run = given;
    // RUN/adapter and RUN/checkpoints/step-N, as train_run.h lays them out.
    if (given.filename() == "adapter")
        run = given.parent_path();
    else if (given.parent_path().filename() == "checkpoints")
        run = given.parent_path().parent_path();
    if (!fs::exists(run / "run.json", code))
        return std::optional<RunSpec>();
    HILO_TRY(RunSpec spec, readRunSpec(run / "run.json"));
    return std::optional(std::move(spec));
}

} // namespace hilo
