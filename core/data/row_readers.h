// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "data/dataset.h"

#include <filesystem>

namespace hilo {

/// The records of one file, in order.
struct FileRows
{
    std::vector<Row> rows;
    std::vector<RejectedRow> rejected;
    std::vector<std::string> notes; ///< what a reader of the file should know, in sentences
};

/// A JSON record as a row of result, or among its rejected ones.
void addRecord(const Json& record, const std::string& file, std::int64_t line, FileRows& result);

/// By the name's ending, in any case: .parquet, .jsonl, .ndjson, .json, .csv, .tsv, .txt. JSON lines in a .json file, a
/// JSON array in a .jsonl file and Parquet under any of these names are read as what they are. A CSV file may be
/// separated by semicolons or tabs when its first line has no comma. Of two columns with one name the second is called
/// "name.1". Errors: unreadable, no Unicode text, unknown ending. withoutHeader: the first line of a table is data, its
/// columns are called "#0", "#1", …
Result<FileRows> readRows(const std::filesystem::path& path, bool withoutHeader);

/// The same for a file's bytes that are at hand; name decides by its ending and stands in messages.
Result<FileRows> rowsOfBytes(std::string bytes, const std::string& name, bool withoutHeader);

} // namespace hilo
