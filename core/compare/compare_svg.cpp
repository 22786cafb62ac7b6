// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_svg.h"

#include "base/text_format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

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

/// The plane of the plot: x is the logarithm of the parameters.
class Axes
{
  public:
    /// lowest, highest: what the metric can be at all; unit: behind the numbers of the vertical axis.
    Axes(const std::vector<Point>& points, double lowest, double highest, std::string unit) : unit_(std::move(unit))
    {
        for (const Point& point : points) {
            lowX_ = std::min(lowX_, std::log10(point.cost));
            highX_ = std::max(highX_, std::log10(point.cost));
            lowY_ = std::min(lowY_, point.low);
            highY_ = std::max(highY_, point.high);
        }
        if (points.empty()) {
            lowX_ = lowY_ = 0;
            highX_ = highY_ = 1;
        }
        const double marginX = std::max((highX_ - lowX_) * 0.06, 0.05),
                     marginY = std::max((highY_ - lowY_) * 0.08, std::max(1e-6, std::abs(highY_) * 0.005));
        lowX_ -= marginX;
        highX_ += marginX;
        lowY_ = std::max(lowest, lowY_ - marginY);
        highY_ = std::min(highest, highY_ + marginY);
        if (highY_ - lowY_ < 1e-9)
            highY_ = lowY_ + 0.01;
    }

    double x(double cost) const
    {
        return left + (std::log10(cost) - lowX_) / (highX_ - lowX_) * (width - left - right);
    }
    double y(double value) const
    {
        return height - bottom - (value - lowY_) / (highY_ - lowY_) * (height - top - bottom);
    }

    std::string draw(const std::string& title, const std::string& valueTitle) const
    {
        std::string svg = printed("<rect x='%g' y='%g' width='%g' height='%g' fill='none' stroke='#888'/>\n", left, top,
                                  width - left - right, height - top - bottom);
        const double step = niceStep((highY_ - lowY_) / 6);
        // Counted, so that no tick is lost by rounding, nor another one repeated for ever.
        const double first = std::ceil(lowY_ / step);
        for (int i = 0; i < 20 && (first + i) * step <= highY_ + step * 1e-6; ++i) {
            const double tick = (first + i) * step;
            svg += printed("<line x1='%g' x2='%g' y1='%.2f' y2='%.2f' stroke='#ddd'/>", left, width - right, y(tick),
                           y(tick));
            svg += printed("<text x='%g' y='%.2f' text-anchor='end'>%g", left - 6, y(tick) + 4,
                           std::abs(tick) < step * 1e-6 ? 0.0 : tick) +
                   unit_ + "</text>\n";
        }
        for (int decade = static_cast<int>(std::floor(lowX_)); decade <= highX_; ++decade)
            for (const int digit : {1, 2, 5}) {
                const double cost = digit * std::pow(10.0, decade);
                if (std::log10(cost) < lowX_ || std::log10(cost) > highX_)
                    continue;
                svg += printed("<line x1='%.2f' x2='%.2f' y1='%g' y2='%g' stroke='#ddd'/>", x(cost), x(cost), top,
                               height - bottom);
                svg += printed("<text x='%.2f' y='%g' text-anchor='middle'>", x(cost), height - bottom + 18) +
                       shortCount(cost) + "</text>\n";
            }
        svg += printed("<text x='%g' y='%g' text-anchor='middle'>", (left + width - right) / 2, height - 14) + title +
               "</text>\n";
        svg += printed("<text transform='translate(18 %g) rotate(-90)' text-anchor='middle'>",
                       (top + height - bottom) / 2) +
               valueTitle + "</text>\n";
        return svg;
    }

  private:
    static double niceStep(double rough)
    {
        const double power = std::pow(10.0, std::floor(std::log10(rough)));
        for (const double factor : {1.0, 2.0, 5.0})
            if (factor * power >= rough)
                return factor * power;
        return 10 * power;
    }

    static std::string shortCount(double count)
    {
        return count >= 1e9   ? printed("%g G", count / 1e9)
               : count >= 1e6 ? printed("%g M", count / 1e6)
               : count >= 1e3 ? printed("%g k", count / 1e3)
                              : printed("%g", count);
    }

    std::string unit_;
    double lowX_ = std::numeric_limits<double>::infinity(), highX_ = -lowX_, lowY_ = lowX_, highY_ = -lowX_;
};

} // namespace

std::string svgOf(const std::vector<CompareRow>& rows, ParetoCost cost, const MetricChoice& metric)
{
    const double factor = metric.isShare() ? 100 : 1;
    const std::vector<Point> points = pointsOf(rows, cost, factor);
    const auto [lowest, highest] = metric.range();
    const Axes axes(points, lowest * factor, highest * factor, metric.isShare() ? " %" : "");
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
