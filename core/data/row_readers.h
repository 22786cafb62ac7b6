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

/// Records of comma-separated text (RFC 4180: quotes, doubled quotes, line ends inside quotes, CRLF) or, when quoted is
/// false, of tab-separated text where quotes are literal. Each with the line that it begins on, from 1.
struct TableRecord
{
    std::vector<std::string> cells;
    std::int64_t line = 0;
    bool unterminated = false; ///< the text ended inside quotes
};
std::vector<TableRecord> parseTable(std::string_view text, char separator, bool quoted);

} // namespace hilo
