// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"

#include "base/counted.h"
#include "base/log.h"
#include "data/data_files.h"
#include "data/hold_out.h"
#include "data/row_source.h"
#include "data/row_steps.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Status giveByColumn(const std::string& column, std::vector<Row> rows, Dataset& dataset)
{
    const bool anyone = std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.field(column); });
    if (!anyone && !rows.empty())
        return failure(noSplitColumn(column, rows.front()));
    for (Row& row : rows) {
        std::string reason;
        const std::string split = splitByColumn(row, column, reason);
        if (!split.empty())
            dataset.splits[split].push_back(std::move(row));
        else
            dataset.rejected.push_back({row.file, row.line, reason});
    }
    return {};
}

void giveBySeed(const DataSpec& spec, std::vector<Row> rows, Dataset& dataset)
{
    const std::vector<std::uint8_t> splits = drawnSplits(spec, rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        dataset.splits[drawnSplitName(splits[i])].push_back(std::move(rows[i]));
}

Result<std::vector<Row>> readSplit(const std::string& split, const std::vector<fs::path>& paths, const DataSpec& spec,
                                   const RowReading& reading, Dataset& dataset, const Progress& progress)
{
    std::vector<Row> rows;
    for (const fs::path& path : paths) {
        progress.report({"Reading " + path.filename().string(), 0, 0, {}});
        HILO_TRY(const std::unique_ptr<RowSource> source, openRows(path, reading));
        for (bool more = true; more;) {
            if (progress.isCancelled())
                return failure(cancelled());
            FileRows read;
            HILO_TRY(more, source->next(read));
            std::move(read.rows.begin(), read.rows.end(), std::back_inserter(rows));
            std::move(read.rejected.begin(), read.rejected.end(), std::back_inserter(dataset.rejected));
            for (std::string& note : read.notes)
                dataset.notes.push_back({path.string(), std::move(note)});
        }
        dataset.files.push_back(path.string());
    }
    if (rows.empty())
        return failure(noUsableRow(split, paths.front(), dataset.rejected));
    ColumnMapping mapping(spec.columns);
    for (const Row& row : rows)
        mapping.see(row);
    HILO_CHECK(mapping.finish());
    ConversationStep conversations;
    for (Row& row : rows) {
        mapping.apply(row);
        conversations.apply(row);
    }
    const std::vector<DataNote> notes = conversations.notes();
    dataset.notes.insert(dataset.notes.end(), notes.begin(), notes.end());
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

const std::string* Row::className(std::string_view column) const
{
    for (const auto& [key, value] : classNames)
        if (key == column)
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
    dataset.notes.insert(dataset.notes.end(), files.notes.begin(), files.notes.end());
    std::vector<Row> all;
    for (const auto& [split, paths] : files.splits) {
        HILO_TRY(std::vector<Row> rows,
                 readSplit(split, paths, spec, readingOf(spec, files, split), dataset, progress));
        std::vector<Row>& target = isSplitLater ? all : dataset.splits[split];
        std::move(rows.begin(), rows.end(), std::back_inserter(target));
    }
    if (!spec.splitColumn.empty()) {
        HILO_CHECK(giveByColumn(spec.splitColumn, std::move(all), dataset));
    } else if (isSplitLater) {
        giveBySeed(spec, std::move(all), dataset);
    }
    if (mayHoldOut(spec))
        holdOutValidation(spec, dataset);
    if (dataset.splits.empty())
        return failure(badInput(spec.path, {}, "no row belongs to a split"));
    return dataset;
}

void logDataset(const Dataset& dataset)
{
    for (const std::string& file : dataset.files)
        logger("data")->info("read {}", file);
    for (const auto& [split, rows] : dataset.splits)
        logger("data")->info("{} of the split {}", counted(static_cast<std::int64_t>(rows.size()), "row"), split);
    for (const DataNote& note : dataset.notes)
        logger("data")->warn("{}: {}", note.file, note.text);
}

} // namespace hilo
