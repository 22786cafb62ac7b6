// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/timeline_svg.h"

#include "allocation/map_operations.h"
#include "base/text_format.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace {

constexpr double left = 44, top = 34, cellWidth = 110, cellHeight = 34, gap = 6;

struct Point
{
    std::int64_t step = 0;
    std::int64_t ranks = 0;
    std::int64_t experts = 0;
};

using Line = std::vector<Point>;

Point pointOf(std::int64_t step, const AllocationMap& map, std::size_t layer, const std::string& module)
{
    const ModuleAllocation* found = map.find(layer, module);
    return found ? Point{step, found->totalRank(), found->experts()} : Point{step, 0, 0};
}

Line lineOf(const MapTimeline& timeline, std::size_t layer, const std::string& module)
{
    Line line{pointOf(0, timeline.first, layer, module)};
    for (const MapMoment& one : timeline.changes)
        line.push_back(pointOf(one.step, one.map, layer, module));
    return line;
}

Point wholeOf(std::int64_t step, const AllocationMap& map)
{
    return {step, totalRank(map), totalExperts(map)};
}

struct Cell
{
    double x, y, width, height;
};

std::string drawLine(const Line& line, const Cell& cell, std::int64_t lastStep, std::int64_t highest)
{
    const auto x = [&](std::int64_t step) {
        return cell.x +
               cell.width * static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(1, lastStep));
    };
    const auto y = [&](std::int64_t ranks) {
        return cell.y + cell.height -
               cell.height * static_cast<double>(ranks) / static_cast<double>(std::max<std::int64_t>(1, highest));
    };
    std::string path = printed("M%.2f %.2f", x(line.front().step), y(line.front().ranks));
    std::string marks;
    for (std::size_t i = 1; i < line.size(); ++i) {
        path += printed(" H%.2f V%.2f", x(line[i].step), y(line[i].ranks));
        if (line[i].experts != line[i - 1].experts)
            marks += printed("<circle cx='%.2f' cy='%.2f' r='2.5' fill='%s'/>", x(line[i].step), y(line[i].ranks),
                             line[i].experts > line[i - 1].experts ? "#5a8f5a" : "#b04a3a");
    }
    path += printed(" H%.2f", x(lastStep));
    return printed("<g><title>%lld to %lld ranks, %lld to %lld experts</title>",
                   static_cast<long long>(line.front().ranks), static_cast<long long>(line.back().ranks),
                   static_cast<long long>(line.front().experts), static_cast<long long>(line.back().experts)) +
           printed("<rect x='%.2f' y='%.2f' width='%.2f' height='%.2f' fill='#f2f2f2'/>", cell.x, cell.y, cell.width,
                   cell.height) +
           "<path d='" + path + "' fill='none' stroke='#30689c' stroke-width='1.5'/>" + marks + "</g>\n";
}

} // namespace

std::string timelineSvg(const MapTimeline& timeline, std::int64_t lastStep)
{
    std::set<std::string> modules;
    const auto add = [&](const AllocationMap& map) {
        for (const auto& layer : map.layers)
            for (const auto& [name, module] : layer)
                if (module.experts() > 0)
                    modules.insert(name);
    };
    add(timeline.first);
    for (const MapMoment& one : timeline.changes)
        add(one.map);
    const std::size_t layers = timeline.first.layers.size();
    std::int64_t highest = 1;
    std::vector<std::vector<Line>> lines(layers);
    for (std::size_t layer = 0; layer < layers; ++layer)
        for (const std::string& module : modules) {
            lines[layer].push_back(lineOf(timeline, layer, module));
            for (const Point& one : lines[layer].back())
                highest = std::max(highest, one.ranks);
        }
    Line whole{wholeOf(0, timeline.first)};
    for (const MapMoment& one : timeline.changes)
        whole.push_back(wholeOf(one.step, one.map));
    std::int64_t mostRanks = 1;
    for (const Point& one : whole)
        mostRanks = std::max(mostRanks, one.ranks);

    const double columns = static_cast<double>(std::max<std::size_t>(modules.size(), 4));
    const double width = left + cellWidth * columns + gap;
    const double bottom = top + cellHeight * static_cast<double>(layers);
    const double height = bottom + 2 * cellHeight + 44;
    std::string svg = printed("<svg xmlns='http://www.w3.org/2000/svg' width='%g' height='%g' viewBox='0 0 %g %g' "
                              "font-family='DejaVu Sans, sans-serif' font-size='11'>\n"
                              "<rect width='100%%' height='100%%' fill='white'/>\n",
                              width, height, width, height);
    std::size_t column = 0;
    for (const std::string& module : modules)
        svg += printed("<text x='%g' y='%g' text-anchor='middle'>",
                       left + cellWidth * (static_cast<double>(column++) + 0.5), top - 10) +
               module + "</text>\n";
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const double y = top + cellHeight * static_cast<double>(layer);
        svg += printed("<text x='%g' y='%g' text-anchor='end'>%zu</text>\n", left - 8, y + cellHeight / 2, layer);
        for (std::size_t index = 0; index < lines[layer].size(); ++index)
            svg += drawLine(lines[layer][index],
                            {left + cellWidth * static_cast<double>(index), y, cellWidth - gap, cellHeight - gap},
                            lastStep, highest);
    }
    svg += printed("<text x='%g' y='%g' text-anchor='end'>all</text>\n", left - 8, bottom + cellHeight + gap);
    svg += drawLine(whole, {left, bottom + gap, cellWidth * columns - gap, 2 * cellHeight - gap}, lastStep, mostRanks);
    svg += printed(
        "<text x='%g' y='%g'>Ranks over the steps 0 to %lld; highest in a module: %lld, in all: %lld. Green: an "
        "expert came. Red: one went.</text>\n",
        left, height - 12, static_cast<long long>(lastStep), static_cast<long long>(highest),
        static_cast<long long>(mostRanks));
    return svg + "</svg>\n";
}

} // namespace hilo
