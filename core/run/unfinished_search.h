// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>

namespace hilo {

/// What `hilo search` keeps beside its result S.json while it is not finished, S.json.state: one safetensors file with
/// all that it needs to go on, whose metadata tells step, steps, threads, identity and the settings as JSON.
struct UnfinishedSearch
{
    std::int64_t step = 0;
    std::int64_t steps = 0;
    std::int64_t experts = 0; ///< of the supernet
    std::int64_t rank = 0;
    std::int64_t askedSteps = 0; ///< as given; 0: four epochs
};

std::filesystem::path searchStateFile(const std::filesystem::path& result);

/// Errors: no such file, or not one of a search.
Result<UnfinishedSearch> readUnfinishedSearch(const std::filesystem::path& stateFile);

} // namespace hilo
