// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/figure_colours.h"

#include "base/text_format.h"

#include <array>
#include <cmath>
#include <numbers>

namespace hilo {

FigureColours pageColours()
{
    FigureColours colours;
    colours.card = "var(--card)";
    colours.line = "var(--line)";
    colours.grid = "var(--grid)";
    colours.text = "var(--text)";
    colours.quiet = "var(--quiet)";
    colours.accent = "var(--accent)";
    return colours;
}

std::string svgSymbol(std::size_t series, double x, double y, const FigureColours& colours, bool hollow,
                      const std::string& inner)
{
    const std::string& colour = colours.series[series % colours.series.size()];
    const std::string style =
        " style='fill:" + (hollow ? colours.card : colour) + ";stroke:" + colour + ";stroke-width:1.5'>" + inner;
    // Corners and the direction of the first one; 0 corners: a circle.
    struct Shape
    {
        int corners;
        double first, radius;
    };
    constexpr std::array<Shape, 6> shapes{
        {{0, 0, 4.5}, {4, 45, 5.5}, {3, -90, 6}, {4, 0, 6}, {3, 90, 6}, {5, -90, 5.5}}};
    const Shape& shape = shapes[series % shapes.size()];
    if (shape.corners == 0)
        return printed("<circle cx='%.2f' cy='%.2f' r='%g'", x, y, shape.radius) + style + "</circle>\n";
    std::string points;
    for (int i = 0; i < shape.corners; ++i) {
        const double angle = (shape.first + 360.0 * i / shape.corners) * std::numbers::pi / 180;
        points += printed("%.2f,%.2f ", x + shape.radius * std::cos(angle), y + shape.radius * std::sin(angle));
    }
    return "<polygon points='" + points + "'" + style + "</polygon>\n";
}

} // namespace hilo
