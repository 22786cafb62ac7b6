// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Whether the data may be given a validation split: it says so, and nothing else splits it.
bool mayHoldOut(const DataSpec& spec);

/// Rows that a training sees nothing of, where data has training rows alone: a twentieth, at most a thousand, drawn by
/// the seed 1, become the validation split, so that there is a loss to judge the training by. The split of each of so
/// many rows (row_steps.h: drawnSplits), the same each time; empty where there are less than twenty.
std::vector<std::uint8_t> heldOutSplits(std::size_t rows);

/// What is told of it: how many are kept, or why none is. file: of the first row.
DataNote heldOutNote(const std::string& file, std::size_t rows);

/// Moves those rows. Nothing happens where there is another split.
void holdOutValidation(Dataset& dataset);

} // namespace hilo
