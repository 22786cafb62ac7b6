// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/complexity/signal_set.h"
#include "engine/complexity/trained_experts.h"

namespace hilo {

/// trained_update: per module the Frobenius norm of the update that a trained adapter makes, s·B A, with several
/// experts the mean over them (what an input gets that is sent to all alike); its spectra are the squared singular
/// values, from the factors, B A is never formed. A pilot run of generous rank thus tells how many ranks each module
/// makes use of. Ours; that few directions of a trained update matter is what LoRA rests on (2106.09685 section 7.2).
/// Of the base's own experts each has an update of its own: the module's values are the means over them, of the spectra
/// rank by rank. Modules that a layer has no expert in are left out. Errors: an adapter that has not been trained (all
/// B zero), or with no module that has experts in every layer.
Result<SignalSet> measureTrainedUpdate(const ModelConfig& model, const TrainedExperts& trained);

} // namespace hilo
