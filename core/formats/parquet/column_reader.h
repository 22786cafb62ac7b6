// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/parquet/encodings.h"
#include "formats/parquet/schema.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo::parquet {

/// The entries of one column of a row group, a page at a time: a value or its absence, with the levels that say where
/// in the row it belongs.
class ColumnReader
{
  public:
    /// The leaf and the file's bytes must live as long as the reader.
    ColumnReader(const Node& leaf, const ColumnChunk& chunk, Bytes file, std::string name);

    /// False at the end of the column; reads the next page when it must.
    Result<bool> hasNext();
    /// Of the current entry, after hasNext.
    std::uint32_t definition() const { return definitions_.empty() ? 0 : definitions_[at_]; }
    std::uint32_t repetition() const { return repetitions_.empty() ? 0 : repetitions_[at_]; }
    bool isPresent() const { return static_cast<int>(definition()) == leaf_.definition; }
    /// The current entry's value, null when it is absent, and on to the next one. Errors: an entry that the page has
    /// not.
    Result<Json> take();

  private:
    Status nextPage();
    Status readDictionary(const PageHeader& header, Bytes body);
    Status readData(const PageHeader& header, Bytes body);
    Status readValues(int encoding, Bytes bytes);
    Error errorHere(Error error) const;

    const Node& leaf_;
    const ColumnChunk& chunk_;
    Bytes file_;
    std::string name_;
    std::size_t position_ = 0; ///< of the next page in the file
    std::int64_t left_ = 0;    ///< entries on pages that were not read yet
    std::vector<std::uint32_t> definitions_, repetitions_;
    std::size_t entries_ = 0; ///< of the page
    std::size_t at_ = 0;
    std::size_t valueAt_ = 0;
    RawValues dictionary_;
    RawValues values_;
    std::vector<std::uint32_t> indices_; ///< into the dictionary, where the page has them
    bool usesDictionary_ = false;
};

} // namespace hilo::parquet
