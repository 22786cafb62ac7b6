// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// Values over depth: one per group of layers, or the ends of a ramp.
struct DepthSchedule
{
    std::vector<std::int64_t> values;
    bool ramp = false; ///< values are r_min and r_max
};

/// How a text of digits alone is read.
enum class DigitText {
    EveryDigit,  ///< one group per digit, always (MoLA)
    LongStrings, ///< three digits or more: one group per digit; one or two: a number for all layers
};

/// Reads "2468" (one group per digit), "2,4,6,8" or "10,2,2,2" (one group per number; "128," is one number for all),
/// "2..8" (a ramp). wrong usage, naming the setting: anything else, numbers outside of lowest to highest.
Result<DepthSchedule> parseDepthSchedule(const std::string& setting, const std::string& text, DigitText digits,
                                         std::int64_t lowest, std::int64_t highest);

/// r_i = r_min + (r_max - r_min)(i - 1)/(n - 1) for i = 1..n, rounded half up; n = 1 gives r_min. As a
/// review of 2502.03884 has it; the rounding is ours.
std::vector<std::int64_t> rankRule(std::int64_t lowest, std::int64_t highest, std::int64_t count);

/// As many of the values as there are layers, at equal distances, the first and the last among them; all where they
/// fit.
std::vector<std::int64_t> valuesThatFit(const std::vector<std::int64_t>& values, std::int64_t layers);

/// A default such as "2468" for a model of this depth: "2,6,8" where it has three layers. Texts that fit, and those
/// that are no string of three digits or more, stay as they are.
std::string scheduleThatFits(const std::string& text, std::int64_t layers);

/// One value per layer. Group granularity: layer l (from 0) of L takes value floor(n·l/L) of n; a ramp has `groups`
/// values by the rank rule. Layer granularity: the values are laid at equal distances over the depth and joined by
/// straight lines, rounded half up, so that a ramp, or digits that rise evenly, follow the rank rule with n = L.
/// wrong usage, naming the setting: more values than layers; the hint has those that fit.
Result<std::vector<std::int64_t>> valuesPerLayer(const std::string& setting, const DepthSchedule& schedule,
                                                 std::int64_t layers, bool everyLayer, std::int64_t groups);

} // namespace hilo
