// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <cstdint>

namespace hilo::gpu {

struct CrossEntropyOptions
{
    double logitSoftcap = 0;
    std::int64_t logitBytes = std::int64_t{64} << 20; ///< of the logits that exist at once
    /// The tokens with a label, [n] int64 on the labels' device, where the caller knows them: finding them on a GPU
    /// would make the host wait. A token without a label may be among them, also more than once, to make their number
    /// a fixed one; places must be given then.
    torch::Tensor labelled;
    /// [T] int64: each token's place in labelled, n where it has no label. May be undefined.
    torch::Tensor places;
};

/// How the logits are cut: rows · columns of them exist at once.
struct LogitChunks
{
    std::int64_t rows = 0;
    std::int64_t columns = 0; ///< the vocabulary: whole rows
};

/// Whole rows, whose logits are computed once, as long as logitBytes holds enough of them that the products are not
/// starved by reading the weight again for every few rows; else the vocabulary in chunks too, of about as many columns
/// as rows, for which a backward pass computes the logits twice: three wide products instead of two narrow ones.
LogitChunks logitChunks(std::int64_t tokens, std::int64_t vocabulary, std::int64_t logitBytes,
                        std::int64_t bytesPerLogit, bool onCpu, bool withGradients);

/// Sum over labelled tokens of the cross-entropy of hidden [T, hidden]·weightᵀ, weight [vocabulary, hidden];
/// labels [T] int64 on the same device, negative: no loss. A float32 scalar; divide it by the number of labels.
/// Rows without a label cost nothing; the gradients of what requires one are formed chunk by chunk in the forward pass,
/// so that the logits never exist all at once. On a GPU the logits are in the weight's type, and nothing waits for the
/// host.
torch::Tensor chunkedCrossEntropy(const torch::Tensor& hidden, const torch::Tensor& weight, const torch::Tensor& labels,
                                  const CrossEntropyOptions& options = {});

/// The same of each token by itself, without gradients, and with the logits in float32 whatever the weight's type: [n]
/// float32 of hidden [n, hidden] and labels [n], all of them with a label.
torch::Tensor tokenCrossEntropy(const torch::Tensor& hidden, const torch::Tensor& weight, const torch::Tensor& labels,
                                const CrossEntropyOptions& options = {});

} // namespace hilo::gpu
