// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/reallocation/reallocation.h"

namespace hilo {

/// What orthogonality weighs in AdaLoRA and ElaLoRA (huggingface/peft; HuandongChang/ElaLoRA).
inline constexpr double tripletOrthogonality = 0.5;

/// An adapter whose updates are P Λ Q instead of B A, as AdaLoRA has them (2303.10512; huggingface/peft): one triplet a
/// rank, of a column of P, a number and a row of Q. The optimiser steps over P, Q and Λ; the adapter, which computes,
/// saves and exports as ever, gets B = P and A = Λ Q after each update. P and Q begin as normal numbers of deviation
/// 0.02 and Λ as zero, as in peft. An expert's scale stays that of its first rank, whatever rank it has later: A has
/// the quotient of both as a factor.
class Triplets
{
  public:
    /// Draws the triplets from the adapter's seed and pushes them.
    explicit Triplets(MixtureAdapter& adapter);

    /// Q where the layout has A, P where it has B, routers; behind them Λ, one a rank in the layout's order.
    Optimised& flat() { return flat_; }
    const torch::Tensor& values() const { return flat_.values; }
    torch::Tensor lambda() const;
    std::int64_t ranks() const { return ranks_; }

    /// flat().gradient from the adapter's. orthogonality: times the mean over the experts' P and Q of the Frobenius
    /// norms of PᵀP - I and QQᵀ - I, whose gradient is added.
    void pullGradient(MixtureAdapter& adapter, double orthogonality);
    /// A and B of the adapter from the triplets.
    void push(MixtureAdapter& adapter);
    /// A buffer of flat()'s size after a change, what is new zero.
    torch::Tensor repacked(const Repacking& repacking, const torch::Tensor& old) const;
    /// After a change of the adapter's map, at this step. New triplets have λ = 0, and P and Q drawn from (seed, step,
    /// layer, module, expert, rank), orthogonal to what their expert has and of length 1.
    void repack(MixtureAdapter& adapter, const Repacking& repacking, std::int64_t step);
    /// In a buffer of flat()'s size that has been repacked to this layout: what is new gets the mean over its module's
    /// ranks that are not, as a second moment does (Repacking::secondMoment). oldRanks: of the layout before.
    static void fillNewWithMeans(const AdapterLayout& layout, const Repacking& repacking, std::int64_t oldRanks,
                                 torch::Tensor& flat);

    std::vector<NamedTensor> state() const;
    /// The two tensors of state(), to be filled; then call restored().
    torch::Tensor& values() { return flat_.values; }
    torch::Tensor& firstScales() { return firstScales_; }
    void restored(MixtureAdapter& adapter);

  private:
    std::int64_t parameters_ = 0; ///< of the adapter
    std::int64_t ranks_ = 0;
    Optimised flat_;
    torch::Tensor firstScales_; ///< [ranks] of each rank's expert
    torch::Tensor factors_;     ///< [ranks] firstScales_ over the scale that the adapter has now

    void drawNew(MixtureAdapter& adapter, const std::vector<bool>& isNew, std::int64_t step);
    void addOrthogonality(const MixtureAdapter& adapter, double weight);
    static torch::Tensor scalesOf(MixtureAdapter& adapter);
};

} // namespace hilo
