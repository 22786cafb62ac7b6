// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/figure_page.h"

#include "base/text_format.h"

namespace hilo {
namespace {

constexpr double lineHeight = 15;

/// The command in pieces that fit side by side; cut between words where there are some.
std::vector<std::string> commandLines(const StudyReport& report, double width)
{
    std::vector<std::string> lines;
    if (report.command.empty())
        return lines;
    const auto columns = static_cast<std::size_t>((width - 20) / 7);
    std::string rest = "Made by: " + shellCommand(report.command);
    while (rest.size() > columns) {
        std::size_t cut = rest.rfind(' ', columns);
        if (cut == std::string::npos || cut < columns / 2)
            cut = columns;
        // Not inside a character.
        while (cut > 0 && cut < rest.size() && (static_cast<unsigned char>(rest[cut]) & 0xc0) == 0x80)
            --cut;
        lines.push_back(rest.substr(0, cut));
        rest.erase(0, cut);
    }
    lines.push_back(rest);
    return lines;
}

} // namespace

std::string figureBegin(double width, double height, const FigureColours& colours)
{
    return printed("<svg xmlns='http://www.w3.org/2000/svg' width='%g' height='%g' viewBox='0 0 %g %g' ", width, height,
                   width, height) +
           "font-family='DejaVu Sans, sans-serif' font-size='12'>\n<rect width='100%' height='100%' style='fill:" +
           colours.card + "'/>\n";
}

std::string figureText(double x, double y, const std::string& content, const std::string& colour,
                       const std::string& anchor)
{
    return printed("<text x='%.2f' y='%.2f' text-anchor='%s' style='fill:", x, y, anchor.c_str()) + colour + "'>" +
           xmlEscaped(content) + "</text>\n";
}

double figureFoot(const StudyReport& report, double width)
{
    return lineHeight * static_cast<double>(commandLines(report, width).size()) + 8;
}

std::string figureEnd(const StudyReport& report, double width, double top, const FigureColours& colours)
{
    std::string svg;
    double y = top + lineHeight;
    for (const std::string& line : commandLines(report, width)) {
        svg += printed("<g font-size='10' font-family='DejaVu Sans Mono, monospace'>") +
               figureText(10, y, line, colours.quiet) + "</g>";
        y += lineHeight;
    }
    return svg + "</svg>\n";
}

} // namespace hilo
