// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hilo {

/// How often which label was right and which one was given: the table of confusions, without its empty cells.
struct LabelCounts
{
    struct Cell
    {
        std::size_t right = 0;
        std::size_t given = 0; ///< noAnswer where none was
        double rows = 0;
    };

    std::size_t taskLabels = 0; ///< the labels of the task are 0 to taskLabels - 1, in its order
    std::size_t labels = 0;     ///< with those that stand in the rows alone
    std::vector<Cell> cells;

    static constexpr std::size_t noAnswer = static_cast<std::size_t>(-1);

    double rows() const;
    double correct() const;
    /// Of each label, how many rows it was right in; the last one, of no answer, is 0.
    std::vector<double> ofRight() const;
    /// Of each label, how many rows it was given in; the last one counts those without an answer.
    std::vector<double> ofGiven() const;
    /// Of each label, how many rows it was right and given in; the last one is 0.
    std::vector<double> ofBoth() const;
};

} // namespace hilo
