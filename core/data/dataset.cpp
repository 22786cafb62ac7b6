// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"

#include "base/log.h"
#include "data/row_readers.h"
#include "data/shuffle.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace fs = std::filesystem;
namespace {

bool usesNumberedColumns(const DataSpec& spec)
{
    const auto isNumbered = [](const std::string& column) { return column.starts_with("#"); };
    return isNumbered(spec.splitColumn) || std::any_of(spec.columns.begin(), spec.columns.end(),
                                                       [&](const auto& one) { return isNumbered(one.second); });
}

/// The split that a file's name speaks of; empty when none.
std::string splitOfName(const fs::path& path)
{
    std::string name = path.stem().string();
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name.find("train") != std::string::npos)
        return "train";
    if (name.find("val") != std::string::npos || name.find("dev") != std::string::npos)
        return "validation";
    return name.find("test") != std::string::npos ? "test" : "";
}

std::string splitOfValue(std::string value)
{
    std::transform(value.begin(), value.end(), value.begin(), [](unsigned char c) { return std::tolower(c); });
    if (value == "val" || value == "valid" || value == "dev")
        return "validation";
    return value;
}

Result<std::map<std::string, std::vector<fs::path>>> filesOf(const DataSpec& spec)
{
    std::map<std::string, std::vector<fs::path>> files;
    for (const auto& [split, file] : spec.splitFiles)
        files[split].push_back(file);
    if (!files.empty())
        return files;
    std::error_code code;
    if (!fs::is_directory(spec.path, code)) {
        files["train"].push_back(spec.path);
        return files;
    }
    static constexpr std::string_view known[] = {".jsonl", ".ndjson", ".json", ".csv", ".tsv"};
    for (const auto& entry : fs::directory_iterator(spec.path, code)) {
        const std::string split = splitOfName(entry.path());
        if (!split.empty() &&
            std::find(std::begin(known), std::end(known), entry.path().extension().string()) != std::end(known))
            files[split].push_back(entry.path());
    }
    for (auto& [split, paths] : files)
        std::sort(paths.begin(), paths.end());
    if (files.empty())
        return failure(badInput(spec.path, {}, "No file in the folder is named after a split.",
                                "Name them train.jsonl, validation.jsonl, test.jsonl (or .json, .csv, .tsv), or give "
                                "the files in the run's data.split."));
    return files;
}

Status mapColumns(const std::map<std::string, std::string>& columns, std::vector<Row>& rows)
{
    for (const auto& [field, column] : columns) {
        bool found = false;
        for (Row& row : rows) {
            if (const std::string* value = row.field(column)) {
                found = true;
                const std::string text = *value;
                const auto old = std::find_if(row.fields.begin(), row.fields.end(),
                                              [&field = field](const auto& one) { return one.first == field; });
                if (old != row.fields.end())
                    old->second = text;
                else
                    row.fields.emplace_back(field, text);
            } else if (const std::vector<Choice>* choices = row.choicesOf(column)) {
                found = true;
                row.choices.emplace_back(field, *choices);
            }
        }
        if (!found && !rows.empty())
            return failure(badInput(rows.front().file, "line " + std::to_string(rows.front().line),
                                    "there is no column \"" + column + "\" for the field \"" + field + "\"",
                                    "the columns are " + rows.front().columnNames()));
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
        if (split == "train" || split == "validation" || split == "test")
            dataset.splits[split].push_back(std::move(row));
        else
            dataset.rejected.push_back(
                {row.file, row.line, "the column \"" + column + "\" says neither train, validation nor test"});
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
    HILO_TRY(const auto files, filesOf(spec));
    const bool isSplitLater = !spec.splitColumn.empty() || spec.validationShare > 0 || spec.testShare > 0;
    Dataset dataset;
    std::vector<Row> all;
    for (const auto& [split, paths] : files) {
        std::vector<Row> rows;
        for (const fs::path& path : paths) {
            progress.report({"Reading " + path.filename().string(), 0, 0, {}});
            HILO_TRY(FileRows read, readRows(path, usesNumberedColumns(spec)));
            std::move(read.rows.begin(), read.rows.end(), std::back_inserter(rows));
            std::move(read.rejected.begin(), read.rejected.end(), std::back_inserter(dataset.rejected));
            if (progress.isCancelled())
                return failure(cancelled());
        }
        if (rows.empty()) {
            const std::string why = dataset.rejected.empty()
                                        ? ""
                                        : "; line " + std::to_string(dataset.rejected.front().line) + ": " +
                                              dataset.rejected.front().reason;
            return failure(badInput(paths.front().string(), {}, "the split \"" + split + "\" has no usable row" + why));
        }
        HILO_CHECK(mapColumns(spec.columns, rows));
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

void logRejectedRows(const std::vector<RejectedRow>& rejected)
{
    if (rejected.empty())
        return;
    constexpr std::size_t shown = 10;
    logger("data")->warn("{} rows cannot be used", rejected.size());
    for (std::size_t i = 0; i < std::min(shown, rejected.size()); ++i)
        logger("data")->warn("{}: line {}: {}", rejected[i].file, rejected[i].line, rejected[i].reason);
    if (rejected.size() > shown)
        logger("data")->warn("… and {} more", rejected.size() - shown);
}

} // namespace hilo
