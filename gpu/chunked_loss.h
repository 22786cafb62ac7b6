// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>

namespace hilo::gpu {

struct ChunkedLossOptions
{
    double logitSoftcap = 0;
    std::int64_t logitBytes = std::int64_t{64} << 20; ///< of the logits that exist at once
    /// The tokens with a label, [n] int64 on the labels' device, where the caller knows them: finding them on a GPU
    /// would make the host wait.
    torch::Tensor labelled;
};

/// Sum over labelled tokens of the cross-entropy of hidden [T, hidden]·weightᵀ, weight [vocabulary, hidden];
/// labels [T] int64 on the same device, negative: no loss. A float32 scalar; divide it by the number of labels.
/// Rows without a label cost nothing; the gradients of what requires one are formed chunk by chunk in the forward pass,
/// so that the logits are computed once and never exist all at once. On a GPU the logits are in the weight's type, and
/// nothing waits for the host.
torch::Tensor chunkedCrossEntropy(const torch::Tensor& hidden, const torch::Tensor& weight, const torch::Tensor& labels,
                                  const ChunkedLossOptions& options = {});

} // namespace hilo::gpu
