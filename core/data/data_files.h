// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/class_names.h"
#include "data/dataset.h"
#include "data/named_splits.h"
#include "data/row_form.h"

#include <filesystem>

namespace hilo {

/// The files of each split, in the order in which they are read, and what of a folder is left alone.
struct DataFiles
{
    std::map<std::string, std::vector<std::filesystem::path>> splits;
    std::vector<DataNote> unused;
    std::vector<DataNote> notes;
    bool areDocuments = false; ///< text files of which each is one row, unless the data says otherwise
    char separator = '\0';     ///< of tables, where the folder says it
    std::shared_ptr<const ClassNames> classNames;  ///< that the folder tells of its columns; may be null
    std::shared_ptr<const RowForm> form;           ///< of a benchmark, in which its rows are published; may be null
    std::vector<std::filesystem::path> besides;    ///< files with the labels of the rows, beside them
    std::vector<std::filesystem::path> unlabelled; ///< of a benchmark's splits without labels, which are not read
};

/// The files that spec.splitFiles names, the one file that spec.path is, or those of that folder; the first of these
/// that there is:
///  - what save_to_disk wrote (saved_dataset.h);
///  - what the data set's card names (hub_card.h);
///  - files named after a split: the split's word stands between separators (anything but letters), so "latest" and
///    "interval" name none. What trainers and data tools leave behind (test_results.json, dataset_info.json) is left
///    alone, and so are folders, other formats, and files of a second format of one split. Text files count only where
///    no other file does;
///  - the same in its folder "data"; folders that are named after a split; a folder a configuration (spec.config);
///  - text and Markdown files alone, at any depth: each a document of the training split;
///  - the only data file, whatever its name: the training split.
/// A split of spec.splitFiles may be such a folder's own name of a split. Errors: a folder without any such file; it
/// says what is there. Several configurations without a choice, two splits of one meaning.
/// spec.path may be the name of a data set on the hub (hub/local_place.h). Of a benchmark those of one of its forms
/// (benchmark_files.h).
Result<DataFiles> findDataFiles(const DataSpec& spec);

} // namespace hilo
