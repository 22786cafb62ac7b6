// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare.h"

#include "compare/repetitions.h"
#include "index/key_names.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hilo {
namespace {

CompareRow rowOf(const RunSummary& run)
{
    CompareRow row;
    row.ids = {run.id};
    row.name = run.name;
    row.state = run.state;
    row.accuracy = run.accuracy;
    row.low = run.intervalLow;
    row.high = run.intervalHigh;
    row.trainableParameters = run.trainableParameters;
    row.activeParameters = run.activeParameters;
    row.seconds = run.seconds;
    row.measured = run.accuracy ? 1 : 0;
    return row;
}

CompareRow rowOf(const std::vector<RunSummary>& runs)
{
    CompareRow row = rowOf(runs.front());
    if (runs.size() == 1)
        return row;
    row.ids.clear();
    std::vector<double> accuracies, seconds;
    for (const RunSummary& run : runs) {
        row.ids.push_back(run.id);
        if (run.state != row.state)
            row.state = "mixed";
        if (run.accuracy)
            accuracies.push_back(*run.accuracy);
        if (run.seconds)
            seconds.push_back(*run.seconds);
        row.trainableParameters = row.trainableParameters ? row.trainableParameters : run.trainableParameters;
        row.activeParameters = row.activeParameters ? row.activeParameters : run.activeParameters;
    }
    if (!seconds.empty())
        row.seconds = meanInterval(seconds).mean;
    row.measured = accuracies.size();
    // One accuracy keeps the interval of its own evaluation.
    if (accuracies.size() == 1) {
        const auto only =
            std::find_if(runs.begin(), runs.end(), [](const RunSummary& run) { return run.accuracy.has_value(); });
        row.accuracy = only->accuracy;
        row.low = only->intervalLow;
        row.high = only->intervalHigh;
    } else if (accuracies.size() > 1) {
        const MeanInterval summary = meanIntervalWithin(accuracies, 0, 1);
        row.accuracy = summary.mean;
        row.low = summary.low;
        row.high = summary.high;
        row.deviation = summary.deviation;
    }
    return row;
}

void markFront(std::vector<CompareRow>& rows, ParetoCost cost)
{
    std::vector<std::pair<double, double>> points;
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto parameters = cost == ParetoCost::Trainable ? rows[i].trainableParameters : rows[i].activeParameters;
        if (!rows[i].accuracy || !parameters)
            continue;
        points.emplace_back(static_cast<double>(*parameters), *rows[i].accuracy);
        indices.push_back(i);
    }
    const auto front = paretoFront(points);
    for (std::size_t i = 0; i < indices.size(); ++i)
        rows[indices[i]].onFront = front[i];
}

Status fillColumns(RunReader& reader, const std::vector<std::string>& columns, std::vector<CompareRow>& rows)
{
    for (const std::string& column : columns) {
        HILO_TRY(const auto known, columnValues(reader.database(), column));
        for (CompareRow& row : rows) {
            std::vector<std::string> values;
            for (const std::string& id : row.ids)
                if (const auto found = known.find(id); found != known.end())
                    if (std::find(values.begin(), values.end(), found->second) == values.end())
                        values.push_back(found->second);
            std::string joined;
            for (const std::string& value : values)
                joined += (joined.empty() ? "" : ", ") + value;
            row.values.push_back(joined);
        }
    }
    return {};
}

/// The runs that repeat one, and itself.
std::vector<RunSummary> repetitionsOf(const std::vector<RunSummary>& runs, const RunSummary& member)
{
    for (std::vector<RunSummary>& group : repetitionGroups(runs))
        for (const RunSummary& run : group)
            if (run.id == member.id)
                return std::move(group);
    return {member};
}

/// The accuracies of a group by seed; of two runs with the same seed the one with the later id.
std::map<std::int64_t, double> accuracyBySeed(const std::vector<RunSummary>& group)
{
    std::map<std::int64_t, double> accuracies;
    for (const RunSummary& run : group)
        if (run.seed && run.accuracy)
            accuracies[*run.seed] = *run.accuracy;
    return accuracies;
}

Error nothingToPair(const RunSummary& a, const RunSummary& b)
{
    if (a.id == b.id)
        return badInput("compare", {}, "\"" + a.id + "\" was named twice.", "Name two runs with different settings.");
    return badInput(
        "compare", {},
        "\"" + a.id + "\" and \"" + b.id + "\" repeat the same settings: they differ in name and seed only.",
        "Name one run of each of two groups; \"hilo compare DIR --group-seeds\" shows the groups with their "
        "spread over the seeds.");
}

} // namespace

Result<std::vector<CompareRow>> compareRuns(RunReader& reader, const CompareOptions& options)
{
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs(options.filter));
    std::vector<CompareRow> rows;
    if (options.groupSeeds) {
        for (const std::vector<RunSummary>& group : repetitionGroups(runs))
            rows.push_back(rowOf(group));
    } else {
        for (const RunSummary& run : runs)
            rows.push_back(rowOf(run));
    }
    markFront(rows, options.cost);
    HILO_CHECK(fillColumns(reader, options.columns, rows));
    std::sort(rows.begin(), rows.end(), [](const CompareRow& a, const CompareRow& b) {
        const double low = -1;
        const double accuracyA = a.accuracy.value_or(low), accuracyB = b.accuracy.value_or(low);
        return accuracyA != accuracyB ? accuracyA > accuracyB : a.ids < b.ids;
    });
    return rows;
}

Result<std::vector<SettingDifference>> differingSettings(RunReader& reader, const std::vector<std::string>& ids)
{
    std::map<std::string, std::vector<std::string>> all;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        HILO_TRY([[maybe_unused]] const RunSummary known, reader.run(ids[i]));
        HILO_TRY(const std::vector<Setting> settings, reader.settings(ids[i]));
        for (const Setting& setting : settings) {
            auto& values = all[setting.key];
            values.resize(ids.size());
            values[i] = shownValue(setting);
        }
    }
    std::vector<SettingDifference> differences;
    for (auto& [key, values] : all)
        if (std::any_of(values.begin(), values.end(),
                        [&first = values.front()](const std::string& value) { return value != first; }))
            differences.push_back({key, std::move(values)});
    return differences;
}

Result<PairedDifference> pairedDifference(RunReader& reader, const std::string& a, const std::string& b)
{
    HILO_TRY(const RunSummary first, reader.run(a));
    HILO_TRY(const RunSummary second, reader.run(b));
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    const std::vector<RunSummary> group = repetitionsOf(runs, first);
    if (std::any_of(group.begin(), group.end(), [&second](const RunSummary& run) { return run.id == second.id; }))
        return failure(nothingToPair(first, second));
    const auto left = accuracyBySeed(group), right = accuracyBySeed(repetitionsOf(runs, second));
    for (const auto& [run, accuracies] : {std::pair{&first, &left}, {&second, &right}})
        if (accuracies->empty())
            return failure(
                badInput("compare", {}, "Neither \"" + run->id + "\" nor a repetition of it has an accuracy yet.",
                         "Let it finish first: \"hilo project queue DIR " + run->id + "\" and \"hilo work DIR\"."));
    PairedDifference result;
    for (const auto& [seed, accuracy] : left)
        if (const auto other = right.find(seed); other != right.end()) {
            result.seeds.push_back(seed);
            result.differences.push_back(accuracy - other->second);
        }
    if (result.seeds.empty())
        return failure(badInput(
            "compare", {}, "\"" + a + "\" and \"" + b + "\" have no seed in common for which both have an accuracy.",
            "Run both with the same seeds: \"hilo project add-run DIR RUN --seeds 1,2,3\"."));
    result.summary = meanIntervalWithin(result.differences, -1, 1);
    return result;
}

} // namespace hilo
