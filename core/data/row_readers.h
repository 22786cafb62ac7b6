// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <filesystem>

namespace hilo {

/// The records of one file, in order.
struct FileRows
{
    std::vector<Row> rows;
    std::vector<RejectedRow> rejected;
};

/// By the name's ending: .jsonl, .ndjson, .json, .csv, .tsv, .txt. Errors: unreadable, not UTF-8, unknown ending.
/// withoutHeader: the first line of a table is data, its columns are called "#0", "#1", …
Result<FileRows> readRows(const std::filesystem::path& path, bool withoutHeader);

/// A JSON record as a row.
Row rowFromJson(const Json& record, const std::string& file, std::int64_t line);

} // namespace hilo
