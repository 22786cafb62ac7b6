// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace hilo {

/// The p of several comparisons, corrected so that the chance of one false finding or more among all of them stays
/// below the level that the corrected ones are compared with (Holm 1979): the i-th smallest of m times m - i + 1, never
/// below a smaller one's, at most 1.
std::vector<double> holmCorrected(std::span<const double> p);

} // namespace hilo
