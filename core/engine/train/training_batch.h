// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"
#include "engine/model/packed_batch.h"
#include "project/run_spec.h"

#include <span>

namespace hilo {

/// Lays rows end to end. The last token of a row predicts nothing, so it is left out. Labels stand where the next token
/// belongs to an answer, or everywhere (LossOn::WholeText). Returns also how many labels there are.
struct TrainingBatch
{
    PackedBatch packed;
    std::int64_t labels = 0;
};
TrainingBatch makeTrainingBatch(const std::vector<TokenisedExample>& examples, std::span<const std::int64_t> rows,
                                LossOn lossOn);

} // namespace hilo
