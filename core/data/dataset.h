// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "data/data_spec.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hilo {

/// One turn of a conversation.
struct Message
{
    std::string role; ///< system, user, assistant or tool; a role that nobody knows as it is written, in lower case
    std::string content;
    bool hasContent = true;  ///< false where it is missing or null, as in a turn that is nothing but a call
    std::string writtenRole; ///< as the data has it, without capitals: "developer", "ipython", "gpt"
    bool isLearnt = true;    ///< of an answer; false where the data says so (weight 0, train false)
    /// Further keys of the turn that are not empty: name, tool_calls, thinking, …
    std::vector<std::pair<std::string, Json>> further;
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
    /// Of columns that number classes whose names the data knows (class_names.h): what the row's class is called, empty
    /// for a number without a name.
    std::vector<std::pair<std::string, std::string>> classNames;
    std::vector<std::string> unread; ///< columns whose cells hold bytes that are no text: pictures, sounds
    std::string conversationProblem; ///< why there is a conversation that cannot be read; empty when there is none
    std::string file;
    std::int64_t line = 0; ///< first line of the record, from 1; where lines are no place, see row_place.h

    /// nullptr when there is none.
    const std::string* field(std::string_view name) const;
    const std::vector<Choice>* choicesOf(std::string_view name) const;
    const std::string* className(std::string_view column) const;
    /// "a, b, c": the names of everything the row has.
    std::string columnNames() const;
};

/// A record that cannot be used, and why.
struct RejectedRow
{
    std::string file;
    std::int64_t line = 0;
    std::string reason;

    auto operator<=>(const RejectedRow&) const = default;
};

/// What a reader of the data should know about a file, in a sentence.
struct DataNote
{
    std::string file;
    std::string text;
};

struct Dataset
{
    std::map<std::string, std::vector<Row>> splits; ///< "train", "validation", "test"; never empty ones
    std::vector<RejectedRow> rejected;
    std::vector<std::string> files; ///< that were read, in order
    std::vector<DataNote> notes;    ///< files that were not read and why, columns of one name, …

    bool has(std::string_view split) const;
    /// The split's rows; a split that is not there is an error that names those that are.
    Result<const std::vector<Row>*> split(const std::string& name) const;
};

/// Reads the data of a run: JSONL, JSON (an array, or an object with a "data" array), CSV (RFC 4180), TSV (no quoting)
/// and plain text (one row a line, field "text"), by the name's ending and in any Unicode encoding that has a mark
/// (row_readers.h, text_encoding.h); a folder is read by its files' names (data_files.h). Splits: the files that spec
/// names, a column, or a seeded draw that depends on the seed and the number of rows alone; otherwise everything is
/// "train". A mapped column of "#" and digits, "#3", is the fourth one of a CSV or TSV file without a header row.
/// Errors: a file that cannot be read, text that is not Unicode, a column that no row has, a split without rows. Single
/// rows that cannot be used are in `rejected`.
Result<Dataset> readDataset(const DataSpec& spec, const Progress& progress = {});

/// Logs which files were read, how many rows each split has, the notes; rejected rows are logged by rejected_rows.h.
void logDataset(const Dataset& dataset);

} // namespace hilo
