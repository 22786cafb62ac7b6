// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <cstdint>

namespace hilo {

/// What holds for every module of an adapter; what differs by module stands in the map.
struct AdapterSettings
{
    ScalingMode scaling = ScalingMode::AlphaOverRank;
    double constantScale = 1;
    RouterKind router = RouterKind::TopK;
    double topP = 0.8; ///< for RouterKind::TopP
    double dropout = 0;
    double auxiliaryLoss = 0;
    std::int64_t seed = 1;

    bool operator==(const AdapterSettings&) const = default;
};

AdapterSettings adapterSettings(const TrainingSpec& training);

/// The factor on an expert's output: alpha/rank (2106.09685), alpha/sqrt(rank) (2312.03732) or the constant.
double expertScale(const AdapterSettings& settings, double alpha, std::int64_t rank);

/// "alpha_over_rank", "alpha_over_sqrt_rank", "constant" and "top_k", "dense", "top_k_null", as adapter.json has them.
Json toJson(const AdapterSettings& settings);
/// Errors: unknown keys or names, values out of range.
Result<AdapterSettings> parseAdapterSettings(const Json& document, const std::string& file, const std::string& place);

} // namespace hilo
