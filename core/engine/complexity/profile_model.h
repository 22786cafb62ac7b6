// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"
#include "base/progress.h"
#include "run/run_spec.h"

#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What `hilo profile` is asked for.
struct ProfileRequest
{
    std::filesystem::path model;
    std::vector<std::string> signals; ///< of the catalogue
    std::optional<DataSpec> data;     ///< needed by activation and gradient signals
    std::string split = "train";
    std::string validationSplit = "validation"; ///< where data has none of this name: other rows of split
    std::int64_t sequences = 128;               ///< calibration rows for activations
    std::int64_t gradientSequences = 64;        ///< for gradients, of at most gradientTokens tokens
    std::int64_t gradientTokens = 4096;         ///< the validation rows get half of it
    std::int64_t maxLength = 256;
    std::filesystem::path adapter; ///< a trained one, for the signals that need it
    std::filesystem::path cache;   ///< empty: nothing is kept
    int threads = 0;               ///< of the CPU; 0: by measurement
};

/// Measures the signals; passes that were made before with the same weights, data and settings come from the cache.
/// Errors: unknown signals, missing or unlabelled data, a damaged model, not enough memory, cancel.
Result<ComplexityProfile> profileModel(const ProfileRequest& request, const Progress& progress);

} // namespace hilo
