// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace hilo {

/// The columns of rows that are seen one after another, in the order of their first appearance.
class ColumnCounts
{
  public:
    struct Column
    {
        std::string name;
        std::int64_t rows = 0; ///< that have it; one whose cell is null has it not
    };

    void see(const Row& row);

    const std::vector<Column>& columns() const { return columns_; }
    std::vector<std::string> names() const;
    std::int64_t rows() const { return rows_; }
    /// There are more than are remembered.
    bool isCut() const { return isCut_; }

    /// Objects whose keys are no columns but values would have one each.
    static constexpr std::size_t mostColumns = 1000;

  private:
    std::vector<Column> columns_;
    std::unordered_map<std::string, std::size_t> places_;
    std::int64_t rows_ = 0;
    bool isCut_ = false;
};

/// Of all rows of all splits, those of the training rows first.
ColumnCounts columnCountsOf(const Dataset& dataset);

/// The names of everything that the row has, its conversation as "messages".
std::vector<std::string> columnsOf(const Row& row);

} // namespace hilo
