// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/training_batch.h"
#include "engine/evaluate/answer_scores.h"
#include "engine/model/decoder.h"
#include "gpu/operators/cross_entropy.h"
#include "objectives/objective.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// What a step's pairs or judged answers add up to; sums, so that those of several micro-batches can be added.
struct PreferenceSums
{
    enum Place { Loss, Rows, Correct, Margin, Chosen, ChosenRows, Rejected, RejectedRows, Divergence, Batches, Count };
};

/// Names and values of a step event: reward_accuracy (pairs), reward_margin (pairs), chosen_reward, rejected_reward,
/// divergence (judged answers); of the sums' means.
std::vector<std::pair<std::string, double>> preferenceMetrics(const Objective& objective, const torch::Tensor& sums);

/// How a step's loss is divided up.
struct PreferenceCounts
{
    std::int64_t rows = 0;        ///< pairs or judged answers of the whole step
    std::int64_t likelihoods = 0; ///< tokens of the whole step whose likelihood is learnt, too
};

/// Learning from pairs or from judged answers: what a micro-batch of them looks like, and what each answer's
/// log-probability adds to the loss.
class PreferenceStep
{
  public:
    /// references: by row, what the reference makes of the answers; empty where the objective needs none. reference:
    /// the adapter that makes up the reference, nullptr: the base alone.
    PreferenceStep(const Objective& objective, ObjectiveSettings settings,
                   std::vector<AnswerLogProbabilities> references, ModuleAdapter* reference = nullptr);

    const Objective& objective() const { return objective_; }

    /// Each row's answers as sequences, one behind the other: of a pair the chosen and the rejected one. labels: of the
    /// batch how many rows it has.
    TrainingBatch batch(const TokenRows& examples, std::span<const std::int64_t> rows,
                        const TaskMixture& mixture = {}) const;
    /// Tokens of the batch whose likelihood is learnt, too: of the chosen answers.
    std::int64_t likelihoods(const TokenRows& examples, std::span<const std::int64_t> rows) const;

    /// For objectives of judged answers, before the forward pass and with the adapter in evaluation mode: the policy's
    /// divergence from the reference, estimated on each prompt of the batch with the answer of the next one (2402.01306
    /// section 4.1), at least 0; in nats. 0 for others; NaN where a log-probability is not finite.
    double divergence(const Decoder& decoder, ModuleAdapter* adapter, const TokenRows& examples,
                      std::span<const std::int64_t> rows) const;

    /// The loss of a micro-batch as a scalar to call backward() on. hidden: of the packed batch, with gradients. The
    /// scalar's gradients are right; its value is not the loss, which is added to sums ([PreferenceSums::Count],
    /// double).
    torch::Tensor loss(const Decoder& decoder, const torch::Tensor& hidden, const PackedBatch& packed,
                       std::span<const std::int64_t> rows, const TokenRows& examples, double divergence,
                       const PreferenceCounts& counts, const gpu::CrossEntropyOptions& options,
                       torch::Tensor& sums) const;

  private:
    const Objective& objective_;
    ObjectiveSettings settings_;
    std::vector<AnswerLogProbabilities> references_;
    ModuleAdapter* reference_ = nullptr;
};

} // namespace hilo
