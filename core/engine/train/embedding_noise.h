// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// What a micro-batch's noise is drawn from: nothing else, so that a resumed run draws the same.
struct NoisePlace
{
    std::int64_t seed = 0;
    std::int64_t step = 0;
    std::int64_t microBatch = 0;
};

/// Noise to add to a micro-batch's embeddings: of a sequence of L tokens uniform within alpha / sqrt(L * hidden) on
/// both sides of 0 (NEFTune, 2310.05914, algorithm 1). starts: first token of each sequence, and the number of tokens
/// at the end. [tokens, hidden] float32 on the CPU.
torch::Tensor embeddingNoise(const std::vector<std::int64_t>& starts, std::int64_t hidden, double alpha,
                             const NoisePlace& place);

} // namespace hilo
