// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"
#include "project_commands.h"

#include <cstdio>

namespace hilo::cli {

Result<RunStore> openStore(const std::string& folder)
{
    HILO_TRY(const Project project, Project::open(folder));
    return RunStore::open(project);
}

Result<RunStore> openScannedStore(const std::string& folder, Console& console)
{
    HILO_TRY(RunStore store, openStore(folder));
    HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan(console.progress()));
    console.endProgress();
    return store;
}

Result<RunReader> openReader(const Project& project, Console& console)
{
    const auto update = [&]() -> Status {
        HILO_TRY(RunStore store, RunStore::open(project));
        HILO_TRY([[maybe_unused]] const ScanReport scanned, store.scan(console.progress()));
        return {};
    };
    const Status updated = update();
    console.endProgress();
    if (!updated && updated.error().code == ErrorCode::Cancelled)
        return failure(updated.error());
    auto reader = RunReader::open(project);
    if (!updated && !reader)
        return failure(updated.error());
    if (!updated)
        std::fputs(("hilo: the index is shown as it was last: " + describe(updated.error()) + "\n").c_str(), stderr);
    return reader;
}

} // namespace hilo::cli
