// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace hilo {

/// The mean of spectra that list their largest values first, rank by rank, in which each counts by its weight (of at
/// least 0, not all 0); a spectrum that is shorter than the longest counts as 0 behind its end. Largest first, too.
std::vector<double> meanSpectrum(const std::vector<std::vector<double>>& descending,
                                 const std::vector<double>& weights);

} // namespace hilo
