// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace hilo {

/// Whether the data may be given a validation split: it says so, and nothing else splits it.
bool mayHoldOut(const DataSpec& spec);

/// Rows that a training sees nothing of, where data has training rows alone: a twentieth, at least one and at most a
/// thousand, drawn by the seed 1, become the validation split, so that there is a loss to judge the training by. The
/// split of each of so many rows (row_steps.h: drawnSplits), the same each time; empty where there are less than ten.
std::vector<std::uint8_t> heldOutSplits(std::size_t rows);

/// Whether so few rows give none.
bool areTooFewToDraw(std::size_t rows);

/// Whether the row is nothing but a text, of a file of texts: few of them can give their ends.
bool isPlainText(const Row& row);

/// Where less than ten plain texts are all there is, the last twentieth of each long one is held out instead: it leaves
/// the row and is given as a row of its own. It begins at a line, else a word, else a character. Nothing where the row
/// is none, or has less than a thousand bytes. Texts whose columns are renamed give none.
std::optional<Row> takeEnd(Row& row);

/// What is told of it: how many are kept, or why none is. file: of the first row. ends: rows whose ends are kept.
DataNote heldOutNote(const std::string& file, std::size_t rows, std::size_t ends = 0);

/// Moves those rows, or ends of texts. Nothing happens where there is another split.
void holdOutValidation(const DataSpec& spec, Dataset& dataset);

} // namespace hilo
