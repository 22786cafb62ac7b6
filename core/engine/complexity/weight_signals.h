// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "engine/complexity/profile_cache.h"
#include "engine/complexity/signal_set.h"
#include "formats/model_source.h"

#include <set>
#include <string>

namespace hilo {

/// The wanted ones of the signals of the weights alone (allocation/signal_catalogue.h has definitions and sources): one
/// weight in memory at a time, read from the mapping, its squared singular values kept by the hash of its values.
/// Errors: a weight that is not finite, no weights, cancel.
Result<SignalSet> measureWeights(const ModelSource& model, const std::set<std::string>& wanted,
                                 const ProfileCache& cache, const Progress& progress);

} // namespace hilo
