// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/map_picture.h"

#include "base/text_format.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace hilo {
namespace {

constexpr double left = 44, top = 30, cellWidth = 96, cellHeight = 30, gap = 4;

/// "4 experts, ranks 2 2 8 8, top 2"
std::string describeCell(const ModuleAllocation& module)
{
    std::string text = std::to_string(module.experts()) + (module.experts() == 1 ? " expert, rank" : " experts, ranks");
    for (const int rank : module.ranks)
        text += " " + std::to_string(rank);
    if (module.nullExperts > 0)
        text += ", " + std::to_string(module.nullExperts) + " null";
    return module.hasRouter() ? text + ", top " + std::to_string(module.topK) : text;
}

std::string drawCell(const ModuleAllocation& module, double x, double y, int highest)
{
    std::string svg = "<g><title>" + describeCell(module) + "</title>";
    svg +=
        printed("<rect x='%g' y='%g' width='%g' height='%g' fill='#f2f2f2'/>", x, y, cellWidth - gap, cellHeight - gap);
    const double step = (cellWidth - gap - 2) / std::max(module.experts(), 1);
    const double width = std::min(step - std::min(1.0, step / 4), 24.0);
    for (int expert = 0; expert < module.experts(); ++expert) {
        const double height = (cellHeight - gap - 2) * module.ranks[static_cast<std::size_t>(expert)] / highest;
        svg += printed("<rect x='%.2f' y='%.2f' width='%.2f' height='%.2f' fill='%s'/>", x + 1 + expert * step,
                       y + cellHeight - gap - 1 - height, width, height, module.hasRouter() ? "#30689c" : "#5a8f5a");
    }
    return svg + "</g>\n";
}

} // namespace

std::string mapPicture(const AllocationMap& map, const ModelConfig& model)
{
    int highest = 1;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            for (const int rank : module.ranks)
                highest = std::max(highest, rank);
    const ModuleGrid modules = mapGrid(model);
    const double width = left + cellWidth * static_cast<double>(modules.columns()) + gap;
    const double height = top + cellHeight * static_cast<double>(map.layers.size()) + 26;
    std::string svg = printed("<svg xmlns='http://www.w3.org/2000/svg' width='%g' height='%g' viewBox='0 0 %g %g' "
                              "font-family='DejaVu Sans, sans-serif' font-size='11'>\n"
                              "<rect width='100%%' height='100%%' fill='white'/>\n",
                              width, height, width, height);
    for (std::size_t column = 0; column < modules.columns(); ++column)
        svg += printed("<text x='%g' y='%g' text-anchor='middle'>",
                       left + cellWidth * (static_cast<double>(column) + 0.5), top - 10) +
               modules.name(column) + "</text>\n";
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
        const double y = top + cellHeight * static_cast<double>(layer);
        svg += printed("<text x='%g' y='%g' text-anchor='end'>%zu</text>\n", left - 8, y + cellHeight / 2 + 2, layer);
        for (std::size_t column = 0; column < modules.columns(); ++column) {
            const ModuleAllocation* module = map.find(layer, modules.name(column));
            if (module && module->experts() > 0)
                svg += drawCell(*module, left + cellWidth * static_cast<double>(column), y, highest);
        }
    }
    svg +=
        printed("<text x='%g' y='%g'>A bar is an expert, its height its rank (highest: %d). Blue: chosen by a router. "
                "Green: always on.</text>\n",
                left, height - 8, highest);
    return svg + "</svg>\n";
}

} // namespace hilo
