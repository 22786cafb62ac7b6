// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/training_batch.h"

#include <algorithm>

namespace hilo {
namespace {

bool isAnswer(const TokenisedExample& example, std::int64_t token)
{
    return std::any_of(example.answers.begin(), example.answers.end(),
                       [token](const auto& range) { return token >= range.first && token < range.second; });
}

} // namespace

TrainingBatch makeTrainingBatch(const std::vector<TokenisedExample>& examples, std::span<const std::int64_t> rows,
                                LossOn lossOn)
{
    TrainingBatch batch;
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> positions;
    std::vector<std::int64_t> labels;
    std::vector<std::int64_t> labelled;
    batch.packed.starts = {0};
    for (const std::int64_t row : rows) {
        const TokenisedExample& example = examples[static_cast<std::size_t>(row)];
        for (std::size_t i = 0; i + 1 < example.tokens.size(); ++i) {
            const auto next = static_cast<std::int64_t>(i) + 1;
            const bool counts = lossOn == LossOn::WholeText || isAnswer(example, next);
            tokens.push_back(example.tokens[i]);
            positions.push_back(static_cast<std::int64_t>(i));
            labels.push_back(counts ? example.tokens[i + 1] : -100);
            batch.labels += counts;
            if (counts)
                labelled.push_back(static_cast<std::int64_t>(labels.size()) - 1);
        }
        batch.packed.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    batch.packed.tokens = torch::tensor(tokens, torch::kInt64);
    batch.packed.positions = torch::tensor(positions, torch::kInt64);
    batch.packed.labels = torch::tensor(labels, torch::kInt64);
    batch.packed.labelled = torch::tensor(labelled, torch::kInt64);
    return batch;
}

} // namespace hilo
