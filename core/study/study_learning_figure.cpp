// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_learning_figure.h"

#include "base/text_format.h"
#include "compare/svg_axes.h"
#include "study/figure_page.h"
#include "study/study_numbers.h"

#include <array>
#include <limits>

namespace hilo {
namespace {

/// Allocations beyond the colours are told apart by their dashes.
std::string styleOf(std::size_t series, const FigureColours& colours)
{
    constexpr std::array dashes = {"", ";stroke-dasharray:6 3", ";stroke-dasharray:2 2", ";stroke-dasharray:8 3 2 3"};
    return "stroke:" + colours.series[series % colours.series.size()] + ";stroke-width:1.5" +
           dashes[series / colours.series.size() % dashes.size()];
}

} // namespace

std::string learningFigure(const StudyReport& report, const FigureColours& colours)
{
    constexpr double pageWidth = 760, plotHeight = 320, top = 40, bottom = top + plotHeight;
    SvgAxes axes({70, top, pageWidth - 20, bottom}, "", {colours.line, colours.grid, colours.text});
    for (const StudyLearning& one : report.learning)
        for (const auto& [step, loss] : one.means)
            axes.include(step, loss, loss);
    axes.finish(0, std::numeric_limits<double>::infinity());
    const double legend = bottom + 62, foot = legend + 18 * static_cast<double>(report.learning.size());
    std::string svg = figureBegin(pageWidth, foot + figureFoot(report, pageWidth), colours);
    svg += figureText(10, 22, "Study " + report.observations.name + ": training loss, mean over runs", colours.text);
    svg += axes.draw("step", "loss, nats per token");
    if (report.learning.empty())
        svg += figureText(pageWidth / 2, top + plotHeight / 2, "nothing is measured yet", colours.quiet, "middle");
    double y = legend;
    for (const StudyLearning& one : report.learning) {
        std::string points;
        for (const auto& [step, loss] : one.means)
            points += printed("%.2f,%.2f ", axes.x(step), axes.y(loss));
        const std::string name = allocationName(report.observations, one.allocation);
        const std::string style = "' style='fill:none;" + styleOf(one.allocation, colours) + "'>";
        svg += "<polyline points='" + points + style + "<title>" + xmlEscaped(name) + "</title></polyline>\n";
        svg += printed("<polyline points='70,%.2f 90,%.2f", y - 4, y - 4) + style + "</polyline>" +
               figureText(98, y, name, colours.text);
        y += 18;
    }
    return svg + figureEnd(report, pageWidth, foot, colours);
}

} // namespace hilo
