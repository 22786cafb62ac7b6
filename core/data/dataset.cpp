// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"

#include "base/log.h"
#include "data/conversation.h"
#include "data/data_files.h"
#include "data/row_readers.h"
#include "data/shuffle.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
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
std::string columnOf(const std::string& name, const std::vector<Row>& rows)
{
    const auto has = [&name](const Row& row) { return row.field(name) || row.choicesOf(name); };
    const auto begin = name.find_first_not_of(" \t");
    if (begin == std::string::npos || std::any_of(rows.begin(), rows.end(), has))
        return name;
    return name.substr(begin, name.find_last_not_of(" \t") - begin + 1);
}

Status mapColumns(const std::map<std::string, std::string>& columns, std::vector<Row>& rows)
{
    std::map<std::string, std::string> sources;
    for (const auto& [field, name] : columns) {
        const std::string column = columnOf(name, rows);
        sources[field] = column;
        const auto has = [&](const Row& row) { return row.field(column) || row.choicesOf(column); };
        if (!rows.empty() && std::none_of(rows.begin(), rows.end(), has))
            return failure(badInput(rows.front().file, "line " + std::to_string(rows.front().line),
                                    "there is no column \"" + name + "\" for the field \"" + field + "\"",
                                    "the columns are " + rows.front().columnNames()));
    }
    struct Found
    {
        std::string field;
        std::optional<std::string> text;
        std::optional<std::vector<Choice>> list;
    };
    for (Row& row : rows) {
        // All are looked up before one is set, so that two columns can change places.
        std::vector<Found> found;
        for (const auto& [field, column] : sources) {
            const std::string* const text = row.field(column);
            const std::vector<Choice>* const list = row.choicesOf(column);
            if (field != column)
                found.push_back(
                    {field, text ? std::optional(*text) : std::nullopt, list ? std::optional(*list) : std::nullopt});
        }
        for (Found& one : found) {
            // A row that lacks the column must not fall back on one that happens to have the field's name.
            std::erase_if(row.fields, [&](const auto& field) { return field.first == one.field; });
            std::erase_if(row.choices, [&](const auto& field) { return field.first == one.field; });
            if (one.text)
                row.fields.emplace_back(one.field, std::move(*one.text));
            if (one.list)
                row.choices.emplace_back(one.field, std::move(*one.list));
        }
    }
    return {};
}

Status splitByColumn(const std::string& column, std::vector<Row> rows, Dataset& dataset)
{
    const bool anyone = std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.field(column); });
    if (!anyone && !rows.empty())
        return failure(badInput(rows.front().file, "line " + std::to_string(rows.front().line),
                                "there is no column \"" + column + "\" to split by",
                                "the columns are " + rows.front().columnNames()));
    for (Row& row : rows) {
        const std::string* value = row.field(column);
        const std::string split = value ? splitOfValue(*value) : "";
        if (!split.empty())
            dataset.splits[split].push_back(std::move(row));
        else
            dataset.rejected.push_back({row.file, row.line,
                                        "the column \"" + column + "\" says " +
                                            (value ? "\"" + *value + "\"" : std::string("nothing")) +
                                            ", neither train, validation nor test"});
    }
    return {};
}

void splitBySeed(const DataSpec& spec, std::vector<Row> rows, Dataset& dataset)
{
    std::vector<std::int64_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::int64_t{0});
    shuffle(order, static_cast<std::uint64_t>(spec.splitSeed));
    const auto share = [&](double part) {
        return static_cast<std::size_t>(std::llround(part * static_cast<double>(rows.size())));
    };
    const std::size_t tests = share(spec.testShare);
    const std::size_t validations = share(spec.validationShare);
    std::vector<std::string> names(rows.size(), "train");
    for (std::size_t i = 0; i < std::min(tests + validations, rows.size()); ++i)
        names[static_cast<std::size_t>(order[i])] = i < tests ? "test" : "validation";
    for (std::size_t i = 0; i < rows.size(); ++i)
        dataset.splits[names[i]].push_back(std::move(rows[i]));
}

/// The conversations are read behind the mapping, which may be what calls a column "messages".
void readConversations(std::vector<Row>& rows, Dataset& dataset)
{
    std::map<std::string, std::set<std::string>> unknown; // by file
    for (Row& row : rows)
        readConversation(row, unknown[row.file]);
    for (const auto& [file, keys] : unknown) {
        std::string names;
        for (const std::string& key : keys)
            names += (names.empty() ? "" : ", ") + key;
        if (!names.empty())
            dataset.notes.push_back({file, "these keys of its turns are not used: " + names});
    }
}

Result<std::vector<Row>> readSplit(const std::string& split, const std::vector<fs::path>& paths, const DataSpec& spec,
                                   Dataset& dataset, const Progress& progress)
{
    std::vector<Row> rows;
    for (const fs::path& path : paths) {
        progress.report({"Reading " + path.filename().string(), 0, 0, {}});
        HILO_TRY(FileRows read, readRows(path, usesNumberedColumns(spec)));
        std::move(read.rows.begin(), read.rows.end(), std::back_inserter(rows));
        std::move(read.rejected.begin(), read.rejected.end(), std::back_inserter(dataset.rejected));
        for (std::string& note : read.notes)
            dataset.notes.push_back({path.string(), std::move(note)});
        dataset.files.push_back(path.string());
        if (progress.isCancelled())
            return failure(cancelled());
    }
    if (rows.empty()) {
        const std::string why = dataset.rejected.empty() ? ""
                                                         : "; line " + std::to_string(dataset.rejected.front().line) +
                                                               ": " + dataset.rejected.front().reason;
        return failure(badInput(paths.front().string(), {}, "the split \"" + split + "\" has no usable row" + why));
    }
    HILO_CHECK(mapColumns(spec.columns, rows));
    readConversations(rows, dataset);
    return rows;
}

} // namespace

const std::string* Row::field(std::string_view name) const
{
    for (const auto& [key, value] : fields)
        if (key == name)
            return &value;
    return nullptr;
}

const std::vector<Choice>* Row::choicesOf(std::string_view name) const
{
    for (const auto& [key, value] : choices)
        if (key == name)
            return &value;
    return nullptr;
}

std::string Row::columnNames() const
{
    std::string names;
    const auto add = [&names](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
    for (const auto& [key, value] : fields)
        add(key);
    for (const auto& [key, value] : choices)
        add(key);
    if (!messages.empty())
        add("messages");
    return names.empty() ? "(none)" : names;
}

bool Dataset::has(std::string_view split) const
{
    return splits.contains(std::string(split));
}

Result<const std::vector<Row>*> Dataset::split(const std::string& name) const
{
    const auto found = splits.find(name);
    if (found != splits.end())
        return &found->second;
    std::string names;
    for (const auto& [key, rows] : splits)
        names += (names.empty() ? "" : ", ") + key;
    return failure(badInput({}, "split \"" + name + "\"", "the data has no such split", "it has " + names));
}

Result<Dataset> readDataset(const DataSpec& spec, const Progress& progress)
{
    HILO_TRY(DataFiles files, findDataFiles(spec));
    const bool isSplitLater = !spec.splitColumn.empty() || spec.validationShare > 0 || spec.testShare > 0;
    Dataset dataset;
    for (const DataNote& unused : files.unused)
        dataset.notes.push_back({unused.file, "not read: " + unused.text});
    std::vector<Row> all;
    for (const auto& [split, paths] : files.splits) {
        HILO_TRY(std::vector<Row> rows, readSplit(split, paths, spec, dataset, progress));
        std::vector<Row>& target = isSplitLater ? all : dataset.splits[split];
        std::move(rows.begin(), rows.end(), std::back_inserter(target));
    }
    if (!spec.splitColumn.empty()) {
        HILO_CHECK(splitByColumn(spec.splitColumn, std::move(all), dataset));
    } else if (isSplitLater) {
        splitBySeed(spec, std::move(all), dataset);
    }
    if (dataset.splits.empty())
        return failure(badInput(spec.path, {}, "no row belongs to a split"));
    return dataset;
}

void logDataset(const Dataset& dataset)
{
    for (const std::string& file : dataset.files)
        logger("data")->info("read {}", file);
    for (const auto& [split, rows] : dataset.splits)
        logger("data")->info("{} rows of the split {}", rows.size(), split);
    for (const DataNote& note : dataset.notes)
        logger("data")->warn("{}: {}", note.file, note.text);
}

} // namespace hilo
