// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/evaluate/row_scorer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilo {

/// The place of the highest value; -1 where two share it, because then nothing was chosen.
std::int64_t onlyHighest(std::span<const double> values);

/// The log-likelihood of each choice of some rows, in nats: of each row, each choice. scored gets their losses.
Result<std::vector<std::vector<double>>>
choiceLikelihoods(const ScoringInputs& inputs, std::span<const std::size_t> rows, std::vector<ScoredRow>& scored);

} // namespace hilo
