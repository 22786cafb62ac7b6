// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>

namespace hilo {

/// What of a typed file (Parquet, Arrow) is no text and therefore null in the rows that are read.
struct UnreadCells
{
    /// By their type bytes, of which some are no text: pictures, sounds.
    std::set<std::string> bytesColumns;
    /// Of the newest row the columns of the file that have such a cell, at any depth.
    std::set<std::string> bytesOfRow;
    /// Of the newest row the first column ("turns.content") that is by its type a text and whose bytes are no UTF-8:
    /// the row is damaged. Empty where there is none.
    std::string brokenText;
};

} // namespace hilo
