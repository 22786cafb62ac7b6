// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_matrix_figure.h"

#include "base/text_format.h"
#include "study/figure_page.h"
#include "study/study_numbers.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

/// A square of the matrix; good: the difference with its sign such that more is better.
struct Square
{
    std::string value = "-", step, title;
    std::optional<double> good;
    bool isShare = false;
};

Square squareOf(const std::optional<StudyInterval>& value, const std::optional<StudyInterval>& difference, bool isShare,
                bool lowerIsBetter)
{
    Square square;
    square.isShare = isShare;
    if (!value)
        return square;
    square.value = shownValue(value->value, isShare);
    square.title = shownInterval(*value, isShare) + (isShare ? " %" : "");
    if (difference) {
        square.good = lowerIsBetter ? -difference->value : difference->value;
        square.step = shownStep(difference->value, isShare);
        square.title += "; difference " + shownDifference(*difference, isShare);
    }
    return square;
}

std::vector<std::vector<Square>> squaresOf(const StudyReport& report)
{
    std::vector<std::vector<Square>> squares;
    for (const StudyRow& row : report.summary.rows) {
        squares.emplace_back();
        for (std::size_t task = 0; task < row.cells.size(); ++task) {
            const MetricChoice& metric = report.observations.tasks[task].metric;
            squares.back().push_back(
                squareOf(row.cells[task].mean, row.cells[task].difference, metric.isShare(), metric.lowerIsBetter()));
        }
        squares.back().push_back(squareOf(row.mean, row.difference ? row.difference->difference : std::nullopt,
                                          report.summary.unit == "%", report.summary.lowerIsBetter));
    }
    return squares;
}

/// Text that fits: the rest is in the title.
std::string cut(const std::string& text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    std::size_t end = most - 1;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.substr(0, end) + "…";
}

} // namespace

std::string matrixFigure(const StudyReport& report, const FigureColours& colours)
{
    constexpr double left = 200, top = 66, rowHeight = 36, widthOfLetter = 7.2;
    constexpr std::size_t shortest = 11, longest = 20;
    std::size_t letters = shortest;
    for (const StudyTask& task : report.observations.tasks)
        letters = std::clamp(task.name.size(), letters, longest);
    const double columnWidth = widthOfLetter * static_cast<double>(letters) + 7;
    const std::vector<std::vector<Square>> squares = squaresOf(report);
    const std::size_t columns = report.observations.tasks.size() + 1;
    // Each column has its own scale, so that metrics of other units can stand side by side.
    std::vector<double> widest(columns, 0.0);
    for (const auto& row : squares)
        for (std::size_t column = 0; column < columns; ++column)
            if (row[column].good)
                widest[column] = std::max(widest[column], std::abs(*row[column].good));
    const double pageWidth = std::max(420.0, left + columnWidth * static_cast<double>(columns) + 10);
    const double bottom = top + rowHeight * static_cast<double>(squares.size()), foot = bottom + 44;
    std::string svg = figureBegin(pageWidth, foot + figureFoot(report, pageWidth), colours);
    svg += figureText(10, 22, "Study " + report.observations.name, colours.text);
    for (std::size_t column = 0; column < columns; ++column) {
        const std::string name = column + 1 < columns ? report.observations.tasks[column].name : "mean";
        svg += "<g><title>" + xmlEscaped(name) + "</title>" +
               figureText(left + columnWidth * (static_cast<double>(column) + 0.5), top - 10, cut(name, letters + 1),
                          colours.text, "middle") +
               "</g>";
    }
    for (std::size_t row = 0; row < squares.size(); ++row) {
        const double y = top + rowHeight * static_cast<double>(row);
        const std::string name = allocationName(report.observations, row);
        svg += "<g><title>" + xmlEscaped(name) + "</title>" +
               figureText(left - 10, y + rowHeight / 2 + 4, cut(name, 26), colours.text, "end") + "</g>";
        for (std::size_t column = 0; column < columns; ++column) {
            const Square& square = squares[row][column];
            const double x = left + columnWidth * static_cast<double>(column);
            svg += printed("<g><title>") + xmlEscaped(square.title) + "</title>" +
                   printed("<rect x='%g' y='%g' width='%g' height='%g' style='fill:", x + 1, y + 1, columnWidth - 2,
                           rowHeight - 2) +
                   colours.grid + "'/>";
            if (square.good && widest[column] > 0)
                svg += printed("<rect x='%g' y='%g' width='%g' height='%g' style='fill-opacity:%.3f;fill:", x + 1,
                               y + 1, columnWidth - 2, rowHeight - 2, 0.6 * std::abs(*square.good) / widest[column]) +
                       (*square.good > 0 ? colours.better : colours.worse) + "'/>";
            const double middle = x + columnWidth / 2;
            svg += figureText(middle, y + (square.step.empty() ? 22 : 16), square.value, colours.text, "middle");
            if (!square.step.empty())
                svg += "<g font-size='10'>" + figureText(middle, y + 29, square.step, colours.text, "middle") + "</g>";
            svg += "</g>\n";
        }
    }
    const std::string first =
        report.observations.allocations.empty() ? std::string() : allocationName(report.observations, 0);
    svg += printed("<rect x='10' y='%g' width='12' height='12' style='fill-opacity:0.6;fill:", bottom + 14) +
           colours.better + "'/>" + figureText(28, bottom + 24, "better than " + cut(first, 20), colours.quiet);
    svg += printed("<rect x='210' y='%g' width='12' height='12' style='fill-opacity:0.6;fill:", bottom + 14) +
           colours.worse + "'/>" +
           figureText(228, bottom + 24, "worse; colour says how far, not how sure", colours.quiet);
    return svg + figureEnd(report, pageWidth, foot, colours);
}

} // namespace hilo
