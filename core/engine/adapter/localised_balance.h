// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/layout.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Squared coefficient of variation Var(Z)/(Mean(Z)² + 1e-10) over all numbers of Z, the variance with n - 1, as the
/// loss of LoRAMoE has it (2312.09979; cv_squared in the code of Ablustrund/LoRAMoE). Z of less than two numbers: 0. A
/// float64 scalar.
torch::Tensor squaredSampleVariation(const torch::Tensor& z);

/// The auxiliary loss of dense routers, "localised balancing" of LoRAMoE (2312.09979 code): Z[b, e] is the sum of
/// expert e's gates over the tokens of sequence b; the loss is the sum over modules of squaredSampleVariation(Z). Rows
/// have no task types here, which is its delta = 0. A group is counted once a pass: activation checkpointing runs it
/// again.
class LocalisedBalance
{
  public:
    explicit LocalisedBalance(const AdapterLayout& layout);

    /// starts: first token of each sequence and behind them the number of tokens, as PackedBatch has them; empty: all
    /// tokens are one sequence.
    void startPass(const std::vector<std::int64_t>& starts);
    /// gates [T, L] of a group.
    void add(int group, const torch::Tensor& gates);
    /// Of the pass: a float64 scalar; without counted groups 0.
    torch::Tensor loss() const;
    /// gates ⊙ (slope - Σ slope·gate) per module [T, L] float32: the gradient by the group's logits of factor · loss().
    torch::Tensor gradientOfLogits(int group, const torch::Tensor& gates, const torch::Tensor& factor) const;

  private:
    const AdapterLayout& layout_;
    std::int64_t sequences_ = 1;
    torch::Tensor sequenceOfToken_;   ///< [T] int64; undefined: all tokens are of sequence 0
    std::vector<torch::Tensor> sums_; ///< by group [B, L] float64; undefined: not counted in this pass
};

} // namespace hilo
