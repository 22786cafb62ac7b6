// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/training_batch.h"

#include "data/shuffle.h"

#include <algorithm>

namespace hilo {
namespace {

bool isAnswer(const TokenisedExample& example, std::int64_t token)
{
    return std::any_of(example.answers.begin(), example.answers.end(),
                       [token](const auto& range) { return token >= range.first && token < range.second; });
}

/// The places of a row's tokens that stay.
std::vector<std::int64_t> keptTokens(const TokenisedExample& example, std::int64_t row, const PromptDropout& dropout)
{
    const auto count = static_cast<std::int64_t>(example.tokens.size());
    const std::uint64_t key = counterNumber(dropout.key, static_cast<std::uint64_t>(row));
    // 53 bits: as many as a double holds.
    const auto isDropped = [&](std::int64_t i) {
        return dropout.share > 0 &&
               static_cast<double>(counterNumber(key, static_cast<std::uint64_t>(i)) >> 11) * 0x1p-53 < dropout.share;
    };
    std::vector<std::int64_t> kept;
    for (std::int64_t i = 0; i < count; ++i)
        if (i == 0 || isAnswer(example, i) || isAnswer(example, i + 1) || !isDropped(i))
            kept.push_back(i);
    return kept;
}

} // namespace

TrainingBatch makeTrainingBatch(const std::vector<TokenisedExample>& examples, std::span<const std::int64_t> rows,
                                LossOn lossOn, const PromptDropout& dropout, const TaskMixture& mixture)
{
    return makeTrainingBatch(TokenRows::viewOf(examples), rows, lossOn, dropout, mixture);
}

TrainingBatch makeTrainingBatch(const TokenRows& examples, std::span<const std::int64_t> rows, LossOn lossOn,
                                const PromptDropout& dropout, const TaskMixture& mixture)
{
    TrainingBatch batch;
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> positions;
    std::vector<std::int64_t> labels;
    std::vector<std::int64_t> labelled;
    std::vector<std::int64_t> tasks;
    batch.packed.starts = {0};
    for (const std::int64_t row : rows) {
        const TokenisedExample& example = examples[static_cast<std::size_t>(row)];
        const std::vector<std::int64_t> kept = keptTokens(example, row, dropout);
        for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
            const std::int64_t next = kept[i + 1];
            const bool counts = lossOn == LossOn::WholeText || isAnswer(example, next);
            tokens.push_back(example.tokens[static_cast<std::size_t>(kept[i])]);
            positions.push_back(static_cast<std::int64_t>(i));
            labels.push_back(counts ? example.tokens[static_cast<std::size_t>(next)] : -100);
            batch.labels += counts;
            if (counts)
                labelled.push_back(static_cast<std::int64_t>(labels.size()) - 1);
        }
        batch.packed.starts.push_back(static_cast<std::int64_t>(tokens.size()));
        if (mixture.tasks() > 1)
            tasks.resize(tokens.size(), mixture.taskOf(row));
    }
    batch.packed.tokens = torch::tensor(tokens, torch::kInt64);
    batch.packed.positions = torch::tensor(positions, torch::kInt64);
    batch.packed.labels = torch::tensor(labels, torch::kInt64);
    batch.packed.labelled = torch::tensor(labelled, torch::kInt64);
    if (mixture.tasks() > 1)
        batch.tasks = torch::tensor(tasks, torch::kInt64);
    return batch;
}

} // namespace hilo
