// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare.h"

#include "compare/repetitions.h"
#include "index/key_names.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hilo {
namespace {

/// What the rows of a table are made of.
struct Measured
{
    const MetricChoice& metric;
    const FinalValues& values;
    const FinalValue* of(const RunSummary& run) const
    {
        const auto found = values.find(run.id);
        return found == values.end() ? nullptr : &found->second;
    }
};

void take(CompareRow& row, const FinalValue& value)
{
    row.value = value.value;
    row.low = value.low;
    row.high = value.high;
    row.tasks = value.tasks;
}

void addFindings(CompareRow& row, const RunSummary& run)
{
    for (RunFinding& finding : findingsOf(run.findings))
        row.findings.push_back({run.id, std::move(finding)});
}

CompareRow rowOf(const RunSummary& run, const Measured& measured)
{
    CompareRow row;
    row.ids = {run.id};
    row.name = run.name;
    row.state = run.state;
    row.trainableParameters = run.trainableParameters;
    row.activeParameters = run.activeParameters;
    row.seconds = run.seconds;
    addFindings(row, run);
    if (const FinalValue* value = measured.of(run)) {
        row.measured = 1;
        take(row, *value);
    }
    return row;
}

/// The runs of a group that its mean is over: one a seed, and those without any.
std::vector<const RunSummary*> speakersOf(const std::vector<RunSummary>& runs, const FinalValues& values)
{
    std::vector<const RunSummary*> speakers;
    for (const auto& [seed, run] : runsBySeed(runs, values))
        speakers.push_back(run);
    for (const RunSummary& run : runs)
        if (!run.seed)
            speakers.push_back(&run);
    return speakers;
}

CompareRow rowOf(const std::vector<RunSummary>& runs, const Measured& measured)
{
    CompareRow row = rowOf(runs.front(), measured);
    if (runs.size() == 1)
        return row;
    row.ids.clear();
    row.tasks.clear();
    row.findings.clear();
    std::vector<double> values, seconds;
    const FinalValue* only = nullptr;
    const std::vector<const RunSummary*> speakers = speakersOf(runs, measured.values);
    row.seeds = speakers.size();
    for (const RunSummary* run : speakers)
        if (const FinalValue* value = measured.of(*run)) {
            only = value;
            values.push_back(value->value);
            for (const std::string& task : value->tasks)
                if (std::find(row.tasks.begin(), row.tasks.end(), task) == row.tasks.end())
                    row.tasks.push_back(task);
        }
    row.value = row.low = row.high = {};
    for (const RunSummary& run : runs) {
        row.ids.push_back(run.id);
        addFindings(row, run);
        if (run.state != row.state)
            row.state = "mixed";
        if (run.seconds)
            seconds.push_back(*run.seconds);
        row.trainableParameters = row.trainableParameters ? row.trainableParameters : run.trainableParameters;
        row.activeParameters = row.activeParameters ? row.activeParameters : run.activeParameters;
    }
    if (!seconds.empty())
        row.seconds = meanInterval(seconds).mean;
    row.measured = values.size();
    // One value keeps the interval of its own evaluation.
    if (values.size() == 1)
        take(row, *only);
    if (values.size() > 1) {
        const MeanInterval summary = meanOf(values, measured.metric);
        row.value = summary.mean;
        row.low = summary.low;
        row.high = summary.high;
        row.deviation = summary.deviation;
    }
    return row;
}

/// All runs with one value of a key. Their settings differ otherwise: each kind of settings counts once, with the mean
/// over its seeds; the interval is of the mean over them.
CompareRow rowOfKinds(const std::string& name, const std::vector<RunSummary>& runs, const Measured& measured)
{
    std::vector<CompareRow> kinds;
    for (const std::vector<RunSummary>& kind : repetitionGroups(runs))
        kinds.push_back(rowOf(kind, measured));
    if (kinds.size() == 1) {
        kinds.front().name = name;
        return std::move(kinds.front());
    }
    CompareRow row;
    row.name = name;
    row.state = kinds.front().state;
    row.seeds = 0;
    row.settings = kinds.size();
    std::vector<double> values, seconds;
    const auto same = [&kinds](auto member) {
        return std::all_of(kinds.begin(), kinds.end(),
                           [&](const CompareRow& one) { return one.*member == kinds.front().*member; });
    };
    for (CompareRow& kind : kinds) {
        row.ids.insert(row.ids.end(), kind.ids.begin(), kind.ids.end());
        row.seeds += kind.seeds;
        row.measured += kind.measured;
        row.findings.insert(row.findings.end(), kind.findings.begin(), kind.findings.end());
        if (kind.value)
            values.push_back(*kind.value);
        if (kind.seconds)
            seconds.push_back(*kind.seconds);
        for (const std::string& task : kind.tasks)
            if (std::find(row.tasks.begin(), row.tasks.end(), task) == row.tasks.end())
                row.tasks.push_back(task);
    }
    if (!same(&CompareRow::state))
        row.state = "mixed";
    // A number of parameters that only some of them have is none of the group.
    if (same(&CompareRow::trainableParameters))
        row.trainableParameters = kinds.front().trainableParameters;
    if (same(&CompareRow::activeParameters))
        row.activeParameters = kinds.front().activeParameters;
    if (!seconds.empty())
        row.seconds = meanInterval(seconds).mean;
    if (values.size() == 1)
        row.value = values.front(); // of one kind of settings there is no spread over them
    if (values.size() > 1) {
        const MeanInterval summary = meanOf(values, measured.metric);
        row.value = summary.mean;
        row.low = summary.low;
        row.high = summary.high;
        row.deviation = summary.deviation;
    }
    return row;
}

Result<std::vector<CompareRow>> rowsByKey(RunReader& reader, const std::string& key,
                                          const std::vector<RunSummary>& runs, const Measured& measured)
{
    HILO_TRY(const auto values, columnValues(reader.database(), measured.metric.meant(key)));
    std::map<std::string, std::vector<RunSummary>> groups;
    for (const RunSummary& run : runs) {
        const auto found = values.find(run.id);
        groups[found == values.end() ? std::string() : found->second].push_back(run);
    }
    std::vector<CompareRow> rows;
    for (const auto& [value, members] : groups)
        rows.push_back(rowOfKinds(value.empty() ? key + " not set" : key + " = " + value, members, measured));
    return rows;
}

void markFront(std::vector<CompareRow>& rows, const CompareOptions& options)
{
    std::vector<std::pair<double, double>> points;
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto parameters =
            options.cost == ParetoCost::Trainable ? rows[i].trainableParameters : rows[i].activeParameters;
        if (!rows[i].value || !parameters)
            continue;
        points.emplace_back(static_cast<double>(*parameters),
                            options.metric.lowerIsBetter() ? -*rows[i].value : *rows[i].value);
        indices.push_back(i);
    }
    const auto front = paretoFront(points);
    for (std::size_t i = 0; i < indices.size(); ++i)
        rows[indices[i]].onFront = front[i];
}

Status fillColumns(RunReader& reader, const CompareOptions& options, std::vector<CompareRow>& rows)
{
    for (const std::string& column : options.columns) {
        HILO_TRY(const auto known, columnValues(reader.database(), options.metric.meant(column)));
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
    Filter filter = options.filter;
    filter.setMetric(options.metric);
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs(filter));
    HILO_TRY(const FinalValues values, reader.finalValues(options.metric.metric, options.metric.task));
    const Measured measured{options.metric, values};
    std::vector<CompareRow> rows;
    if (!options.groupBy.empty()) {
        HILO_TRY(rows, rowsByKey(reader, options.groupBy, runs, measured));
    } else if (options.groupSeeds) {
        for (const std::vector<RunSummary>& group : repetitionGroups(runs))
            rows.push_back(rowOf(group, measured));
    } else {
        for (const RunSummary& run : runs)
            rows.push_back(rowOf(run, measured));
    }
    markFront(rows, options);
    HILO_CHECK(fillColumns(reader, options, rows));
    std::sort(rows.begin(), rows.end(), [&options](const CompareRow& a, const CompareRow& b) {
        if (a.value.has_value() != b.value.has_value())
            return a.value.has_value();
        return a.value && *a.value != *b.value ? options.metric.isBetter(*a.value, *b.value) : a.ids < b.ids;
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

Result<PairedDifference> pairedDifference(RunReader& reader, const std::string& a, const std::string& b,
                                          const MetricChoice& metric)
{
    HILO_TRY(const RunSummary first, reader.run(a));
    HILO_TRY(const RunSummary second, reader.run(b));
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    const std::vector<RunSummary> group = repetitionsOf(runs, first);
    if (std::any_of(group.begin(), group.end(), [&second](const RunSummary& run) { return run.id == second.id; }))
        return failure(nothingToPair(first, second));
    HILO_TRY(const FinalValues values, reader.finalValues(metric.metric, metric.task));
    const std::string what = metric.isAccuracy() ? "an accuracy" : "\"" + metric.text() + "\" in its result";
    const auto left = valuesBySeed(group, values), right = valuesBySeed(repetitionsOf(runs, second), values);
    for (const auto& [run, bySeed] : {std::pair{&first, &left}, {&second, &right}})
        if (bySeed->empty())
            return failure(badInput(
                "compare", {}, "Neither \"" + run->id + "\" nor a repetition of it has " + what + " yet.",
                run->state == "finished"
                    ? "It has finished without; \"hilo compare DIR --list-metrics\" shows what was measured."
                    : "Let it finish first: \"hilo project queue DIR " + run->id + "\" and \"hilo work DIR\"."));
    PairedDifference result;
    for (const auto& [seed, value] : left)
        if (const auto other = right.find(seed); other != right.end()) {
            result.seeds.push_back(seed);
            result.differences.push_back(value - other->second);
        }
    if (result.seeds.empty())
        return failure(badInput(
            "compare", {}, "\"" + a + "\" and \"" + b + "\" have no seed in common for which both have " + what + ".",
            "Run both with the same seeds: \"hilo project add-run DIR RUN --seeds 1,2,3\"."));
    result.summary = meanDifference(result.differences, metric);
    return result;
}

MeanInterval meanOf(const std::vector<double>& values, const MetricChoice& metric)
{
    const auto [lowest, highest] = metric.range();
    return meanIntervalWithin(values, lowest, highest);
}

MeanInterval meanDifference(const std::vector<double>& differences, const MetricChoice& metric)
{
    const auto [lowest, highest] = metric.range();
    return meanIntervalWithin(differences, lowest - highest, highest - lowest);
}

} // namespace hilo
