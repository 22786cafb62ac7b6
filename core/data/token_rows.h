// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_file.h"
#include "data/tokenise.h"

#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace hilo {

/// Tokenised rows, one behind the other, wherever they are: in memory, or in files that are mapped and of which a row
/// is taken out when it is asked for (row_file.h). Rows are given by value. Copies are cheap and share the rows.
class TokenRows
{
  public:
    TokenRows() = default;
    /// Rows in memory.
    TokenRows(std::vector<TokenisedExample> rows);
    explicit TokenRows(std::shared_ptr<const RowFile> file);
    /// Rows that somebody else keeps for as long as they are used.
    static TokenRows viewOf(const std::vector<TokenisedExample>& rows);

    void append(TokenRows rows);

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    /// Throws std::runtime_error where a mapped file was written over since it was opened.
    TokenisedExample operator[](std::size_t row) const;
    /// Tokens of the row, without taking it out.
    std::int64_t tokens(std::size_t row) const;
    /// Those of its rejected row, too.
    std::int64_t tokensOfAll(std::size_t row) const;
    /// rowDigest() of the row.
    std::string hash(std::size_t row) const;
    /// tokensOfAll() of all rows.
    std::vector<std::int64_t> lengths() const;

    /// For loops over all rows.
    class Iterator
    {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = TokenisedExample;
        using difference_type = std::ptrdiff_t;
        using pointer = const TokenisedExample*;
        using reference = TokenisedExample;

        Iterator(const TokenRows* rows, std::size_t row) : rows_(rows), row_(row) {}
        TokenisedExample operator*() const { return (*rows_)[row_]; }
        Iterator& operator++()
        {
            ++row_;
            return *this;
        }
        bool operator==(const Iterator& other) const { return row_ == other.row_; }

      private:
        const TokenRows* rows_;
        std::size_t row_;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size_}; }

  private:
    struct Part
    {
        std::size_t begin = 0; ///< its first row among all
        std::shared_ptr<const std::vector<TokenisedExample>> memory;
        std::shared_ptr<const RowFile> file;
    };
    const Part& partOf(std::size_t row) const;

    std::vector<Part> parts_;
    std::size_t size_ = 0;
};

} // namespace hilo
