// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_ranks_figure.h"

#include "base/text_format.h"
#include "study/figure_page.h"
#include "study/study_numbers.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

constexpr double pageWidth = 760, axisLeft = 190, axisRight = 570, axisY = 70;

std::string strokeOf(double x1, double y1, double x2, double y2, const std::string& colour, double thickness)
{
    return printed("<line x1='%.2f' y1='%.2f' x2='%.2f' y2='%.2f' style='stroke-width:%g;stroke:", x1, y1, x2, y2,
                   thickness) +
           colour + "'/>\n";
}

/// Names of allocations to both sides of the axis, better half to the left, as Demšar draws them.
std::string namesOf(const StudyReport& report, const std::vector<std::size_t>& order, double firstY,
                    const FigureColours& colours, auto&& x)
{
    std::string svg;
    const std::size_t half = (order.size() + 1) / 2;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const StudyInterval& rank = *report.summary.rows[order[i]].rank;
        const bool isLeft = i < half;
        const double y = firstY + 24 * static_cast<double>(isLeft ? i : order.size() - 1 - i);
        const double end = isLeft ? axisLeft - 20 : axisRight + 20;
        svg += strokeOf(x(rank.value), axisY, x(rank.value), y, colours.text, 1);
        svg += strokeOf(x(rank.value), y, end, y, colours.text, 1);
        const std::string name = allocationName(report.observations, order[i]) + printed(" (%.2f)", rank.value);
        svg += figureText(isLeft ? end - 6 : end + 6, y + 4, name, colours.text, isLeft ? "end" : "start");
    }
    return svg;
}

} // namespace

std::string ranksFigure(const StudyReport& report, const FigureColours& colours)
{
    const StudyRanks& ranks = report.summary.ranks;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < report.summary.rows.size(); ++i)
        if (report.summary.rows[i].rank)
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&report](std::size_t a, std::size_t b) {
        return report.summary.rows[a].rank->value < report.summary.rows[b].rank->value;
    });
    const double most = std::max<double>(2, static_cast<double>(report.summary.rows.size()));
    const auto x = [most](double rank) { return axisLeft + (rank - 1) / (most - 1) * (axisRight - axisLeft); };
    const double firstBar = axisY + 14, firstName = firstBar + 12 * static_cast<double>(ranks.groups.size()) + 14;
    const double foot = firstName + 24 * static_cast<double>((order.size() + 1) / 2) + 24;
    std::string svg = figureBegin(pageWidth, foot + figureFoot(report, pageWidth), colours);
    svg += figureText(
        10, 22, "Study " + report.observations.name + printed(", mean ranks over %zu tasks, 1 is best", ranks.tasks),
        colours.text);
    if (order.empty()) {
        svg +=
            figureText(pageWidth / 2, axisY + 20, "no task has a value of every allocation", colours.quiet, "middle");
        return svg + figureEnd(report, pageWidth, foot, colours);
    }
    svg += strokeOf(axisLeft, axisY, axisRight, axisY, colours.text, 1);
    const int step = std::max(1, static_cast<int>(most) / 15);
    for (int rank = 1; rank <= static_cast<int>(most); rank += step) {
        svg += strokeOf(x(rank), axisY - 6, x(rank), axisY, colours.text, 1);
        svg += figureText(x(rank), axisY - 10, std::to_string(rank), colours.text, "middle");
    }
    if (ranks.criticalDifference && 1 + *ranks.criticalDifference <= most) {
        svg += strokeOf(x(1), 36, x(1 + *ranks.criticalDifference), 36, colours.accent, 3);
        // Beside the bar, or above it where it is too long.
        const double end = x(1 + *ranks.criticalDifference);
        const bool fits = end + 290 < pageWidth;
        svg += figureText(fits ? end + 8 : pageWidth - 10, fits ? 40 : 22,
                          printed("critical difference %.2f (Nemenyi, 0.05)", *ranks.criticalDifference), colours.text,
                          fits ? "start" : "end");
    } else {
        svg += figureText(axisLeft, 40,
                          ranks.criticalDifference
                              ? printed("critical difference %.2f (Nemenyi, 0.05): no two ranks can differ by it",
                                        *ranks.criticalDifference)
                              : "one task has no critical difference",
                          colours.quiet);
    }
    svg += namesOf(report, order, firstName, colours, x);
    double bar = firstBar;
    for (const auto& group : ranks.groups) {
        const double low = report.summary.rows[group.front()].rank->value,
                     high = report.summary.rows[group.back()].rank->value;
        svg += strokeOf(x(low) - 4, bar, x(high) + 4, bar, colours.accent, 4);
        bar += 12;
    }
    return svg + figureEnd(report, pageWidth, foot, colours);
}

} // namespace hilo
