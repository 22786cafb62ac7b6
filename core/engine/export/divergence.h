// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <cstdint>

namespace hilo {

/// How the logits of two models over the same tokens are compared.
struct DivergenceOptions
{
    double logitSoftcap = 0;                          ///< of the model; 0: none
    std::int64_t logitBytes = std::int64_t{64} << 20; ///< of the logits that exist at once
};

/// Sum over tokens of the Kullback-Leibler divergence Σ p·(log p - log q), in nats, where p are the teacher's and q the
/// student's probabilities of the next token (1503.02531 with temperature 1, up to a constant). student and teacher
/// [n, hidden] are hidden states as Decoder::hidden() gives them, weight [vocabulary, hidden] is the same for both. A
/// float32 scalar with a gradient for student alone, which is formed chunk by chunk in the forward pass, so that the
/// logits never exist all at once.
torch::Tensor summedDivergence(const torch::Tensor& student, const torch::Tensor& teacher, const torch::Tensor& weight,
                               const DivergenceOptions& options = {});

} // namespace hilo
