// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/mapped_file.h"
#include "formats/parquet/schema.h"
#include "formats/unread_cells.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo::parquet {

/// The rows of a row group, one at a time.
class RowCursor
{
  public:
    RowCursor(RowCursor&& other) noexcept;
    RowCursor& operator=(RowCursor&& other) noexcept;
    ~RowCursor();
    /// As ParquetFile::readRows gives them; nothing behind the last one.
    Result<std::optional<Json>> next();

  private:
    friend class ParquetFile;
    struct State;
    explicit RowCursor(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A Parquet file of rows (apache/parquet-format): flat columns, lists, structs, maps and their nesting; all codecs of
/// codec.h and encodings of encodings.h; pages of both versions. Read a row at a time, with one page of each column in
/// memory. Immutable, so threads may share one.
class ParquetFile
{
  public:
    /// Errors: no Parquet, truncated, encrypted, a schema or codec that is not known; each with its place.
    static Result<ParquetFile> open(const std::filesystem::path& path);
    static Result<ParquetFile> fromBytes(std::span<const std::byte> bytes, std::string name);

    std::int64_t rows() const { return metadata_.rows; }
    std::size_t rowGroups() const { return metadata_.rowGroups.size(); }
    std::vector<std::string> columnNames() const;
    /// What its writer put beside the schema under a key ("huggingface"); empty where there is nothing.
    std::string metadata(const std::string& key) const;

    /// Gives every row of a group as an object with the columns in the file's order: lists as arrays, structs as
    /// objects, maps as objects where their keys are texts, else as lists of pairs. Bytes that are no text are null,
    /// and told in unread. Rows are numbered from 0 in the whole file.
    Status readRows(std::size_t rowGroup, const std::function<Status(std::int64_t row, Json values)>& receive,
                    UnreadCells* unread = nullptr) const;
    /// The same rows for who asks for the next one; the cursor may outlive the file, but not fromBytes' bytes.
    RowCursor openRowGroup(std::size_t rowGroup, UnreadCells* unread = nullptr) const;

  private:
    ParquetFile() = default;
    std::shared_ptr<const MappedFile> mapping_;
    std::span<const std::byte> bytes_;
    std::string name_;
    FileMetadata metadata_;
    std::shared_ptr<const Node> root_;
};

} // namespace hilo::parquet
