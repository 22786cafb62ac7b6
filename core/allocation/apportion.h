// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Splits total into whole numbers in proportion to the weights, each from lowest to highest: lowest to everyone, the
/// rest by shares, whole parts first, then one each to the largest fractions (earlier ones first on ties); what those
/// at highest can't take is shared among the others again. The sum is total exactly.
/// wrong usage: weights that are negative, not finite or all zero; a total that the bounds can't hold.
Result<std::vector<std::int64_t>> apportion(const std::vector<double>& weights, std::int64_t total, std::int64_t lowest,
                                            std::int64_t highest);

/// AlphaLoRA's own rounding (peijunallin/alphalora: expert_number.py): each share of total rounded half to even; while
/// the sum is short, one more where weight - number is smallest; while it is over, one less where that is largest.
/// The weights of the correction are not normalised, as published, and there is no floor of 1. Numbers never fall below
/// 0, which the original does not guard. Errors as apportion.
Result<std::vector<std::int64_t>> apportionAlphaLora(const std::vector<double>& weights, std::int64_t total);

} // namespace hilo
