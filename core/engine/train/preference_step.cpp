// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/preference_step.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;
using Sums = std::array<double, PreferenceSums::Count>;

/// The rows as sequences of their own.
std::vector<TokenisedExample> sequencesOf(const TokenRows& examples, std::span<const std::int64_t> rows)
{
    std::vector<TokenisedExample> sequences;
    const auto add = [&sequences](const TokenisedExample& row) {
        TokenisedExample one;
        one.answers = {row.answers.back()};
        one.answerStart = one.answers.front().first;
        one.tokens.assign(row.tokens.begin(), row.tokens.begin() + one.answers.front().second);
        sequences.push_back(std::move(one));
    };
    for (const std::int64_t row : rows) {
        const TokenisedExample& example = examples[static_cast<std::size_t>(row)];
        add(example);
        for (const TokenisedExample& rejected : example.rejected)
            add(rejected);
    }
    return sequences;
}

/// Minus the losses of each sequence's labelled tokens, summed up.
std::vector<double> logProbabilitiesOf(const Tensor& losses, const Tensor& labelled,
                                       const std::vector<std::int64_t>& starts)
{
    const Tensor values = losses.to(torch::kCPU, torch::kFloat64).contiguous();
    const Tensor places = labelled.to(torch::kCPU).contiguous();
    std::vector<double> sums(starts.size() - 1);
    std::size_t sequence = 0;
    for (std::int64_t i = 0; i < values.numel(); ++i) {
        while (places.data_ptr<std::int64_t>()[i] >= starts[sequence + 1])
            ++sequence;
        sums[sequence] -= values.data_ptr<double>()[i];
    }
    return sums;
}

/// The same tensor, with every row's gradient multiplied by its weight.
Tensor withWeightedGradient(const Tensor& hidden, const Tensor& weights)
{
    Tensor same = hidden.view_as(hidden);
    if (same.requires_grad())
        same.register_hook(
            [weights](const Tensor& gradient) { return gradient * weights.to(gradient.scalar_type()).unsqueeze(1); });
    return same;
}

} // namespace

std::vector<std::pair<std::string, double>> preferenceMetrics(const Objective& objective, const Tensor& sums)
{
    const Tensor found = sums.to(torch::kCPU, torch::kFloat64).contiguous();
    const double* at = found.data_ptr<double>();
    const auto mean = [at](PreferenceSums::Place sum, PreferenceSums::Place count) { return at[sum] / at[count]; };
    std::vector<std::pair<std::string, double>> metrics;
    if (objective.rows == ObjectiveRows::Pairs) {
        metrics.emplace_back("reward_accuracy", mean(PreferenceSums::Correct, PreferenceSums::Rows));
        metrics.emplace_back("reward_margin", mean(PreferenceSums::Margin, PreferenceSums::Rows));
    } else {
        metrics.emplace_back("divergence", mean(PreferenceSums::Divergence, PreferenceSums::Batches));
    }
    if (at[PreferenceSums::ChosenRows] > 0)
        metrics.emplace_back("chosen_reward", mean(PreferenceSums::Chosen, PreferenceSums::ChosenRows));
    if (at[PreferenceSums::RejectedRows] > 0)
        metrics.emplace_back("rejected_reward", mean(PreferenceSums::Rejected, PreferenceSums::RejectedRows));
    return metrics;
}

PreferenceStep::PreferenceStep(const Objective& objective, ObjectiveSettings settings,
                               std::vector<AnswerLogProbabilities> references, ModuleAdapter* reference)
    : objective_(objective), settings_(std::move(settings)), references_(std::move(references)), reference_(reference)
{
}

TrainingBatch PreferenceStep::batch(const TokenRows& examples, std::span<const std::int64_t> rows,
                                    const TaskMixture& mixture) const
{
    const std::vector<TokenisedExample> sequences = sequencesOf(examples, rows);
    std::vector<std::int64_t> all(sequences.size());
    std::iota(all.begin(), all.end(), std::int64_t{0});
    TrainingBatch batch = makeTrainingBatch(sequences, all, LossOn::Answer);
    batch.labels = static_cast<std::int64_t>(rows.size());
    if (mixture.tasks() > 1) {
        std::vector<std::int64_t> tasks;
        std::size_t sequence = 0;
        for (const std::int64_t row : rows)
            for (std::size_t i = 0; i <= examples[static_cast<std::size_t>(row)].rejected.size(); ++i) {
                ++sequence;
                tasks.resize(static_cast<std::size_t>(batch.packed.starts[sequence]), mixture.taskOf(row));
            }
        batch.tasks = torch::tensor(tasks, torch::kInt64);
    }
    return batch;
}

std::int64_t PreferenceStep::likelihoods(const TokenRows& examples, std::span<const std::int64_t> rows) const
{
    std::int64_t tokens = 0;
    for (const std::int64_t row : rows)
        tokens += answerTokens(examples[static_cast<std::size_t>(row)]);
    return tokens;
}

double PreferenceStep::divergence(const Decoder& decoder, ModuleAdapter* adapter, const TokenRows& examples,
                                  std::span<const std::int64_t> rows) const
{
    if (objective_.rows != ObjectiveRows::Judged)
        return 0;
    std::vector<TokenisedExample> others;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const TokenisedExample& prompt = examples[static_cast<std::size_t>(rows[i])];
        const TokenisedExample& answer = examples[static_cast<std::size_t>(rows[(i + 1) % rows.size()])];
        TokenisedExample one;
        const auto [answerBegin, answerEnd] = answer.answers.back();
        one.answerStart = prompt.answers.back().first;
        one.tokens.assign(prompt.tokens.begin(), prompt.tokens.begin() + one.answerStart);
        one.tokens.insert(one.tokens.end(), answer.tokens.begin() + answerBegin, answer.tokens.begin() + answerEnd);
        one.answers = {{one.answerStart, static_cast<std::int64_t>(one.tokens.size())}};
        others.push_back(std::move(one));
    }
    std::vector<const TokenisedExample*> texts;
    for (const TokenisedExample& one : others)
        texts.push_back(&one);
    const auto size = static_cast<std::int64_t>(texts.size());
    const auto policy = answerLogProbabilities(decoder, adapter, texts, size, {}, {});
    const auto reference = answerLogProbabilities(decoder, reference_, texts, size, {}, {});
    if (!policy || !reference)
        return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    for (std::size_t i = 0; i < texts.size(); ++i)
        sum += (*policy)[i].chosen - (*reference)[i].chosen;
    return std::max(0.0, sum / static_cast<double>(texts.size()));
}

Tensor PreferenceStep::loss(const Decoder& decoder, const Tensor& hidden, const PackedBatch& packed,
                            std::span<const std::int64_t> rows, const TokenRows& examples, double divergence,
                            const PreferenceCounts& counts, const gpu::CrossEntropyOptions& options, Tensor& sums) const
{
    const Tensor labelled = packed.labelled;
    gpu::CrossEntropyOptions ofTokens;
    ofTokens.logitSoftcap = options.logitSoftcap;
    ofTokens.logitBytes = options.logitBytes;
    const Tensor losses = gpu::tokenCrossEntropy(hidden.detach().index_select(0, labelled), decoder.outputWeight(),
                                                 packed.labels.index_select(0, labelled), ofTokens);
    const std::vector<double> scores = logProbabilitiesOf(losses, labelled, packed.starts);

    Sums add{};
    add[PreferenceSums::Divergence] = divergence;
    add[PreferenceSums::Batches] = 1;
    std::vector<double> weightOf(scores.size()); // of each sequence's tokens
    std::size_t sequence = 0;
    const auto ofRows = static_cast<double>(std::max<std::int64_t>(1, counts.rows));
    const double likelihood =
        objective_.likelihoodWeight / static_cast<double>(std::max<std::int64_t>(1, counts.likelihoods));
    for (const std::int64_t row : rows) {
        const TokenisedExample& example = examples[static_cast<std::size_t>(row)];
        const AnswerLogProbabilities reference =
            references_.empty() ? AnswerLogProbabilities{} : references_[static_cast<std::size_t>(row)];
        const AnswerScore chosen{scores[sequence], reference.chosen, answerTokens(example)};
        add[PreferenceSums::Rows] += 1;
        add[PreferenceSums::Loss] -= likelihood * chosen.policy;
        if (objective_.ofPair) {
            const AnswerScore rejected{scores[sequence + 1], reference.rejected,
                                       answerTokens(example.rejected.front())};
            const PairLoss pair = objective_.ofPair(chosen, rejected, settings_);
            add[PreferenceSums::Loss] += pair.loss / ofRows;
            add[PreferenceSums::Correct] += pair.chosen.reward > pair.rejected.reward;
            add[PreferenceSums::Margin] += pair.chosen.reward - pair.rejected.reward;
            add[PreferenceSums::Chosen] += pair.chosen.reward;
            add[PreferenceSums::Rejected] += pair.rejected.reward;
            add[PreferenceSums::ChosenRows] += 1;
            add[PreferenceSums::RejectedRows] += 1;
            // A token's cross-entropy is minus its log-probability.
            weightOf[sequence++] = -pair.chosen.slope / ofRows + likelihood;
            weightOf[sequence++] = -pair.rejected.slope / ofRows;
        } else {
            const bool isGood = example.isGood.value();
            const JudgedLoss judged = objective_.ofJudged(chosen, isGood, divergence, settings_);
            add[PreferenceSums::Loss] += judged.loss / ofRows;
            add[isGood ? PreferenceSums::Chosen : PreferenceSums::Rejected] += judged.answer.reward;
            add[isGood ? PreferenceSums::ChosenRows : PreferenceSums::RejectedRows] += 1;
            weightOf[sequence++] = -judged.answer.slope / ofRows;
        }
    }
    sums.add_(torch::from_blob(add.data(), {PreferenceSums::Count}, torch::kFloat64).to(sums.device()));

    std::vector<float> weights(static_cast<std::size_t>(packed.starts.back()));
    for (std::size_t i = 0; i < weightOf.size(); ++i)
        std::fill(weights.begin() + packed.starts[i], weights.begin() + packed.starts[i + 1],
                  static_cast<float>(weightOf[i]));
    const Tensor weightsOfTokens = torch::tensor(weights).to(hidden.device());
    return gpu::chunkedCrossEntropy(withWeightedGradient(hidden, weightsOfTokens), decoder.outputWeight(),
                                    packed.labels, options);
}

} // namespace hilo
