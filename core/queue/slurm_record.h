// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_lock.h"
#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>

namespace hilo {

/// runs/ID/slurm.json: the job that a run was given to. Written before the submission, under a name that no other job
/// has, so that a submitter that died in between is followed by one that finds the job, and none is submitted twice.
struct SlurmRecord
{
    std::string name; ///< of the job
    std::string job;  ///< its number; empty while it is not known
    bool operator==(const SlurmRecord&) const = default;
};

/// Nothing when the run was given to no job; an error when the file is damaged.
Result<std::optional<SlurmRecord>> readSlurmRecord(const std::filesystem::path& runFolder);
Status writeSlurmRecord(const std::filesystem::path& runFolder, const SlurmRecord& record);
Status removeSlurmRecord(const std::filesystem::path& runFolder);

/// runs/ID/slurm.lock: held as long as a submission of this run may still arrive.
std::filesystem::path submissionLockFile(const std::filesystem::path& runFolder);

} // namespace hilo
