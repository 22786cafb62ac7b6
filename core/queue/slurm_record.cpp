// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/slurm_record.h"

#include "base/atomic_file.h"
#include "base/json.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* recordFormat = "hilo.slurm/1";

fs::path recordFile(const fs::path& runFolder)
{
    return runFolder / "slurm.json";
}

} // namespace

Result<std::optional<SlurmRecord>> readSlurmRecord(const fs::path& runFolder)
{
    const fs::path file = recordFile(runFolder);
    std::error_code code;
    if (!fs::exists(file, code))
        return std::optional<SlurmRecord>();
    HILO_TRY(const Json document, readJsonFile(file, {64 << 10, 8}));
    HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
    SlurmRecord record;
    HILO_TRY(record.name, root.text("name"));
    HILO_TRY(record.job, root.textOr("job", ""));
    return std::optional(std::move(record));
}

Status writeSlurmRecord(const fs::path& runFolder, const SlurmRecord& record)
{
    return writeJsonFile(recordFile(runFolder), {{"format", recordFormat}, {"name", record.name}, {"job", record.job}});
}

Status removeSlurmRecord(const fs::path& runFolder)
{
    std::error_code code;
    fs::remove(recordFile(runFolder), code);
    if (code)
        return failure(badInput(recordFile(runFolder).string(), {}, "Cannot be removed: " + code.message() + ".",
                                "Make the run's folder writable."));
    return {};
}

fs::path submissionLockFile(const fs::path& runFolder)
{
    return runFolder / "slurm.lock";
}

} // namespace hilo
