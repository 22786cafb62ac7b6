// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/summary.h"

#include <span>
#include <vector>

namespace hilo {

struct CurvePoint
{
    double parameters = 0;
    StudyInterval mean;
};

/// The closest values that never fall (pool adjacent violators: Ayer et al. 1955).
std::vector<double> rising(std::span<const double> values);

/// At how many parameters the curve through the points reaches a target. The curve never gets worse with more
/// parameters (rising) and is linear in the logarithm of the parameters between two points. The interval holds the
/// parameters at which the band of the points' intervals, made the same way, reaches the target: the inversion of a
/// test at each place, as calibration has it (Eisenhart 1939).
StudyReach reachOf(std::vector<CurvePoint> points, double target, bool lowerIsBetter);

/// The curves of all labels with two budgets or more; and the targets, where none were asked for.
void addCurves(const StudyObservations& observations, StudySummary& summary, const std::vector<double>& targets);

} // namespace hilo
