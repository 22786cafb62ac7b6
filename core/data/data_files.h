// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <filesystem>

namespace hilo {

/// The split that a word stands for: "train" and "training", "validation", "valid", "val" and "dev", "test" and
/// "testing", in any case; empty when none.
std::string splitOfWord(std::string_view word);

/// The files of each split, in the order in which they are read, and what of a folder is left alone.
struct DataFiles
{
    std::map<std::string, std::vector<std::filesystem::path>> splits;
    std::vector<DataNote> unused;
};

/// The files that spec.splitFiles names, the one file that spec.path is, or the files of that folder that are named
/// after a split: the split's word stands between separators (anything but letters), so "latest" and "interval" name
/// none. What trainers and data tools leave behind (test_results.json, dataset_info.json) is left alone, and so are
/// folders, other formats, and files of a second format of one split. Text files count only where no other file does.
/// Errors: a folder without any such file; it says what is there.
Result<DataFiles> findDataFiles(const DataSpec& spec);

} // namespace hilo
