// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/mapped_file.h"
#include "formats/arrow/column.h"
#include "formats/unread_cells.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo::arrow {

/// Arrow's IPC formats (apache/arrow: docs/source/format/Columnar.rst), as pyarrow, Feather V2 and `datasets` write
/// them: the stream and the file ("ARROW1"), several record batches, dictionaries with replacements and deltas, buffers
/// compressed by LZ4 or zstd. Rows are read from front to back with one record batch in memory.
class ArrowFile
{
  public:
    /// Errors: no Arrow file, Feather V1, big-endian, a type that is not read, truncated; each with its place.
    static Result<ArrowFile> open(const std::filesystem::path& path);
    /// bytes must outlive the reader.
    static Result<ArrowFile> fromBytes(Bytes bytes, std::string name);

    std::vector<std::string> columnNames() const;
    /// What its writer put beside the schema under a key; of those that are read ("huggingface") alone.
    std::string metadata(const std::string& key) const;
    /// The next row as an object with the columns in the file's order (column_values.h); nothing behind the last one.
    /// Errors: what of the file is damaged, with its place.
    Result<std::optional<Json>> next(UnreadCells* unread = nullptr);
    /// A stream that ended without the mark of its end: the writer may have been stopped. Known behind the last row.
    bool endedWithoutMark() const { return endedWithoutMark_; }

  private:
    struct Block
    {
        std::size_t position = 0;
    };
    ArrowFile() = default;
    Status readStreamSchema(std::size_t begin);
    Status readFooter();
    Status nextBatch(bool& found);
    Result<std::vector<Block>> blocksOf(const FlatTable& footer, std::uint16_t field) const;
    Error named(Error error) const;

    std::shared_ptr<const MappedFile> mapping_;
    Bytes bytes_;
    std::string name_;
    std::shared_ptr<const Schema> schema_; ///< shared, because columns point to its fields
    Dictionaries dictionaries_;
    bool isStream_ = true;
    std::size_t position_ = 0;  ///< of the next message, in a stream
    std::vector<Block> blocks_; ///< of the record batches, in a file
    std::size_t block_ = 0;
    Batch batch_;
    std::int64_t row_ = 0; ///< of the batch
    std::int64_t rows_ = 0;
    bool endedWithoutMark_ = false;
};

} // namespace hilo::arrow
