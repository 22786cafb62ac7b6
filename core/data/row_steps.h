// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_files.h"
#include "data/row_source.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo {

/// What happens to a row between its file and its split, a row at a time, so that it is the same whether rows are
/// collected (dataset.h) or pass by (row_pass.h).

/// How the files of a split are read.
RowReading readingOf(const DataSpec& spec, const DataFiles& files, const std::string& split);

/// Gives rows the fields that the data's "columns" name. All rows must be seen first, because a column that no row has
/// is an error, and a name with blanks around it means the one without where no row has it.
class ColumnMapping
{
  public:
    explicit ColumnMapping(std::map<std::string, std::string> columns = {}) : columns_(std::move(columns)) {}

    bool isEmpty() const { return columns_.empty(); }
    void see(const Row& row);
    /// Errors: a column that no row has.
    Status finish();
    void apply(Row& row) const;

  private:
    std::map<std::string, std::string> columns_; ///< by field
    std::map<std::string, std::string> sources_; ///< by field: the column as the rows call it
    std::set<std::string> seen_;
    std::string file_, names_; ///< of the first row
    std::int64_t line_ = 0;
};

/// Reads a row's conversation behind the mapping, which may be what calls a column "messages"; keys that are not used
/// are remembered by file.
class ConversationStep
{
  public:
    void apply(Row& row);
    std::vector<DataNote> notes() const;

  private:
    std::map<std::string, std::set<std::string>> unknown_;
};

/// Which split a row's column says; empty when none, and why in reason.
std::string splitByColumn(const Row& row, const std::string& column, std::string& reason);

/// The split of each of so many rows by the data's seed and shares: 0 train, 1 validation, 2 test.
std::vector<std::uint8_t> drawnSplits(const DataSpec& spec, std::size_t rows);
const char* drawnSplitName(std::uint8_t split);

/// A split without rows, with what was rejected first of it.
Error noUsableRow(const std::string& split, const std::filesystem::path& file,
                  const std::vector<RejectedRow>& rejected);
/// A column to split by that no row has, beside those of the first row.
Error noSplitColumn(const std::string& column, const Row& first);

} // namespace hilo
