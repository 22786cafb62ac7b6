// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/merge/merge_adapters.h"
#include "formats/model_source.h"

namespace hilo {

/// Measures the base, each of the adapters, and the merged one on the request's data. Adapters may be on the CPU.
/// Errors of reading data, model and evaluation.
Result<std::vector<MergeCost>> measureMerge(const MergeRequest& request, const ModelSource& model,
                                            const std::vector<std::shared_ptr<MixtureAdapter>>& adapters,
                                            const std::shared_ptr<MixtureAdapter>& merged, const Progress& progress);

} // namespace hilo
