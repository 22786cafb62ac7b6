// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"

#include <vector>

namespace hilo {

/// Runs with a result whose number of trainable parameters is nearest (by ratio, at most a factor of three away),
/// nearest first. values: those of the metric that runs are compared by; null: their accuracies.
std::vector<RunSummary> similarRuns(const std::vector<RunSummary>& runs, std::int64_t trainable, std::size_t most,
                                    const FinalValues* values = nullptr);

} // namespace hilo
