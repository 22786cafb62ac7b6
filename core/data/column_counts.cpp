// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/column_counts.h"

namespace hilo {
namespace {

template <class Receive>
void eachColumn(const Row& row, Receive&& receive)
{
    for (const auto& [name, value] : row.fields)
        receive(name);
    for (const auto& [name, value] : row.choices)
        receive(name);
    if (!row.messages.empty())
        receive("messages");
}

} // namespace

void ColumnCounts::see(const Row& row)
{
    ++rows_;
    std::size_t expected = 0; // rows mostly have the same columns in the same order
    eachColumn(row, [&](const std::string& name) {
        std::size_t place = expected;
        if (place >= columns_.size() || columns_[place].name != name) {
            const auto found = places_.find(name);
            if (found == places_.end() && columns_.size() == mostColumns) {
                isCut_ = true;
                return;
            }
            place = found != places_.end() ? found->second : columns_.size();
            if (found == places_.end()) {
                places_.emplace(name, place);
                columns_.push_back({name, 0});
            }
        }
        ++columns_[place].rows;
        expected = place + 1;
    });
}

std::vector<std::string> ColumnCounts::names() const
{
    std::vector<std::string> names;
    for (const Column& column : columns_)
        names.push_back(column.name);
    return names;
}

ColumnCounts columnCountsOf(const Dataset& dataset)
{
    ColumnCounts counts;
    for (const bool isTraining : {true, false})
        for (const auto& [split, rows] : dataset.splits)
            if ((split == "train") == isTraining)
                for (const Row& row : rows)
                    counts.see(row);
    return counts;
}

std::vector<std::string> columnsOf(const Row& row)
{
    std::vector<std::string> columns;
    eachColumn(row, [&columns](const std::string& name) { columns.push_back(name); });
    return columns;
}

} // namespace hilo
