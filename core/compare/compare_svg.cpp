// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_svg.h"

#include "base/text_format.h"
#include "compare/svg_axes.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr double width = 760, height = 480, left = 70, right = 20, top = 30, bottom = 55;

struct Point
{
    double cost, value, low, high; ///< value and interval in the axis' unit
    bool onFront;
    std::string label;
};

std::vector<Point> pointsOf(const std::vector<CompareRow>& rows, ParetoCost cost, double factor)
{
    std::vector<Point> points;
    for (const CompareRow& row : rows) {
        const auto parameters = cost == ParetoCost::Trainable ? row.trainableParameters : row.activeParameters;
        if (!row.value || !parameters || *parameters < 1)
            continue;
        points.push_back({static_cast<double>(*parameters), *row.value * factor, row.low.value_or(*row.value) * factor,
                          row.high.value_or(*row.value) * factor, row.onFront,
                          row.name + " (" + row.ids.front() + ")"});
    }
    std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.cost < b.cost; });
    return points;
}

} // namespace

std::string svgOf(const std::vector<CompareRow>& rows, ParetoCost cost, const MetricChoice& metric)
{
    const double factor = metric.isShare() ? 100 : 1;
    const std::vector<Point> points = pointsOf(rows, cost, factor);
    const auto [lowest, highest] = metric.range();
    SvgAxes axes({left, top, width - right, height - bottom}, metric.isShare() ? " %" : "");
    for (const Point& point : points)
        axes.include(point.cost, point.low, point.high);
    axes.finish(lowest * factor, highest * factor);
    std::string svg =
        printed("<svg xmlns='http://www.w3.org/2000/svg' width='%g' height='%g' viewBox='0 0 %g %g' ", width, height,
                width, height) +
        "font-family='DejaVu Sans, sans-serif' font-size='12'>\n<rect width='100%' height='100%' fill='white'/>\n";
    svg += axes.draw(cost == ParetoCost::Trainable ? "trainable parameters" : "active parameters per token",
                     xmlEscaped(metric.label()) + (metric.metric == "loss" ? ", nats a token" : "") +
                         (metric.lowerIsBetter() ? " (lower is better; 95 % interval)" : " (95 % interval)"));
    std::string line;
    for (const Point& point : points)
        if (point.onFront)
            line += printed("%.2f,%.2f ", axes.x(point.cost), axes.y(point.value));
    svg += "<polyline fill='none' stroke='#c8501e' stroke-width='1.5' points='" + line + "'/>\n";
    for (const Point& point : points) {
        const double x = axes.x(point.cost);
        const char* colour = point.onFront ? "#c8501e" : "#30689c";
        svg += printed("<line x1='%.2f' x2='%.2f' y1='%.2f' y2='%.2f' stroke='", x, x, axes.y(point.low),
                       axes.y(point.high)) +
               colour + "'/>";
        svg += printed("<circle cx='%.2f' cy='%.2f' r='4' fill='", x, axes.y(point.value)) + colour + "'><title>" +
               xmlEscaped(point.label) +
               (metric.isShare() ? printed(": %.2f %%, %.0f", point.value, point.cost)
                                 : printed(": %.4g, %.0f", point.value, point.cost)) +
               "</title></circle>\n";
    }
    return svg + "</svg>\n";
}

} // namespace hilo
