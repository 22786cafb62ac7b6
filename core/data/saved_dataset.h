// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/named_splits.h"

#include <optional>

namespace hilo {

/// The splits of a folder that save_to_disk of `datasets` wrote (huggingface/datasets: dataset_dict.py,
/// arrow_dataset.py): dataset_dict.json with a folder a split, or one set with state.json, which counts as "train" as a
/// single file does. Nothing where the folder is no such one. Errors: a file that is named and not there, a name that
/// leads elsewhere, rows that were selected without being written.
Result<std::optional<NamedSplits>> savedSplits(const std::filesystem::path& folder);

} // namespace hilo
