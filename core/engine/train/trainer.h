// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/token_rows.h"
#include "engine/adapter/adapter.h"
#include "engine/data/batch_plan.h"
#include "engine/data/training_batch.h"
#include "engine/model/decoder.h"
#include "engine/train/fixed_batch.h"
#include "engine/train/learning_rates.h"
#include "engine/train/parallel.h"
#include "engine/train/preference_step.h"
#include "engine/train/reallocation/reallocation.h"
#include "gpu/operators/cross_entropy.h"
#include "gpu/step_graph.h"
#include "run/run_spec.h"

#include <filesystem>
#include <limits>
#include <memory>
#include <string>
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
    bool measured = true;     ///< false: loss, auxiliaryLoss and gradientNorm were not asked for and are 0
    double loss = 0;          ///< nats per label, or the objective's mean over rows; without the auxiliary loss
    double auxiliaryLoss = 0; ///< already multiplied by its coefficient
    std::vector<std::pair<std::string, double>> preferences; ///< preferenceMetrics(), of a measured step
    double learningRate = 0;
    double gradientNorm = 0; ///< before clipping
    std::int64_t tokens = 0;
    double seconds = 0;
    /// Of a measured step whose loss or gradient is not finite, which has changed no weight: the first place in this
    /// process' part of it where that is so; empty otherwise.
    std::string notFinite;
};

/// The optimiser's steps: batches, loss, gradients, AdamW over one flat buffer. With several processes each one runs
/// every size-th micro-batch, and W processes with A micro-batches each do what one does with W·A. With
/// training.cuda_graph all micro-batches have one shape, and a GPU replays what one of them has recorded: forward pass,
/// loss and backward pass; the optimiser's few launches stay outside. LibTorch's errors leave as exceptions.
class Trainer
{
  public:
    /// mixture: of the tasks that the examples are of; with several the adapter's loads are gathered by task.
    /// preferences: how the rows are learnt from where they are pairs or judged answers; null: their answers'
    /// likelihood is learnt.
    Trainer(std::shared_ptr<const Decoder> decoder, std::shared_ptr<MixtureAdapter> adapter, TokenRows examples,
            const TrainingSpec& training, Parallel* parallel = nullptr, TaskMixture mixture = {},
            std::unique_ptr<const PreferenceStep> preferences = {});

    std::int64_t steps() const { return steps_; }
    const TrainingPosition& position() const { return position_; }
    TrainingPosition& position() { return position_; }
    MixtureAdapter& adapter() { return *adapter_; }

    /// On a GPU only a measured step waits for the device.
    StepReport step(bool measured = true);
    /// After a step: where training.reallocation moves the map at it, the adapter takes the new one, and moments move
    /// with their ranks. Nothing: the map stays.
    std::optional<Reallocated> reallocate();
    /// Whether reallocate() may find another map at this step.
    bool mapMovesNow() const { return moving_ && moving_->isDue(position_.step); }
    /// With recomputed activations: only of the first so many layers.
    void setRecomputedLayers(std::int64_t layers) { recomputedLayers_ = layers; }
    /// Tokens of the largest micro-batch of this process so far.
    std::int64_t mostTokens() const { return mostTokens_; }
    /// Whether micro-batches are replayed by now.
    bool replays() const { return graph_.isRecorded(); }

    /// First and second moments of AdamW, and what a map that moves needs besides: optimiser.safetensors.
    Status saveMoments(const std::filesystem::path& file) const;
    Status loadMoments(const std::filesystem::path& file);
    /// False when a weight or a moment is infinite or no number: no checkpoint is worth keeping then.
    bool isFinite() const;

  private:
    std::shared_ptr<const Decoder> decoder_;
    std::shared_ptr<MixtureAdapter> adapter_;
    TokenRows examples_;
    TrainingSpec training_; ///< accumulation: micro-batches of a step in all processes
    Parallel* parallel_ = nullptr;
    TaskMixture mixture_;
    std::unique_ptr<const PreferenceStep> preferences_;
    BatchPlan plan_;
    std::int64_t steps_ = 0;
    std::int64_t microBatches_ = 0;     ///< of the whole run
    std::unique_ptr<FixedBatch> fixed_; ///< only with training.cuda_graph
    gpu::StepGraph graph_{decoder_->device().is_cuda()};
    torch::Tensor preferenceSums_; ///< of a step, by PreferenceSums; undefined without preferences
    std::int64_t likelihoods_ = 0; ///< tokens of the step whose likelihood is learnt beside preferences
    torch::Tensor sums_; ///< of a step: loss and auxiliary loss, double; on a GPU nobody looks at them before its end
    torch::Tensor firstMoment_;
    torch::Tensor secondMoment_;
    std::vector<RateStretch> stretches_;   ///< that learn at a rate of their own
    std::unique_ptr<Reallocation> moving_; ///< null: the map stays as it is
    std::int64_t recomputedLayers_ = std::numeric_limits<std::int64_t>::max();
    std::int64_t mostTokens_ = 0;
    TrainingPosition position_;

    std::vector<TrainingBatch> takeBatches(StepReport& report, std::int64_t& labels);
    TrainingBatch batchOf(std::int64_t index);
    gpu::CrossEntropyOptions lossOptions() const;
    /// Micro-batches of the step that comes next, in all processes: accumulation, or what an epoch's end has left.
    std::int64_t microBatchesOfStep() const;
    /// Adds a micro-batch's losses to sums_ and its gradients to the adapter's. labels and microBatches: those of the
    /// step, numbers or scalars on the device.
    template <class Count>
    void differentiate(const PackedBatch& packed, std::int64_t index, const gpu::CrossEntropyOptions& lossOptions,
                       const Count& labels, const Count& microBatches);
    void runMicroBatch(const TrainingBatch& batch, std::int64_t index, std::int64_t labels);
    /// The same for rows of preferences.
    void runPreferences(const TrainingBatch& batch, std::int64_t index, std::int64_t rowsOfStep);
    /// index: of the micro-batch within the step.
    ForwardOptions forwardOptions(const PackedBatch& packed, std::int64_t index) const;
    /// Adds the adapter's auxiliary loss to a micro-batch's and differentiates both.
    template <class Count>
    void differentiateLoss(torch::Tensor loss, const Count& microBatches);
    void update(StepReport& report, bool measured);
    Optimised optimised();
    void setStretches();
    SumOverProcesses sumOverProcesses() const;
    std::string firstNotFinite();
};

} // namespace hilo
