// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo {

/// The rectangle of a plot in its drawing, in pixels.
struct SvgFrame
{
    double left, top, right, bottom;
};

struct SvgAxesColours
{
    std::string frame = "#888", grid = "#ddd", text = "black";
};

/// The plane of a plot of values against parameters: x is the logarithm of the parameters.
class SvgAxes
{
  public:
    /// What is drawn: parameters from 1 on, and values in the axis' unit.
    void include(double parameters, double low, double high);
    /// Margins around all that was included, within what values can be at all.
    void finish(double lowest, double highest);

    SvgAxes(SvgFrame frame, std::string unit, SvgAxesColours colours = {});
    double x(double parameters) const;
    double y(double value) const;
    /// Frame, grid and numbers. title is below, valueTitle beside; both are XML already.
    std::string draw(const std::string& title, const std::string& valueTitle) const;

  private:
    SvgFrame frame_;
    std::string unit_; ///< behind the numbers of the vertical axis
    SvgAxesColours colours_;
    double lowX_, highX_, lowY_, highY_;
    double leastX_ = 1, mostX_ = 0; ///< of what was included, without margins
};

} // namespace hilo
