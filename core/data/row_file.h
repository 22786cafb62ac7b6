// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/atomic_file.h"
#include "base/json.h"
#include "base/mapped_file.h"
#include "base/progress.h"
#include "data/row_codec.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// Tokenised rows in a file that is read by mmap ("hilo.rows/1", docs/formats.md): blocks of records with where each
/// one begins, its tokens and its digest; what is known of all of them, as JSON; and an end that says where everything
/// is. Every block has a checksum.
class RowFile
{
  public:
    /// Reads the whole file once to compare the checksums. Errors: no such file, cut off, of another version, made for
    /// another key, damaged, cancelled.
    static Result<std::shared_ptr<const RowFile>> open(const std::filesystem::path& path, const std::string& key,
                                                       const Progress& progress = {});

    std::size_t size() const { return static_cast<std::size_t>(rows_); }
    /// Errors: only of a file that was written over since it was opened.
    Result<DecodedRow> row(std::size_t index) const;
    std::int64_t tokens(std::size_t index) const;
    std::int64_t tokensOfAll(std::size_t index) const;
    /// rowDigest() of the row.
    std::string digest(std::size_t index) const;
    /// What its maker had to say of all rows.
    const Json& facts() const { return facts_; }

  private:
    /// Of the directory at the file's end.
    struct Block
    {
        std::uint64_t firstRow = 0;
        std::uint64_t begin = 0;  ///< of its records
        std::uint64_t tables = 0; ///< behind them
        std::uint64_t end = 0;
        std::uint64_t checksum = 0;
    };
    /// A row's place in its block.
    struct Place
    {
        const Block* block;
        std::uint64_t rows; ///< of the block
        std::uint64_t index;
    };
    friend class RowFileWriter;

    RowFile() = default;
    Status readEnd(const std::string& key);
    Status checkBlocks(const Progress& progress) const;
    Place placeOf(std::size_t index) const;
    template <class T>
    T at(std::uint64_t position) const;
    Error damagedAt(std::uint64_t position, const std::string& what) const;

    std::shared_ptr<const MappedFile> mapping_;
    std::string name_;
    std::vector<Block> blocks_;
    std::uint64_t rows_ = 0;
    Json facts_;
};

/// Writes such a file row by row under a temporary name; a block is in memory. Without finish() nothing is left.
class RowFileWriter
{
  public:
    /// Errors: a file that cannot be made.
    static Result<RowFileWriter> create(const std::filesystem::path& path, const std::string& key);

    /// example: kept beside the tokens, where it is given. Errors: of writing.
    Status add(const TokenisedExample& row, const Example* example = nullptr);
    Status finish(const Json& facts);

  private:
    RowFileWriter(AtomicFileWriter file, std::string key) : file_(std::move(file)), key_(std::move(key)) {}
    Status write(std::string_view bytes);
    Status endBlock();

    AtomicFileWriter file_;
    std::string key_;
    std::uint64_t written_ = 0;
    std::uint64_t rows_ = 0;
    std::string records_; ///< of the block
    std::vector<std::uint64_t> begins_;
    std::vector<std::uint32_t> tokens_, tokensOfAll_;
    std::string digests_;
    std::vector<RowFile::Block> blocks_;
};

} // namespace hilo
