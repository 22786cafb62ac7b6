// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/tokenise.h"
#include "engine/model/packed_batch.h"
#include "run/run_spec.h"

#include <vector>

namespace hilo {

/// Some calibration rows laid end to end, all of one half of the data.
struct CalibrationBatch
{
    PackedBatch packed;
    int half = 0;                      ///< 0 or 1: every other row
    std::vector<std::int64_t> samples; ///< number of each sequence's row among those that were chosen
    std::vector<std::int64_t> labels;  ///< how many labels each sequence has
};

/// At most `count` rows at equal distances over the examples, until `tokens` are reached (0: no limit); rows of fewer
/// than two tokens are passed over.
std::vector<std::int64_t> spreadRows(const std::vector<TokenisedExample>& examples, std::int64_t count,
                                     std::int64_t tokens = 0);

/// Batches of at most tokensPerBatch tokens (or one row), those of half 0 first.
std::vector<CalibrationBatch> calibrationBatches(const std::vector<TokenisedExample>& examples,
                                                 const std::vector<std::int64_t>& rows, std::int64_t tokensPerBatch,
                                                 LossOn lossOn);

std::int64_t tokenCount(const std::vector<CalibrationBatch>& batches);

} // namespace hilo
