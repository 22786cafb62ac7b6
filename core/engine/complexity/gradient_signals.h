// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "engine/complexity/calibration.h"
#include "engine/complexity/signal_set.h"
#include "engine/model/streamed_model.h"

#include <set>
#include <string>

namespace hilo {

/// The wanted ones of the signals whose kind is Gradients (allocation/signal_catalogue.h has definitions and sources),
/// but necessity. One forward pass that keeps every layer's input, then
/// layer by layer from the top: the layer again with gradients, from which each module's input and output gradient
/// follow for every token; no more than one layer's are in memory. A sample's loss is the mean over its labels.
/// training and validation: batches with labels; validation is used for influence alone. Errors: a gradient that is not
/// finite, cancel. LibTorch's own leave as exceptions.
Result<SignalSet> measureGradients(StreamedModel& model, const std::vector<CalibrationBatch>& training,
                                   const std::vector<CalibrationBatch>& validation, const std::set<std::string>& wanted,
                                   const Progress& progress);

} // namespace hilo
