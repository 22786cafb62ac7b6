// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/task_mixture.h"
#include "data/token_rows.h"
#include "engine/model/packed_batch.h"
#include "run/run_spec.h"

#include <span>

namespace hilo {

/// Which of a prompt's tokens are left out of a batch: word dropout of Iyyer et al. 2015 ("Deep Unordered Composition
/// Rivals Syntactic Methods for Text Classification", section 3.1, there for words). A pure function of key, row and
/// token.
struct PromptDropout
{
    double share = 0; ///< 0: none
    std::uint64_t key = 0;
};

/// Lays rows end to end. The last token of a row predicts nothing, so it is left out. Labels stand where the next token
/// belongs to an answer, or everywhere (LossOn::WholeText). Returns also how many labels there are. Dropout never takes
/// an answer's tokens, the row's first token, or the token just before an answer, which announces it.
struct TrainingBatch
{
    PackedBatch packed;
    std::int64_t labels = 0;
    torch::Tensor tasks; ///< [T] int64: the task of each token's row; undefined where there is one task
};
TrainingBatch makeTrainingBatch(const TokenRows& examples, std::span<const std::int64_t> rows, LossOn lossOn,
                                const PromptDropout& dropout = {}, const TaskMixture& mixture = {});
/// The same of rows in memory, which are not copied.
TrainingBatch makeTrainingBatch(const std::vector<TokenisedExample>& examples, std::span<const std::int64_t> rows,
                                LossOn lossOn, const PromptDropout& dropout = {}, const TaskMixture& mixture = {});

} // namespace hilo
