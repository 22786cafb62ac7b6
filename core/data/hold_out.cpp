// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hold_out.h"

#include "data/row_source.h"
#include "data/row_steps.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t fewestToHoldOut = 10;
constexpr std::size_t fewestBytesOfText = 1000; ///< below which the end of a text says nothing

/// Where the last twentieth of a text begins: behind a line's end, or a blank, that is near; else between characters.
std::size_t beginOfEnd(const std::string& text)
{
    const std::size_t wanted = text.size() - text.size() / 20;
    const std::size_t nearest = text.size() - text.size() / 10;
    for (const char* borders : {"\n", " \t\n"}) {
        const std::size_t border = text.find_last_of(borders, wanted - 1);
        if (border != std::string::npos && border >= nearest)
            return border + 1;
    }
    std::size_t begin = wanted;
    while (begin > nearest && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U)
        --begin;
    return begin;
}

} // namespace

bool mayHoldOut(const DataSpec& spec)
{
    const bool isSplit =
        !spec.splitColumn.empty() || spec.validationShare > 0 || spec.testShare > 0 || !spec.splitFiles.empty();
    return spec.holdsOut && !isSplit;
}

bool areTooFewToDraw(std::size_t rows)
{
    return rows < fewestToHoldOut;
}

std::vector<std::uint8_t> heldOutSplits(std::size_t rows)
{
    if (areTooFewToDraw(rows))
        return {};
    DataSpec drawn;
    drawn.splitSeed = 1;
    drawn.validationShare = std::min(0.05, 1000.0 / static_cast<double>(rows));
    return drawnSplits(drawn, rows);
}

bool isPlainText(const Row& row)
{
    const std::string ending = dataEnding(row.file);
    return (ending == ".txt" || ending == ".md") && row.fields.size() == 1 && row.messages.empty();
}

std::optional<Row> takeEnd(Row& row)
{
    if (!isPlainText(row) || row.fields.front().second.size() < fewestBytesOfText)
        return std::nullopt;
    std::string& text = row.fields.front().second;
    const std::size_t begin = beginOfEnd(text);
    Row end = row;
    end.fields.front().second = text.substr(begin);
    end.line += std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
    text.resize(begin);
    return end;
}

DataNote heldOutNote(const std::string& file, std::size_t rows, std::size_t ends)
{
    if (ends > 0)
        return {file, "there are training texts alone, and few of them: the last twentieth of " + std::to_string(ends) +
                          " of them is kept to validate on (\"split\": \"none\" in data trains on all)"};
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

void holdOutValidation(const DataSpec& spec, Dataset& dataset)
{
    if (dataset.splits.size() != 1 || !dataset.has("train"))
        return;
    std::vector<Row> rows = std::move(dataset.splits.at("train"));
    dataset.splits.clear();
    std::vector<std::uint8_t> splits = heldOutSplits(rows.size());
    std::vector<Row> ends;
    if (splits.empty() && spec.columns.empty() && std::all_of(rows.begin(), rows.end(), isPlainText))
        for (Row& row : rows)
            if (std::optional<Row> end = takeEnd(row))
                ends.push_back(std::move(*end));
    dataset.notes.push_back(heldOutNote(rows.front().file, rows.size(), ends.size()));
    if (!ends.empty())
        dataset.splits["validation"] = std::move(ends);
    splits.resize(rows.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i)
        dataset.splits[drawnSplitName(splits[i])].push_back(std::move(rows[i]));
}

} // namespace hilo
