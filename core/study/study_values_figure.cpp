// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_values_figure.h"

#include "base/text_format.h"
#include "compare/statistics.h"
#include "compare/svg_axes.h"
#include "study/figure_page.h"
#include "study/study_numbers.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace hilo {
namespace {

/// Values of allocations in the axis' unit.
struct ValuePoint
{
    std::size_t allocation, series;
    double parameters, value, low, high;
    bool onFront = false;
    double shift = 0; ///< pixels: of points that have as many parameters, so that each can be seen
};

/// points by their parameters. Those that would lie on one another stand side by side.
void spread(std::vector<ValuePoint>& points, const SvgAxes& axes)
{
    constexpr double near = 6, apart = 11;
    for (std::size_t first = 0, end = 0; first < points.size(); first = end) {
        for (end = first + 1;
             end < points.size() && axes.x(points[end].parameters) - axes.x(points[end - 1].parameters) < near;)
            ++end;
        for (std::size_t i = first; i < end; ++i)
            points[i].shift = apart * (static_cast<double>(i - first) - static_cast<double>(end - first - 1) / 2);
    }
}

/// Something published: a point where its source gives parameters, a level where not.
struct PublishedPoint
{
    std::optional<double> parameters;
    double value;
    std::string text;
};

std::vector<std::string> seriesOf(const StudyObservations& observations)
{
    std::vector<std::string> labels;
    for (const StudyAllocation& one : observations.allocations)
        if (std::find(labels.begin(), labels.end(), one.label) == labels.end())
            labels.push_back(one.label);
    return labels;
}

std::vector<ValuePoint> valuePoints(const StudyReport& report, const StudyFigureOptions& options, double factor,
                                    bool lowerIsBetter)
{
    const auto& allocations = report.observations.allocations;
    const std::vector<std::string> labels = seriesOf(report.observations);
    std::vector<ValuePoint> points;
    std::vector<std::pair<double, double>> costs;
    for (std::size_t i = 0; i < report.summary.rows.size(); ++i) {
        const StudyRow& row = report.summary.rows[i];
        const std::optional<StudyInterval>& mean = options.task ? row.cells[*options.task].mean : row.mean;
        const auto parameters = static_cast<double>(options.active ? allocations[i].active : allocations[i].trainable);
        if (!mean || parameters < 1)
            continue;
        const auto series = std::find(labels.begin(), labels.end(), allocations[i].label) - labels.begin();
        points.push_back({i, static_cast<std::size_t>(series), parameters, mean->value * factor,
                          mean->low.value_or(mean->value) * factor, mean->high.value_or(mean->value) * factor});
        costs.emplace_back(parameters, lowerIsBetter ? -mean->value : mean->value);
    }
    const std::vector<bool> front = paretoFront(costs);
    for (std::size_t i = 0; i < points.size(); ++i)
        points[i].onFront = front[i];
    return points;
}

/// Numbers of the figure's task; for the mean those that one source has of one method and base for all tasks.
std::vector<PublishedPoint> publishedPoints(const StudyReport& report, const StudyFigureOptions& options, bool isShare)
{
    std::vector<PublishedPoint> points;
    if (options.active)
        return points;
    using Key = std::tuple<std::string, std::string, std::string>;
    std::map<Key, std::map<std::size_t, const PublishedResult*>> groups;
    for (const StudyPublished& one : report.published)
        if (!options.task || one.task == *options.task)
            groups[{one.result.method, one.result.model, one.result.source}].emplace(one.task, &one.result);
    const std::size_t wanted = options.task ? 1 : report.observations.tasks.size();
    for (const auto& [key, results] : groups) {
        if (results.size() != wanted)
            continue;
        double sum = 0;
        std::set<std::int64_t> sizes; // -1: not stated
        for (const auto& [task, result] : results) {
            sum += result->value;
            sizes.insert(result->trainableParameters.value_or(-1));
        }
        std::optional<double> parameters;
        if (sizes.size() == 1 && *sizes.begin() > 0)
            parameters = static_cast<double>(*sizes.begin());
        const double value = sum / static_cast<double>(results.size()) / (isShare ? 1 : 100);
        points.push_back(
            {parameters, value, std::get<0>(key) + ", " + std::get<1>(key) + " (" + std::get<2>(key) + ")"});
    }
    return points;
}

std::string lineThrough(const std::vector<std::pair<double, double>>& places, const std::string& style)
{
    if (places.size() < 2)
        return {};
    std::string points;
    for (const auto& [x, y] : places)
        points += printed("%.2f,%.2f ", x, y);
    return "<polyline points='" + points + "' style='fill:none;" + style + "'/>\n";
}

/// Curves of the labels with several budgets, then the front over all of them.
std::string linesOf(const std::vector<ValuePoint>& points, const SvgAxes& axes, const FigureColours& colours)
{
    std::string svg;
    std::map<std::size_t, std::vector<std::pair<double, double>>> series;
    std::vector<std::pair<double, double>> front;
    for (const ValuePoint& point : points) {
        series[point.series].emplace_back(axes.x(point.parameters) + point.shift, axes.y(point.value));
        if (point.onFront)
            front.emplace_back(axes.x(point.parameters) + point.shift, axes.y(point.value));
    }
    for (auto& [index, places] : series)
        svg += lineThrough(places, "stroke:" + colours.series[index % colours.series.size()] + ";stroke-width:1");
    return svg + lineThrough(front, "stroke:" + colours.accent + ";stroke-width:1.5;stroke-dasharray:5 3");
}

std::string symbolOf(const StudyReport& report, const ValuePoint& point, const SvgAxes& axes,
                     const FigureColours& colours, bool isShare, bool hasEnds)
{
    const double x = axes.x(point.parameters) + point.shift;
    std::string svg;
    if (hasEnds)
        svg += printed("<line x1='%.2f' x2='%.2f' y1='%.2f' y2='%.2f' style='stroke:", x, x, axes.y(point.low),
                       axes.y(point.high)) +
               colours.series[point.series % colours.series.size()] + "'/>";
    std::string title = allocationName(report.observations, point.allocation) + ": ";
    title += isShare ? printed("%.2f %%", point.value) : printed("%.4g", point.value);
    if (hasEnds)
        title += isShare ? printed(" (%.2f to %.2f)", point.low, point.high)
                         : printed(" (%.4g to %.4g)", point.low, point.high);
    title += ", " + groupedDigits(static_cast<std::int64_t>(point.parameters)) + " parameters";
    return svg +
           svgSymbol(point.series, x, axes.y(point.value), colours, false, "<title>" + xmlEscaped(title) + "</title>");
}

} // namespace

std::string valuesFigure(const StudyReport& report, const StudyFigureOptions& options)
{
    constexpr double pageWidth = 760, plotHeight = 395;
    const FigureColours& colours = options.colours;
    const StudyObservations& observations = report.observations;
    const MetricChoice* const metric = options.task ? &observations.tasks[*options.task].metric : nullptr;
    const bool isShare = metric ? metric->isShare() : report.summary.unit == "%";
    const bool lowerIsBetter = metric ? metric->lowerIsBetter() : report.summary.lowerIsBetter;
    const double factor = isShare ? 100 : 1;
    std::vector<ValuePoint> points = valuePoints(report, options, factor, lowerIsBetter);
    std::stable_sort(points.begin(), points.end(),
                     [](const ValuePoint& a, const ValuePoint& b) { return a.parameters < b.parameters; });
    const std::vector<PublishedPoint> published = publishedPoints(report, options, isShare);
    const std::vector<std::string> labels = seriesOf(observations);

    const double top = 40, bottom = top + plotHeight;
    SvgAxes axes({70, top, pageWidth - 20, bottom}, isShare ? " %" : "", {colours.line, colours.grid, colours.text});
    for (const ValuePoint& point : points)
        axes.include(point.parameters, point.low, point.high);
    for (const PublishedPoint& point : published)
        axes.include(point.parameters.value_or(points.empty() ? 1 : points.front().parameters), point.value,
                     point.value);
    constexpr double endless = std::numeric_limits<double>::infinity();
    const auto [lowest, highest] =
        metric ? metric->range() : std::pair(isShare ? -1.0 : -endless, isShare ? 1.0 : endless);
    axes.finish(lowest * factor, highest * factor);
    spread(points, axes);

    const double legend = bottom + 62;
    const double foot = legend + 18 * static_cast<double>(labels.size() + published.size());
    std::string svg = figureBegin(pageWidth, foot + figureFoot(report, pageWidth), colours);
    const std::string what =
        options.task ? observations.tasks[*options.task].name + ", " + metric->metric
                     : (observations.tasks.size() == 1 ? observations.tasks[0].name + ", " : "mean over tasks, ") +
                           report.summary.metric;
    svg += figureText(10, 22, "Study " + observations.name, colours.text);
    svg += axes.draw(options.active ? "active parameters per token" : "trainable parameters",
                     xmlEscaped(what) + (lowerIsBetter ? " (lower is better)" : ""));
    if (points.empty())
        svg += figureText(pageWidth / 2, top + plotHeight / 2, "nothing is measured yet", colours.quiet, "middle");
    svg += linesOf(points, axes, colours);
    double y = legend;
    for (std::size_t i = 0; i < labels.size(); ++i, y += 18)
        svg += svgSymbol(i, 80, y - 4, colours, false, {}) + figureText(94, y, labels[i], colours.text);
    for (std::size_t i = 0; i < published.size(); ++i, y += 18) {
        const PublishedPoint& point = published[i];
        const std::string title = "<title>" + xmlEscaped("published: " + point.text) + "</title>";
        if (point.parameters)
            svg += svgSymbol(labels.size() + i, axes.x(*point.parameters), axes.y(point.value), colours, true, title) +
                   svgSymbol(labels.size() + i, 80, y - 4, colours, true, {});
        else
            for (const auto& [from, to, level] :
                 {std::tuple(70.0, pageWidth - 20, axes.y(point.value)), std::tuple(72.0, 88.0, y - 4)})
                svg += printed("<line x1='%g' x2='%g' y1='%.2f' y2='%.2f' style='stroke:", from, to, level, level) +
                       colours.series[(labels.size() + i) % colours.series.size()] + ";stroke-dasharray:2 3'>" + title +
                       "</line>\n";
        svg += figureText(94, y,
                          "published, hollow: " + point.text +
                              (point.parameters ? "" : "; a level, parameters are not stated"),
                          colours.quiet);
    }
    for (const ValuePoint& point : points)
        svg += symbolOf(report, point, axes, colours, isShare, point.high > point.low);
    return svg + figureEnd(report, pageWidth, foot, colours);
}

} // namespace hilo
