// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "gpu/tensor.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// Everything that a search needs to go on as if it had never been stopped: its batches are functions of the step.
struct SearchCheckpoint
{
    std::string identity; ///< SHA-256 of all that decides the result
    Json settings;        ///< for whoever shows the search
    std::int64_t steps = 0;
    int threads = 1;                               ///< sums are added in another order with others
    std::vector<std::pair<double, double>> losses; ///< of each step so far, on the training and the validation batch
    std::map<std::string, torch::Tensor> tensors;
};

/// In one step: the old file or the new one.
Status writeSearchCheckpoint(const std::filesystem::path& file, const SearchCheckpoint& state);

/// Nothing where there is no such file. Errors: a file that is not the state of a search.
Result<std::optional<SearchCheckpoint>> readSearchCheckpoint(const std::filesystem::path& file);

} // namespace hilo
