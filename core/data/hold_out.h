// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"

namespace hilo {

/// Rows that a training sees nothing of, where data has training rows alone: a twentieth, at most a thousand, drawn by
/// the seed 1, become the validation split, so that there is a loss to judge the training by. The same rows each time;
/// a note says so. Nothing happens where there is another split, or there are less than twenty rows.
void holdOutValidation(Dataset& dataset);

} // namespace hilo
