// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "engine/complexity/calibration.h"
#include "engine/complexity/signal_set.h"
#include "engine/model/streamed_model.h"

namespace hilo {

/// Leave one block out: the mean loss of the labelled rows without layer l minus the loss with it, for every l. Costs
/// about half as many forward passes as there are layers; layers are read once, for all variants together.
Result<SignalSet> measureNecessity(StreamedModel& model, const std::vector<CalibrationBatch>& batches,
                                   const Progress& progress);

} // namespace hilo
