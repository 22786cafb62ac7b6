// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/merge/merge_settings.h"
#include "export/adapter_content.h"

#include <string>
#include <vector>

namespace hilo {

/// One of the adapters that are merged.
struct MergeInput
{
    std::string name; ///< for errors
    AdapterContent content;
};

/// One adapter of several on one base. A module that not all of them have is merged of those that do. Of the adapters
/// with w and s, the scales of their experts:
/// - linear, ties, dare_linear, dare_ties: of A and of B by themselves, weighted by √|w·s|, of A with the sign of w, so
///   ranks must be equal;
/// - svd, ties_svd, dare_linear_svd, dare_ties_svd: of w and the products s·B·A, cut by singular values to A = Vᵀ, B =
/// U·Σ;
/// - cat: A stacked, w·s·B beside one another.
/// These are what peft's add_weighted_adapter computes (tuners/lora/model.py, utils/merge_utils.py of peft 0.19), for
/// plain LoRAs; DARE draws other numbers. side_by_side: see engine/merge/side_by_side.h.
/// Wrong usage: settings (checkMergeSettings); a mixture where a method is for plain LoRAs. Bad input: ranks that
/// differ; cancelled.
Result<AdapterContent> mergeContents(const std::vector<MergeInput>& inputs, const MergeSettings& settings,
                                     const Progress& progress);

} // namespace hilo
