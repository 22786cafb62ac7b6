// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_steps.h"

#include "data/conversation.h"
#include "data/row_place.h"
#include "data/shuffle.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace hilo {
namespace {

/// "#3"; other names that begin with # ("#1 String") are names of a header.
bool isNumbered(const std::string& column)
{
    return column.size() > 1 && column[0] == '#' && column.find_first_not_of("0123456789", 1) == std::string::npos;
}

bool usesNumberedColumns(const DataSpec& spec)
{
    return isNumbered(spec.splitColumn) || std::any_of(spec.columns.begin(), spec.columns.end(),
                                                       [](const auto& one) { return isNumbered(one.second); });
}

/// A split column's value as the name of a split; empty when it is none.
std::string splitOfValue(const std::string& value)
{
    const auto begin = value.find_first_not_of(" \t");
    return begin == std::string::npos ? ""
                                      : splitOfWord(value.substr(begin, value.find_last_not_of(" \t") - begin + 1));
}

/// A header's names have no blanks around them (table_rows.h), which a mapping need not know.
std::string withoutOuterBlanks(const std::string& name)
{
    const auto begin = name.find_first_not_of(" \t");
    return begin == std::string::npos ? name : name.substr(begin, name.find_last_not_of(" \t") - begin + 1);
}

} // namespace

RowReading readingOf(const DataSpec& spec, const DataFiles& files, const std::string& split)
{
    RowReading reading;
    reading.split = split;
    reading.withoutHeader = usesNumberedColumns(spec);
    reading.separator = spec.separator != '\0' ? spec.separator : files.separator;
    reading.classNames = files.classNames;
    reading.form = files.form;
    reading.isDocument = spec.documents || !files.areDocuments ? spec.documents : std::optional(true);
    return reading;
}

void ColumnMapping::see(const Row& row)
{
    if (file_.empty() && names_.empty()) {
        file_ = row.file;
        line_ = row.line;
        names_ = row.columnNames();
    }
    for (const auto& [field, name] : columns_)
        for (const std::string& column : {name, withoutOuterBlanks(name)})
            if (!seen_.contains(column) && (row.field(column) || row.choicesOf(column)))
                seen_.insert(column);
}

Status ColumnMapping::finish()
{
    for (const auto& [field, name] : columns_) {
        const std::string column = seen_.contains(name) ? name : withoutOuterBlanks(name);
        sources_[field] = column;
        if (!names_.empty() && !seen_.contains(column))
            return failure(badInput(file_, placeText(line_),
                                    "there is no column \"" + name + "\" for the field \"" + field + "\"",
                                    "the columns are " + names_));
    }
    return {};
}

void ColumnMapping::apply(Row& row) const
{
    struct Found
    {
        std::string field;
        std::optional<std::string> text;
        std::optional<std::vector<Choice>> list;
        std::optional<std::string> className;
    };
    // All are looked up before one is set, so that two columns can change places.
    std::vector<Found> found;
    for (const auto& [field, column] : sources_) {
        const std::string* const text = row.field(column);
        const std::vector<Choice>* const list = row.choicesOf(column);
        const std::string* const name = row.className(column);
        if (field != column)
            found.push_back({field, text ? std::optional(*text) : std::nullopt,
                             list ? std::optional(*list) : std::nullopt, name ? std::optional(*name) : std::nullopt});
    }
    for (Found& one : found) {
        // A row that lacks the column must not fall back on one that happens to have the field's name.
        std::erase_if(row.fields, [&](const auto& field) { return field.first == one.field; });
        std::erase_if(row.choices, [&](const auto& field) { return field.first == one.field; });
        std::erase_if(row.classNames, [&](const auto& field) { return field.first == one.field; });
        if (one.text)
            row.fields.emplace_back(one.field, std::move(*one.text));
        if (one.list)
            row.choices.emplace_back(one.field, std::move(*one.list));
        if (one.className)
            row.classNames.emplace_back(one.field, std::move(*one.className));
    }
}

void ConversationStep::apply(Row& row)
{
    readConversation(row, unknown_[row.file]);
}

std::vector<DataNote> ConversationStep::notes() const
{
    std::vector<DataNote> notes;
    for (const auto& [file, keys] : unknown_) {
        std::string names;
        for (const std::string& key : keys)
            names += (names.empty() ? "" : ", ") + key;
        if (!names.empty())
            notes.push_back({file, "only a model's own chat template sees these keys of its turns: " + names});
    }
    return notes;
}

std::string splitByColumn(const Row& row, const std::string& column, std::string& reason)
{
    const std::string* const value = row.field(column);
    std::string split = value ? splitOfValue(*value) : "";
    if (split.empty())
        reason = "the column \"" + column + "\" says " + (value ? "\"" + *value + "\"" : std::string("nothing")) +
                 ", neither train, validation nor test";
    return split;
}

std::vector<std::uint8_t> drawnSplits(const DataSpec& spec, std::size_t rows)
{
    std::vector<std::int64_t> order(rows);
    std::iota(order.begin(), order.end(), std::int64_t{0});
    shuffle(order, static_cast<std::uint64_t>(spec.splitSeed));
    const auto share = [&](double part) {
        return static_cast<std::size_t>(std::llround(part * static_cast<double>(rows)));
    };
    const std::size_t tests = share(spec.testShare);
    const std::size_t validations = share(spec.validationShare);
    std::vector<std::uint8_t> splits(rows, 0);
    for (std::size_t i = 0; i < std::min(tests + validations, rows); ++i)
        splits[static_cast<std::size_t>(order[i])] = i < tests ? 2 : 1;
    return splits;
}

const char* drawnSplitName(std::uint8_t split)
{
    return split == 0 ? "train" : split == 1 ? "validation" : "test";
}

Error noUsableRow(const std::string& split, const std::filesystem::path& file, const std::vector<RejectedRow>& rejected)
{
    const std::string why =
        rejected.empty() ? "" : "; " + placeText(rejected.front().line) + ": " + rejected.front().reason;
    return badInput(file.string(), {}, "the split \"" + split + "\" has no usable row" + why,
                    why.empty() ? "name a file with rows, or take this one away" : "");
}

Error noSplitColumn(const std::string& column, const Row& first)
{
    return badInput(first.file, placeText(first.line), "there is no column \"" + column + "\" to split by",
                    "the columns are " + first.columnNames());
}

} // namespace hilo
