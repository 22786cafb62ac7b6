// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hilo {

struct ArchiveTensor
{
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// Reads back what writeTorchArchive has just written, to check it: only its own few pickle instructions are known and
/// nothing is ever called. Never used on files of others.
Result<std::map<std::string, ArchiveTensor>> readBackTorchArchive(const std::filesystem::path& path);

} // namespace hilo
