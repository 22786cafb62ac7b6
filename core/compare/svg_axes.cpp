// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/svg_axes.h"

#include "base/text_format.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace hilo {
namespace {

double niceStep(double rough)
{
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough)
            return factor * power;
    return 10 * power;
}

std::string shortCount(double count)
{
    return count >= 1e9   ? printed("%.4g G", count / 1e9)
           : count >= 1e6 ? printed("%.4g M", count / 1e6)
           : count >= 1e3 ? printed("%.4g k", count / 1e3)
                          : printed("%.4g", count);
}

} // namespace

SvgAxes::SvgAxes(SvgFrame frame, std::string unit, SvgAxesColours colours)
    : frame_(frame), unit_(std::move(unit)), colours_(std::move(colours)),
      lowX_(std::numeric_limits<double>::infinity()), highX_(-lowX_), lowY_(lowX_), highY_(-lowX_)
{
}

void SvgAxes::include(double parameters, double low, double high)
{
    lowX_ = leastX_ = std::min(lowX_, std::log10(parameters));
    highX_ = mostX_ = std::max(highX_, std::log10(parameters));
    lowY_ = std::min(lowY_, low);
    highY_ = std::max(highY_, high);
}

void SvgAxes::finish(double lowest, double highest)
{
    if (lowX_ > highX_) {
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

double SvgAxes::x(double parameters) const
{
    return frame_.left + (std::log10(parameters) - lowX_) / (highX_ - lowX_) * (frame_.right - frame_.left);
}

double SvgAxes::y(double value) const
{
    return frame_.bottom - (value - lowY_) / (highY_ - lowY_) * (frame_.bottom - frame_.top);
}

std::string SvgAxes::draw(const std::string& title, const std::string& valueTitle) const
{
    const std::string grid = " style='stroke:" + colours_.grid + "'/>", text = " style='fill:" + colours_.text + "'>";
    std::string svg = printed("<rect x='%g' y='%g' width='%g' height='%g'", frame_.left, frame_.top,
                              frame_.right - frame_.left, frame_.bottom - frame_.top) +
                      " style='fill:none;stroke:" + colours_.frame + "'/>\n";
    const double step = niceStep((highY_ - lowY_) / 6);
    // Counted, so that no tick is lost by rounding, nor another one repeated for ever.
    const double first = std::ceil(lowY_ / step);
    for (int i = 0; i < 20 && (first + i) * step <= highY_ + step * 1e-6; ++i) {
        const double tick = (first + i) * step;
        svg += printed("<line x1='%g' x2='%g' y1='%.2f' y2='%.2f'", frame_.left, frame_.right, y(tick), y(tick)) + grid;
        svg += printed("<text x='%g' y='%.2f' text-anchor='end'", frame_.left - 6, y(tick) + 4) + text +
               printed("%g", std::abs(tick) < step * 1e-6 ? 0.0 : tick) + unit_ + "</text>\n";
    }
    std::vector<double> ticks;
    for (int decade = static_cast<int>(std::floor(lowX_)); decade <= highX_; ++decade)
        for (const int digit : {1, 2, 5}) {
            const double parameters = digit * std::pow(10.0, decade);
            if (std::log10(parameters) >= lowX_ && std::log10(parameters) <= highX_)
                ticks.push_back(parameters);
        }
    // An axis that is too short for them names what lies on it.
    if (ticks.size() < 2 && leastX_ <= mostX_) {
        ticks = {std::pow(10.0, leastX_)};
        if (x(std::pow(10.0, mostX_)) - x(ticks[0]) > 80)
            ticks.push_back(std::pow(10.0, mostX_));
    }
    for (const double parameters : ticks) {
        svg += printed("<line x1='%.2f' x2='%.2f' y1='%g' y2='%g'", x(parameters), x(parameters), frame_.top,
                       frame_.bottom) +
               grid;
        svg += printed("<text x='%.2f' y='%g' text-anchor='middle'", x(parameters), frame_.bottom + 18) + text +
               shortCount(parameters) + "</text>\n";
    }
    svg += printed("<text x='%g' y='%g' text-anchor='middle'", (frame_.left + frame_.right) / 2, frame_.bottom + 41) +
           text + title + "</text>\n";
    svg += printed("<text transform='translate(18 %g) rotate(-90)' text-anchor='middle'",
                   (frame_.top + frame_.bottom) / 2) +
           text + valueTitle + "</text>\n";
    return svg;
}

} // namespace hilo
