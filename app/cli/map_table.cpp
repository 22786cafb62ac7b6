// SPDX-License-Identifier: GPL-3.0-or-later
#include "map_table.h"

#include "base/text_table.h"
#include "formats/base_expert_modules.h"

#include <algorithm>

namespace hilo::cli {
namespace {

std::string cell(const ModuleAllocation* module)
{
    if (!module || module->ranks.empty())
        return "-";
    std::string text;
    if (std::all_of(module->ranks.begin(), module->ranks.end(), [&](int rank) { return rank == module->ranks[0]; })) {
        text = std::to_string(module->experts()) + "x" + std::to_string(module->ranks[0]);
    } else if (module->experts() <= 4) {
        for (const int rank : module->ranks)
            text += (text.empty() ? "" : "+") + std::to_string(rank);
    } else {
        const auto [least, most] = std::minmax_element(module->ranks.begin(), module->ranks.end());
        text = std::to_string(module->experts()) + "x" + std::to_string(*least) + ".." + std::to_string(*most);
    }
    if (module->nullExperts > 0)
        text += " null " + std::to_string(module->nullExperts);
    return module->hasRouter() ? text + " top " + std::to_string(module->topK) : text;
}

} // namespace

std::string mapTable(const AllocationMap& map, const ModelConfig& model)
{
    TextRows rows = {{"layers"}};
    const ModuleGrid modules = mapGrid(model);
    for (const std::string& name : modules.names())
        rows[0].push_back(name);
    const auto lacksTheSame = [&modules](std::size_t layer, std::size_t other) {
        for (std::size_t column = 0; column < modules.columns(); ++column)
            if (!modules.find(layer, column) != !modules.find(other, column))
                return false;
        return true;
    };
    for (std::size_t first = 0; first < map.layers.size();) {
        std::size_t last = first;
        while (last + 1 < map.layers.size() && map.layers[last + 1] == map.layers[first] &&
               lacksTheSame(last + 1, first))
            ++last;
        std::vector<std::string> row = {std::to_string(first) + (last > first ? "-" + std::to_string(last) : "")};
        for (std::size_t column = 0; column < modules.columns(); ++column)
            row.push_back(modules.find(first, column) ? cell(map.find(first, modules.name(column))) : "");
        rows.push_back(std::move(row));
        first = last + 1;
    }
    std::string text = alignedTable(rows, rows[0].size());
    text.pop_back();
    return text;
}

} // namespace hilo::cli
