// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/token_rows.h"
#include "engine/evaluate/answer_scores.h"
#include "engine/model/decoder.h"
#include "engine/train/parallel.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// What the reference makes of a run's training rows, in their order. Computed once, by rank 0, and kept in the run
/// folder's reference.safetensors, which a resumed run reads; key: of the rows and the reference, so that what was
/// computed for others is computed anew. reference: an adapter in evaluation mode, or nullptr for the base alone.
/// parallel: null for one process. Errors: a log-probability that is not finite, cancelled.
Result<std::vector<AnswerLogProbabilities>> referenceScores(const Decoder& decoder, ModuleAdapter* reference,
                                                            const TokenRows& rows,
                                                            const std::filesystem::path& runFolder,
                                                            const std::string& key, std::int64_t batchSize,
                                                            Parallel* parallel, const Progress& progress);

} // namespace hilo
