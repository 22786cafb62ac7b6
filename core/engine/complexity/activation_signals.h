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

struct ActivationSignals
{
    SignalSet set;
    double forwardSeconds = 0; ///< the plain forward pass within set.seconds
};

/// The wanted ones of the signals whose kind is Activations (allocation/signal_catalogue.h has definitions and
/// sources), in one pass over the data: all batches go through a layer before the next one is loaded, so that only one
/// layer's sums (covariances of its inputs and output) exist at a time, beside the hidden states of all tokens. Errors:
/// activations that are not finite, cancel. LibTorch's own leave as exceptions.
Result<ActivationSignals> measureActivations(StreamedModel& model, const std::vector<CalibrationBatch>& batches,
                                             const std::set<std::string>& wanted, const Progress& progress);

} // namespace hilo
