// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_query.h"

#include "compare/map_difference.h"
#include "compare/metric_notes.h"
#include "index/key_names.h"
#include "program_runner.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace hilo {
namespace {

/// The values of one key for all runs: a run's own, a setting or a metric.
Result<std::map<std::string, std::string>> valuesOf(RunReader& reader, const std::vector<RunSummary>& runs,
                                                    const std::string& key)
{
    std::map<std::string, std::string> values;
    const auto fill = [&](auto&& value) {
        for (const RunSummary& run : runs)
            values[run.id] = value(run);
        return values;
    };
    if (key.empty())
        return values;
    if (key == "state")
        return fill([](const RunSummary& run) { return run.state; });
    if (key == "name")
        return fill([](const RunSummary& run) { return run.name; });
    if (key == "seed")
        return fill([](const RunSummary& run) { return run.seed ? std::to_string(*run.seed) : std::string(); });
    auto known = columnValues(reader.database(), key);
    // A column that was chosen in another project may name what no run has here.
    if (!known && known.error().code == ErrorCode::BadInput)
        return values;
    return known;
}

QString joined(const std::map<std::string, std::string>& values, const std::vector<std::string>& ids)
{
    QStringList texts;
    for (const std::string& id : ids)
        if (const auto found = values.find(id); found != values.end())
            if (const QString text = QString::fromStdString(found->second); !texts.contains(text))
                texts << text;
    texts.sort();
    return texts.join(QStringLiteral(", "));
}

ComparisonPoint pointOf(const ComparisonRow& entry, std::int64_t cost, QString colour, QString symbol)
{
    ComparisonPoint point;
    point.id = CompareModel::idOf(entry);
    point.name = QString::fromStdString(entry.row.name.empty() ? entry.row.ids.front() : entry.row.name);
    if (entry.row.measured > 1)
        point.name += QCoreApplication::translate("hilo::ComparePage", ", %n seed(s)", nullptr,
                                                  static_cast<int>(entry.row.measured));
    point.colourBy = std::move(colour);
    point.symbolBy = std::move(symbol);
    point.cost = static_cast<double>(cost);
    point.value = *entry.row.value;
    point.low = entry.row.low.value_or(point.value);
    point.high = entry.row.high.value_or(point.value);
    point.hasInterval = entry.row.low && entry.row.high;
    point.onFront = entry.row.onFront;
    point.isBaseline = entry.difference.isBaseline;
    return point;
}

Result<std::shared_ptr<RunHistory>> readCurve(const std::string& project, const std::string& id,
                                              const std::string& name, const std::string& task)
{
    HILO_TRY(const Project opened, Project::open(project));
    HILO_TRY(RunReader reader, RunReader::open(opened));
    auto history = std::make_shared<RunHistory>();
    HILO_TRY(history->evaluations, reader.evaluations(id));
    if (!task.empty())
        std::erase_if(history->evaluations, [&task](const RunEvaluation& one) { return one.task != task; });
    if (name.empty())
        return history;
    HILO_TRY(const Series series, reader.series(id, name));
    history->steps.reserve(static_cast<qsizetype>(series.steps.size()));
    for (const std::int64_t step : series.steps)
        history->steps.push_back(static_cast<double>(step));
    history->metrics[name] = QVector<double>(series.values.begin(), series.values.end());
    return history;
}

} // namespace

QString commandLineOf(const CompareQuestion& question)
{
    QStringList words{QStringLiteral("compare"), QString::fromStdString(question.project)};
    if (!question.filter.empty())
        words << QStringLiteral("--filter") << QString::fromStdString(question.filter);
    if (question.groupSeeds)
        words << QStringLiteral("--group-seeds");
    if (question.cost == ParetoCost::Active)
        words << QStringLiteral("--cost") << QStringLiteral("active");
    if (!question.metric.isAccuracy())
        words << QStringLiteral("--metric") << QString::fromStdString(question.metric.text());
    return ProgramRunner::commandLine(words << QStringLiteral("--csv"));
}

QString fingerprintOf(const std::vector<RunSummary>& runs)
{
    // The order of the runs changes nothing either.
    std::size_t sum = runs.size();
    for (const RunSummary& run : runs) {
        std::size_t hash = std::hash<std::string>()(run.id);
        hash = hash * 1000003 + std::hash<std::string>()(run.name);
        hash = hash * 1000003 + std::hash<std::string>()(run.state);
        hash = hash * 1000003 + std::hash<double>()(run.accuracy.value_or(-1));
        hash = hash * 1000003 + std::hash<double>()(run.loss.value_or(-1));
        hash = hash * 1000003 + std::hash<std::int64_t>()(run.endedAt.value_or(-1));
        sum += hash;
    }
    return QString::number(sum);
}

Result<CompareAnswer> askForRuns(const CompareQuestion& question)
{
    HILO_TRY(const Project project, Project::open(question.project));
    HILO_TRY(RunReader reader, RunReader::open(project));
    CompareOptions options;
    options.groupSeeds = question.groupSeeds;
    options.cost = question.cost;
    options.metric = question.metric;
    if (!question.filter.empty()) {
        HILO_TRY(options.filter, Filter::parse(question.filter));
    }
    CompareAnswer answer;
    HILO_TRY(answer.compared, comparedRuns(reader, question.metric));
    HILO_TRY(answer.measured, reader.measuredMetrics());
    HILO_TRY(std::vector<CompareRow> rows, compareRuns(reader, options));
    HILO_TRY(answer.keys, reader.keys());
    HILO_TRY(const auto maps, valuesOf(reader, answer.compared.runs, "map.name"));
    HILO_TRY(const auto strategies, valuesOf(reader, answer.compared.runs, "map.strategy.name"));
    HILO_TRY(const auto colours, valuesOf(reader, answer.compared.runs, question.colourBy));
    HILO_TRY(const auto symbols, valuesOf(reader, answer.compared.runs, question.symbolBy));
    std::vector<std::map<std::string, std::string>> columns;
    for (const std::string& column : question.columns) {
        HILO_TRY(columns.emplace_back(), valuesOf(reader, answer.compared.runs, column));
    }
    std::vector<ComparisonPoint> points;
    const auto differences = differencesTo(answer.compared, rows, question.baseline);
    answer.taskSetsDiffer = question.metric.task.empty() && taskSetsOf(rows).differ();
    for (const CompareRow& row : rows)
        answer.unmeasured += !row.value && row.state == "finished" ? 1 : 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ComparisonRow row;
        row.map = joined(maps, rows[i].ids);
        row.strategy = joined(strategies, rows[i].ids);
        for (const auto& column : columns)
            row.values.push_back(joined(column, rows[i].ids));
        row.difference = differences[i];
        row.row = std::move(rows[i]);
        const auto& cost = question.cost == ParetoCost::Active ? row.row.activeParameters : row.row.trainableParameters;
        if (row.row.value && cost)
            points.push_back(pointOf(row, *cost, joined(colours, row.row.ids), joined(symbols, row.row.ids)));
        answer.shownRuns += row.row.ids.size();
        answer.rows.push_back(std::move(row));
    }
    answer.points = shareOutPoints(std::move(points));
    return answer;
}

std::vector<MetricChart::Curve> readCurves(const std::string& project, std::vector<MetricChart::Curve> curves,
                                           const std::string& series, const std::string& task)
{
    for (MetricChart::Curve& curve : curves)
        curve.history =
            readCurve(project, curve.name.toStdString(), series, task).value_or(std::make_shared<RunHistory>());
    return curves;
}

Result<PairAnswer> askAboutRuns(const std::string& project, const std::vector<std::string>& ids)
{
    HILO_TRY(const Project opened, Project::open(project));
    HILO_TRY(RunReader reader, RunReader::open(opened));
    PairAnswer answer;
    if (ids.size() > 1) {
        HILO_TRY(answer.differences, differingSettings(reader, ids));
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        HILO_TRY(const auto folder, opened.pathOfRun(ids[i]));
        auto map = mapOfRun(folder);
        if (map) {
            answer.maps.push_back(std::move(*map));
            answer.mapOf.push_back(i);
        } else {
            answer.problem = describe(map.error());
        }
    }
    return answer;
}

} // namespace hilo
