// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hold_out.h"

#include "data/row_steps.h"

#include <algorithm>

namespace hilo {

void holdOutValidation(Dataset& dataset)
{
    constexpr std::size_t fewest = 20;
    if (dataset.splits.size() != 1 || !dataset.has("train") || dataset.splits.at("train").size() < fewest)
        return;
    std::vector<Row> rows = std::move(dataset.splits.at("train"));
    dataset.splits.clear();
    DataSpec drawn;
    drawn.splitSeed = 1;
    drawn.validationShare = std::min(0.05, 1000.0 / static_cast<double>(rows.size()));
    const std::vector<std::uint8_t> splits = drawnSplits(drawn, rows.size());
    const std::string file = rows.front().file;
    for (std::size_t i = 0; i < rows.size(); ++i)
        dataset.splits[drawnSplitName(splits[i])].push_back(std::move(rows[i]));
    dataset.notes.push_back(
        {file, "there are training rows alone: " + std::to_string(dataset.splits.at("validation").size()) +
                   " of them, drawn by the seed 1, are kept to validate on (\"split\": \"none\" in "
                   "data trains on all)"});
}

} // namespace hilo
