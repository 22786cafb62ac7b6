// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo {

/// P(Z <= z) of the standard normal distribution.
double normalCumulative(double z);
/// P(X >= x) of chi-square (incomplete gamma function: Abramowitz and Stegun 6.5.29 and 6.5.31); relative error below
/// 1e-10 where it is above 1e-100.
double chiSquareUpper(double x, double degreesOfFreedom);
/// P(|T| >= |t|) of Student's distribution, for any degrees of freedom above 0 (incomplete beta function, Abramowitz
/// and Stegun 26.7.1; its continued fraction 26.5.8).
double studentTwoSided(double t, double degreesOfFreedom);
/// The t with studentTwoSided(t) = 0.05, for any degrees of freedom from 0.5 on: half the width of a 95 % interval.
double studentHalfWidth95(double degreesOfFreedom);
/// P(range of k standard normal values <= q): the studentised range with infinite degrees of freedom.
double normalRangeCumulative(double q, int k);
/// The q with normalRangeCumulative(q, k) = 0.95, for k from 2 on.
double normalRangeQuantile95(int k);

} // namespace hilo
