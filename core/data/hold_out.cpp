// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hold_out.h"

#include "data/row_steps.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t fewestToHoldOut = 20;

} // namespace

bool mayHoldOut(const DataSpec& spec)
{
    const bool isSplit =
        !spec.splitColumn.empty() || spec.validationShare > 0 || spec.testShare > 0 || !spec.splitFiles.empty();
    return spec.holdsOut && !isSplit;
}

std::vector<std::uint8_t> heldOutSplits(std::size_t rows)
{
    if (rows < fewestToHoldOut)
        return {};
    DataSpec drawn;
    drawn.splitSeed = 1;
    drawn.validationShare = std::min(0.05, 1000.0 / static_cast<double>(rows));
    return drawnSplits(drawn, rows);
}

DataNote heldOutNote(const std::string& file, std::size_t rows)
{
    const std::vector<std::uint8_t> splits = heldOutSplits(rows);
    if (splits.empty())
        return {file, "there are training rows alone, " + std::to_string(rows) + " of them, fewer than " +
                          std::to_string(fewestToHoldOut) +
                          ", so that none is kept to validate on: name files or shares in the data's \"split\" to "
                          "have some"};
    const auto kept = std::count_if(splits.begin(), splits.end(), [](std::uint8_t split) { return split != 0; });
    return {file, "there are training rows alone: " + std::to_string(kept) +
                      " of them, drawn by the seed 1, are kept to validate on (\"split\": \"none\" in data trains on "
                      "all)"};
}

void holdOutValidation(Dataset& dataset)
{
    if (dataset.splits.size() != 1 || !dataset.has("train"))
        return;
    std::vector<Row> rows = std::move(dataset.splits.at("train"));
    dataset.splits.clear();
    dataset.notes.push_back(heldOutNote(rows.front().file, rows.size()));
    std::vector<std::uint8_t> splits = heldOutSplits(rows.size());
    splits.resize(rows.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i)
        dataset.splits[drawnSplitName(splits[i])].push_back(std::move(rows[i]));
}

} // namespace hilo
