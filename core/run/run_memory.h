// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/memory_estimate.h"
#include "run/run_spec.h"

namespace hilo {

/// What a run's settings mean for the estimate of its memory where its rows are not known: every row as long as
/// max_length allows. For the device that it asks for.
EstimateSettings largestSettings(const TrainingSpec& training);

/// The most that a run can need by its settings.
MemoryEstimate largestMemory(const RunSpec& spec, const ModelConfig& model);

} // namespace hilo
