// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/router_statistics.h"
#include "engine/data/training_batch.h"
#include "engine/train/fixed_shape.h"
#include "gpu/tensor.h"

namespace hilo {

/// Tensors of one shape that lie where they are for a whole run, and that each micro-batch is copied into: what a
/// recorded step reads. Padding repeats the batch's first token in sequences of its own and has no labels.
class FixedBatch
{
  public:
    FixedBatch(const FixedShape& shape, torch::Device device);

    /// labelsOfStep: of all the step's micro-batches, which are microBatches. On a GPU nobody waits for the copies.
    void load(const TrainingBatch& batch, std::int64_t labelsOfStep, std::int64_t microBatches = 1);

    /// With labelled of a fixed length, which names the last token wherever there are fewer labels.
    const PackedBatch& packed() const { return packed_; }
    /// [T] int64: each token's place in packed().labelled, its length where the token has no label.
    const torch::Tensor& places() const { return places_; }
    /// The tokens of rows, which lie before all padding.
    const CountedTokens& rowTokens() const { return rowTokens_; }
    /// [T] int64: each token's task, of padding largestTask; the batch must have had tasks.
    const torch::Tensor& tasks() const { return tasks_; }
    static constexpr std::int64_t largestTask = std::int64_t{1} << 30;
    /// Labels of the step, at least 1: a float32 scalar on the device.
    torch::Tensor labelsOfStep() const { return labelsOfStep_.to(torch::kFloat32); }
    /// Micro-batches of the step, which the last one of a run may have fewer of: a float32 scalar on the device.
    torch::Tensor microBatchesOfStep() const { return microBatchesOfStep_.to(torch::kFloat32); }

  private:
    FixedShape shape_;
    torch::Tensor numbers_; ///< int64 on the device: all of the below
    torch::Tensor bounds_;  ///< int32 on the device
    PackedBatch packed_;
    torch::Tensor places_;
    torch::Tensor tasks_;
    CountedTokens rowTokens_;
    torch::Tensor labelsOfStep_;
    torch::Tensor microBatchesOfStep_;
};

} // namespace hilo
