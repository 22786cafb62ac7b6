// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "data/data_spec.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hilo {

/// One turn of a conversation; role: system, user, assistant or tool.
struct Message
{
    std::string role;
    std::string content;
};

/// One option of a multiple-choice question.
struct Choice
{
    std::string label; ///< "A", "1"; made from the position where the data has none
    std::string text;
};

/// One record of a data file.
struct Row
{
    /// Scalars in the file's order; keys of objects inside objects are joined with a dot ("question.stem"); null is
    /// left out. Mapped columns stand under the field's name as well.
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<std::pair<std::string, std::vector<Choice>>> choices; ///< lists of options by column
    std::vector<Message> messages;                                    ///< of conversation records
    std::string file;
    std::int64_t line = 0; ///< first line of the record, from 1

    /// nullptr when there is none.
    const std::string* field(std::string_view name) const;
    const std::vector<Choice>* choicesOf(std::string_view name) const;
    /// "a, b, c": the names of everything the row has.
    std::string columnNames() const;
};

/// A record that cannot be used, and why.
struct RejectedRow
{
    std::string file;
    std::int64_t line = 0;
    std::string reason;
};

struct Dataset
{
    std::map<std::string, std::vector<Row>> splits; ///< "train", "validation", "test"; never empty ones
    std::vector<RejectedRow> rejected;

    bool has(std::string_view split) const;
    /// The split's rows; a split that is not there is an error that names those that are.
    Result<const std::vector<Row>*> split(const std::string& name) const;
};

/// Reads the data of a run: JSONL, JSON (an array, or an object with a "data" array), CSV (RFC 4180), TSV (no quoting)
/// and plain text (one row a line, field "text"), by the name's ending; a folder is read by its files' names (train,
/// validation/valid/val/dev, test). Splits: the files that spec names, a column, or a seeded draw that depends on the
/// seed and the number of rows alone; otherwise everything is "train". A mapped column "#3" is the fourth one of a CSV
/// or TSV file without a header row. Errors: a file that cannot be read, text that is not UTF-8, a column that no row
/// has, a split without rows. Single rows that cannot be used are in `rejected`.
Result<Dataset> readDataset(const DataSpec& spec, const Progress& progress = {});

/// Logs how many rows were rejected and the first few of them with file, line and reason.
void logRejectedRows(const std::vector<RejectedRow>& rejected);

} // namespace hilo
