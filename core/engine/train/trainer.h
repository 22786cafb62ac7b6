// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"
#include "engine/adapter/adapter.h"
#include "engine/model/decoder.h"
#include "engine/train/batch_plan.h"
#include "project/run_spec.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace hilo {

/// How far a training is; with adapter and moments everything that a checkpoint needs, because batches, dropout and
/// learning rate are functions of it.
struct TrainingPosition
{
    std::int64_t step = 0;
    std::int64_t microBatch = 0;
    std::int64_t tokens = 0; ///< trained on so far
    double seconds = 0;      ///< of all processes so far
};

/// What one step did.
struct StepReport
{
    double loss = 0;          ///< nats per label, without the auxiliary loss
    double auxiliaryLoss = 0; ///< already multiplied by its coefficient
    double learningRate = 0;
    double gradientNorm = 0; ///< before clipping
    std::int64_t tokens = 0;
    double seconds = 0;
};

/// The optimiser's steps: batches, loss, gradients, AdamW over one flat buffer. LibTorch's errors leave as exceptions.
class Trainer
{
  public:
    Trainer(std::shared_ptr<const Decoder> decoder, std::shared_ptr<MixtureAdapter> adapter,
            std::vector<TokenisedExample> examples, const TrainingSpec& training);

    std::int64_t steps() const { return steps_; }
    const TrainingPosition& position() const { return position_; }
    TrainingPosition& position() { return position_; }
    MixtureAdapter& adapter() { return *adapter_; }

    StepReport step();

    /// First and second moments of AdamW: optimiser.safetensors.
    Status saveMoments(const std::filesystem::path& file) const;
    Status loadMoments(const std::filesystem::path& file);

  private:
    std::shared_ptr<const Decoder> decoder_;
    std::shared_ptr<MixtureAdapter> adapter_;
    std::vector<TokenisedExample> examples_;
    TrainingSpec training_;
    BatchPlan plan_;
    std::int64_t steps_ = 0;
    torch::Tensor firstMoment_;
    torch::Tensor secondMoment_;
    TrainingPosition position_;
};

} // namespace hilo
