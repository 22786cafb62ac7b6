// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "data/token_rows.h"
#include "engine/export/distillation_settings.h"
#include "engine/model/decoder.h"
#include "export/adapter_content.h"
#include "run/run_spec.h"

#include <string>

namespace hilo {

struct Distilled
{
    AdapterContent content; ///< with the weights that were nearest on the rows that were kept back
    std::int64_t rows = 0;  ///< that were trained on
    /// Kept back to measure on; never trained on. 0: there were too few rows, and the last weights are taken.
    std::int64_t rowsKeptBack = 0;
    std::int64_t keptStep = 0;
    std::int64_t tokens = 0; ///< trained on, each as often as it was seen
    /// Mean divergence per token on the rows that were kept back (else on those trained on): nats, of the start and of
    /// content.
    double divergenceBefore = 0, divergenceAfter = 0;
};

/// Trains start, an adapter without routers, until the model with it gives the probabilities that it gives with
/// teacher: the Kullback-Leibler divergence over the rows' tokens becomes smaller (summedDivergence), by AdamW. rows:
/// of the run's training split; a tenth of them, at most 128, is kept back. The same settings, rows and number of
/// threads give the same weights. Bad input: no rows, a divergence that is not finite; cancelled.
Result<Distilled> distilAdapter(const Decoder& decoder, ModuleAdapter& teacher, const AdapterContent& start,
                                const TokenRows& rows, LossOn lossOn, const DistillationSettings& settings,
                                const Progress& progress);

/// start for a distillation: the products of a and b of every module without a place of its own factored anew, so that
/// both halves are of one size and every rank can learn; ranks[i] of module i are kept, the largest singular values
/// first (0: all). Modules on the base's own experts stay as they are.
AdapterContent balancedStart(const AdapterContent& content, const std::vector<std::int64_t>& ranks);

} // namespace hilo
