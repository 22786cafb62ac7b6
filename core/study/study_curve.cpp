// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_curve.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

/// Where a rising line reaches a target.
struct Crossing
{
    StudyReach::Where where;
    double parameters; ///< the smallest or the largest where it is not within
};

Crossing crossingOf(const std::vector<CurvePoint>& points, const std::vector<double>& values, double target)
{
    if (values.front() >= target)
        return {StudyReach::Where::BelowSmallest, points.front().parameters};
    for (std::size_t i = 1; i < values.size(); ++i)
        if (values[i] >= target) {
            const double share = (target - values[i - 1]) / (values[i] - values[i - 1]);
            const double low = std::log(points[i - 1].parameters), high = std::log(points[i].parameters);
            return {StudyReach::Where::Within, std::exp(low + share * (high - low))};
        }
    return {StudyReach::Where::NotReached, points.back().parameters};
}

} // namespace

std::vector<double> rising(std::span<const double> values)
{
    struct Block
    {
        double sum;
        std::size_t count;
        double mean() const { return sum / static_cast<double>(count); }
    };
    std::vector<Block> blocks;
    for (const double value : values) {
        blocks.push_back({value, 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().sum += last.sum;
            blocks.back().count += last.count;
        }
    }
    std::vector<double> result;
    for (const Block& block : blocks)
        result.insert(result.end(), block.count, block.mean());
    return result;
}

StudyReach reachOf(std::vector<CurvePoint> points, double target, bool lowerIsBetter)
{
    StudyReach reach;
    reach.target = target;
    std::erase_if(points, [](const CurvePoint& point) { return !(point.parameters > 0); });
    if (points.empty())
        return reach;
    std::stable_sort(points.begin(), points.end(),
                     [](const CurvePoint& a, const CurvePoint& b) { return a.parameters < b.parameters; });
    const double sign = lowerIsBetter ? -1 : 1;
    std::vector<double> values, worst, best;
    reach.known = true;
    for (const CurvePoint& point : points) {
        values.push_back(sign * point.mean.value);
        reach.known = reach.known && point.mean.low && point.mean.high;
        const double low = sign * point.mean.low.value_or(0), high = sign * point.mean.high.value_or(0);
        worst.push_back(std::min(low, high));
        best.push_back(std::max(low, high));
    }
    const Crossing crossing = crossingOf(points, rising(values), sign * target);
    reach.where = crossing.where;
    if (crossing.where == StudyReach::Where::Within)
        reach.parameters = crossing.parameters;
    if (!reach.known)
        return reach;
    // The best line reaches the target first.
    const Crossing first = crossingOf(points, rising(best), sign * target),
                   last = crossingOf(points, rising(worst), sign * target);
    if (first.where != StudyReach::Where::BelowSmallest)
        reach.low = first.parameters;
    if (last.where != StudyReach::Where::NotReached)
        reach.high = last.parameters;
    return reach;
}

void addCurves(const StudyObservations& observations, StudySummary& summary, const std::vector<double>& targets)
{
    for (std::size_t i = 0; i < observations.allocations.size(); ++i) {
        if (!summary.rows[i].mean)
            continue;
        const std::string& label = observations.allocations[i].label;
        auto curve = std::find_if(summary.curves.begin(), summary.curves.end(),
                                  [&label](const StudyCurve& one) { return one.label == label; });
        if (curve == summary.curves.end())
            curve = summary.curves.insert(curve, {label, {}, {}, {}});
        curve->allocations.push_back(i);
    }
    std::erase_if(summary.curves, [](const StudyCurve& curve) { return curve.allocations.size() < 2; });
    for (StudyCurve& curve : summary.curves)
        std::stable_sort(curve.allocations.begin(), curve.allocations.end(), [&](std::size_t a, std::size_t b) {
            return observations.allocations[a].trainable < observations.allocations[b].trainable;
        });
    summary.targets = targets;
    if (summary.targets.empty() && !summary.curves.empty() &&
        summary.curves.front().label == observations.allocations.front().label)
        summary.targets = {summary.rows[summary.curves.front().allocations.back()].mean->value};
    for (StudyCurve& curve : summary.curves)
        for (const double target : summary.targets)
            for (const bool ofActive : {false, true}) {
                std::vector<CurvePoint> points;
                for (const std::size_t i : curve.allocations) {
                    const StudyAllocation& one = observations.allocations[i];
                    points.push_back(
                        {static_cast<double>(ofActive ? one.active : one.trainable), *summary.rows[i].mean});
                }
                (ofActive ? curve.active : curve.trainable)
                    .push_back(reachOf(std::move(points), target, summary.lowerIsBetter));
            }
}

} // namespace hilo
