// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "data/class_names.h"
#include "data/dataset.h"
#include "data/row_form.h"
#include "formats/unread_cells.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace hilo {

/// Records of one file, in order.
struct FileRows
{
    std::vector<Row> rows;
    std::vector<RejectedRow> rejected;
    std::vector<std::string> notes; ///< what a reader of the file should know, in sentences
};

/// What a file's rows are where the file does not say so itself.
struct RowReading
{
    bool withoutHeader = false; ///< the first line of a table is data, its columns are called "#0", "#1", …
    char separator = '\0';      ///< of a table's columns; '\0': as the file has it
    /// A text file is one row, not a row a line; Markdown is so unless told.
    std::optional<bool> isDocument;
    /// Of columns that number classes, as the folder tells it; a file's own word counts more. May be null.
    std::shared_ptr<const ClassNames> classNames = nullptr;
    /// The form in which a benchmark is published, whose rows are made by it (formed_rows.h). May be null.
    std::shared_ptr<const RowForm> form = nullptr;
    std::string split{}; ///< whose rows are wanted of a file that holds several by its form; empty: all
};

/// The rows of one file, a batch at a time, so that a file may be larger than memory: what is held is a batch, and of
/// Parquet and Arrow a page or record batch of each column. Two sources of one file give the same rows.
class RowSource
{
  public:
    virtual ~RowSource() = default;
    /// Appends the next rows to batch, with those that were rejected on the way and what there is to note. False when
    /// there was nothing left. Errors: as of openRows.
    virtual Result<bool> next(FileRows& batch) = 0;

    /// What the file itself says of the classes that its columns number.
    virtual ClassNames classNames() const { return {}; }

    /// Rows of a batch, about.
    static constexpr std::size_t batchRows = 1024;
};

/// By the first bytes of Parquet and Arrow files, else by the name's ending, in any case: .parquet, .arrow, .feather,
/// .jsonl, .ndjson, .json, .csv, .tsv, .txt, .md; texts may be compressed by gzip or zstd, which their bytes say
/// (formats/compressed_source.h) and ".gz" or ".zst" behind the ending may. JSON lines in a .json file and a JSON array
/// in a .jsonl file are read as what they are. Errors: unreadable, damaged, no Unicode text, an ending that is not
/// known; of whole files, never of single rows.
Result<std::unique_ptr<RowSource>> openRows(const std::filesystem::path& path, const RowReading& reading = {});

/// The same for a file's bytes that are at hand; name decides by its ending and stands in messages.
Result<std::unique_ptr<RowSource>> openRowsOfBytes(std::string bytes, const std::string& name,
                                                   const RowReading& reading = {});

/// The ending that says how a data file is read: ".jsonl" of "Train.JSONL.gz"; empty when it is none.
std::string dataEnding(const std::string& name);

/// A JSON record as a row of result, or among its rejected ones. line: as of Row (row_place.h).
void addRecord(const Json& record, const std::string& file, std::int64_t line, FileRows& result);
/// The same of a typed file, whose texts must be UTF-8 like those of every file.
void addTypedRecord(const Json& record, const UnreadCells& unread, const std::string& file, std::int64_t line,
                    FileRows& result);

} // namespace hilo
