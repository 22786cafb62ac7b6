// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_files.h"

namespace hilo {

/// The files of a folder that are named after a split (data_files.h); no splits where there are none. others: data
/// files that no split's word names, and are not left behind by a program.
struct FilesByName
{
    DataFiles files;
    std::vector<std::filesystem::path> others;
};
Result<FilesByName> filesNamedAfterSplits(const std::filesystem::path& folder);

/// Notes that shards are missing: of "train-00000-of-00003.parquet" and its like the other ones.
void noteMissingShards(DataFiles& files);

} // namespace hilo
