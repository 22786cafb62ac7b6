// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/task_mixture.h"
#include "data/token_rows.h"
#include "engine/base/compute.h"
#include "run/run_spec.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// What a row gives a micro-batch.
struct RowSize
{
    std::int64_t tokens = 0; ///< without the last one, which predicts nothing
    std::int64_t labels = 0;
};
RowSize sizeOf(const TokenisedExample& example, LossOn lossOn);
/// Of all rows, each as often as an epoch of the mixture can have it.
std::vector<RowSize> sizesOf(const TokenRows& examples, LossOn lossOn, const TaskMixture& mixture = {});

/// One shape that holds every micro-batch that a run's settings can make of its rows, in any epoch, so that a step can
/// be recorded once (training.cuda_graph). The last token is always padding.
struct FixedShape
{
    std::int64_t tokens = 0;
    std::int64_t sequences = 0; ///< rows, and what padding is cut into; the rest is empty
    std::int64_t longest = 0;   ///< tokens of a sequence at most
    std::int64_t labels = 0;    ///< at most

    /// Without packing the batch_size largest rows; with packing batch_size budgets of max_length tokens.
    static FixedShape of(const TrainingSpec& training, const std::vector<RowSize>& rows);
    /// Lengths of the sequences of padding behind so many tokens of rows.
    std::vector<std::int64_t> padding(std::int64_t used) const;
};

/// Errors: what a model does that no step of a fixed shape can (bad input, naming training.cuda_graph).
Status checkFixedShape(const TrainingSpec& training, const ModelConfig& model, const Compute& compute);

} // namespace hilo
