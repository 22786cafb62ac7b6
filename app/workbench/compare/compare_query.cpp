// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_query.h"

#include "compare/curve_band.h"
#include "compare/map_difference.h"
#include "compare/metric_notes.h"
#include "index/key_names.h"
#include "program_runner.h"
#include "runs/history_reading.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
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

/// The number of a row under a key: the mean over its runs that have one; nothing where it is none.
std::optional<double> meanOf(const std::map<std::string, std::string>& values, const std::vector<std::string>& ids)
{
    double sum = 0;
    int count = 0;
    for (const std::string& id : ids)
        if (const auto found = values.find(id); found != values.end()) {
            bool good = false;
            const double number = QString::fromStdString(found->second).toDouble(&good);
            if (!good || !std::isfinite(number))
                return {};
            sum += number;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

bool areNumbers(const std::map<std::string, std::string>& values)
{
    return std::all_of(values.begin(), values.end(), [](const auto& one) {
        bool good = false;
        (void)QString::fromStdString(one.second).toDouble(&good);
        return good;
    });
}

/// Less of it is better.
bool isCostKey(const std::string& key)
{
    return key == "trainable_parameters" || key == "active_parameters" || key == "seconds" ||
           key == "peak_memory_bytes";
}

/// Where rows lie along the horizontal axis, NaN where they have no place, and what the axis is.
struct Places
{
    std::vector<double> places;
    CostAxis axis;
};

Places placesOf(const std::vector<CompareRow>& rows, const std::map<std::string, std::string>& values,
                const std::string& key)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    Places found;
    if (areNumbers(values)) {
        double low = std::numeric_limits<double>::infinity(), high = 0;
        for (const CompareRow& row : rows) {
            found.places.push_back(meanOf(values, row.ids).value_or(none));
            if (!std::isnan(found.places.back())) {
                low = std::min(low, found.places.back());
                high = std::max(high, found.places.back());
            }
        }
        constexpr double wide = 20; // from the least to the greatest: told apart by powers only
        found.axis = {isCostKey(key), isCostKey(key) || (low > 0 && high / low >= wide), {}};
        return found;
    }
    QStringList names;
    std::vector<QString> texts;
    for (const CompareRow& row : rows) {
        texts.push_back(joined(values, row.ids));
        if (!names.contains(texts.back()))
            names << texts.back();
    }
    names.sort();
    for (const QString& text : texts)
        found.places.push_back(static_cast<double>(names.indexOf(text)) + 1);
    found.axis = {false, false, names};
    return found;
}

void markFront(std::vector<ComparisonPoint>& points, bool lowerIsBetter)
{
    std::vector<std::pair<double, double>> plane;
    for (const ComparisonPoint& point : points)
        plane.emplace_back(point.cost, lowerIsBetter ? -point.value : point.value);
    const std::vector<bool> front = paretoFront(plane);
    for (std::size_t i = 0; i < points.size(); ++i)
        points[i].onFront = front[i];
}

std::vector<QString> textsOf(const std::map<std::string, std::string>& values, const std::vector<RunSummary>& runs)
{
    std::vector<QString> texts;
    for (const RunSummary& run : runs)
        if (const auto found = values.find(run.id); found != values.end())
            texts.push_back(QString::fromStdString(found->second));
    return texts;
}

ComparisonPoint pointOf(const ComparisonRow& entry, double cost, double value, QString colour, QString symbol)
{
    ComparisonPoint point;
    point.id = CompareModel::idOf(entry);
    point.name = QString::fromStdString(entry.row.name.empty() ? entry.row.ids.front() : entry.row.name);
    if (entry.row.measured > 1 && entry.row.settings == 1)
        point.name += QCoreApplication::translate("hilo::ComparePage", ", %n seed(s)", nullptr,
                                                  static_cast<int>(entry.row.measured));
    point.colourBy = std::move(colour);
    point.symbolBy = std::move(symbol);
    point.cost = cost;
    point.value = value;
    // The interval is the metric's; of what else is drawn none is known.
    point.hasInterval = entry.row.value == value && entry.row.low && entry.row.high;
    point.low = point.hasInterval ? *entry.row.low : value;
    point.high = point.hasInterval ? *entry.row.high : value;
    point.onFront = entry.row.onFront;
    point.isBaseline = entry.difference.isBaseline;
    return point;
}

/// A curve of one run with what its steps and its measurements are placed by.
Result<std::shared_ptr<RunHistory>> readCurve(RunReader& reader, const std::string& id, const std::string& name,
                                              const std::string& task)
{
    HILO_TRY(auto history,
             readHistory(reader, id, name.empty() ? std::vector<std::string>{"loss"} : std::vector<std::string>{name}));
    if (!task.empty())
        std::erase_if(history->evaluations, [&task](const RunEvaluation& one) { return one.task != task; });
    return history;
}

void setScore(RunScore& score, const std::string& metric, const MeanInterval& value)
{
    if (metric == "accuracy") {
        score.accuracy = value.mean;
        score.low = value.low;
        score.high = value.high;
        return;
    }
    score.metrics[metric] = value.mean;
    if (metric == "loss")
        score.loss = value.mean;
    if (value.low && value.high)
        score.intervals[metric] = {*value.low, *value.high};
}

/// The mean of what several runs measured, where two or more did, with its interval over them.
std::vector<RunEvaluation> meanEvaluations(const std::vector<std::shared_ptr<RunHistory>>& runs,
                                           const std::string& metric)
{
    std::map<std::tuple<std::string, std::string, std::int64_t>, std::vector<double>> values;
    for (const auto& run : runs)
        for (const EvaluationSeries& series : evaluationSeries(run->evaluations, metric))
            for (std::size_t i = 0; i < series.steps.size(); ++i)
                values[{series.task, series.split, series.steps[i]}].push_back(series.values[i].value);
    std::vector<RunEvaluation> means;
    const MetricChoice choice{metric, {}};
    for (const auto& [place, found] : values)
        if (found.size() > 1) {
            RunEvaluation mean;
            mean.task = std::get<0>(place);
            mean.split = std::get<1>(place);
            mean.step = std::get<2>(place);
            setScore(mean.score, metric, hilo::meanOf(found, choice));
            means.push_back(std::move(mean));
        }
    std::stable_sort(means.begin(), means.end(), [](const auto& a, const auto& b) { return a.step < b.step; });
    return means;
}

/// The mean of several runs with its band; over steps and epochs only, since each run has a clock of its own.
std::shared_ptr<RunHistory> meanCurve(const std::vector<std::shared_ptr<RunHistory>>& runs, const std::string& name,
                                      const std::string& metric)
{
    auto mean = std::make_shared<RunHistory>();
    std::vector<Series> curves;
    for (const auto& run : runs) {
        mean->totalSteps = std::max(mean->totalSteps, run->totalSteps);
        mean->stepsPerEpoch = std::max(mean->stepsPerEpoch, run->stepsPerEpoch);
        Series curve;
        if (const auto found = run->metrics.find(name); found != run->metrics.end())
            for (qsizetype i = 0; i < run->steps.size(); ++i) {
                curve.steps.push_back(static_cast<std::int64_t>(run->steps[i]));
                curve.values.push_back(found->second[i]);
            }
        curves.push_back(std::move(curve));
    }
    if (!name.empty()) {
        const CurveBand band = curveBand(curves);
        for (const std::int64_t step : band.steps)
            mean->steps.push_back(static_cast<double>(step));
        mean->metrics[name] = QVector<double>(band.mean.begin(), band.mean.end());
        mean->metrics[name + RunHistory::lowEnd] = QVector<double>(band.low.begin(), band.low.end());
        mean->metrics[name + RunHistory::highEnd] = QVector<double>(band.high.begin(), band.high.end());
    }
    if (!metric.empty())
        mean->evaluations = meanEvaluations(runs, metric);
    return mean;
}

} // namespace

QString commandLineOf(const CompareQuestion& question)
{
    QStringList words{QStringLiteral("compare"), QString::fromStdString(question.project)};
    if (!question.filter.empty())
        words << QStringLiteral("--filter") << QString::fromStdString(question.filter);
    if (!question.groupBy.empty())
        words << QStringLiteral("--group-by") << QString::fromStdString(question.groupBy);
    else if (question.groupSeeds)
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
    options.groupBy = question.groupBy;
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
    const bool isParameters = question.horizontal.empty() || question.horizontal == "trainable_parameters" ||
                              question.horizontal == "active_parameters";
    Places places;
    if (!isParameters) {
        HILO_TRY(const auto along, valuesOf(reader, answer.compared.runs, question.horizontal));
        places = placesOf(rows, along, question.horizontal);
    }
    std::map<std::string, std::string> heights;
    if (!question.vertical.empty()) {
        HILO_TRY(heights, valuesOf(reader, answer.compared.runs, question.vertical));
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
        const auto& parameters =
            question.cost == ParetoCost::Active ? row.row.activeParameters : row.row.trainableParameters;
        std::optional<double> cost;
        if (!isParameters)
            cost = places.places[i];
        else if (parameters)
            cost = static_cast<double>(*parameters);
        const auto height = question.vertical.empty() ? row.row.value : meanOf(heights, row.row.ids);
        if (height && cost && std::isfinite(*cost))
            points.push_back(pointOf(row, *cost, *height, joined(colours, row.row.ids), joined(symbols, row.row.ids)));
        answer.shownRuns += row.row.ids.size();
        answer.rows.push_back(std::move(row));
    }
    // The front of the table is that of the parameters; the picture has that of its own axes, where these have one.
    if (!isParameters || !question.vertical.empty()) {
        for (ComparisonPoint& point : points)
            point.onFront = false;
        if (places.axis.isCost && question.vertical.empty())
            markFront(points, question.metric.lowerIsBetter());
    }
    CostAxis axis = isParameters ? CostAxis() : std::move(places.axis);
    axis.isCost = axis.isCost && question.vertical.empty();
    answer.points = shareOutPoints(std::move(points), std::move(axis), textsOf(colours, answer.compared.runs),
                                   textsOf(symbols, answer.compared.runs));
    return answer;
}

std::vector<CurveQuestion::Row> curveRows(const std::vector<const ComparisonRow*>& rows, bool bands)
{
    constexpr int mostCurves = 12;
    std::vector<CurveQuestion::Row> wanted;
    int count = 0;
    for (const ComparisonRow* row : rows) {
        const std::vector<std::string>& ids = row->row.ids;
        const bool isMean = bands && ids.size() > 1;
        const auto most =
            isMean ? ids.size() : std::min<std::size_t>(ids.size(), static_cast<std::size_t>(mostCurves - count));
        wanted.push_back({QString::fromStdString(row->row.name.empty() ? ids.front() : row->row.name),
                          {ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(most)}});
        count += isMean ? 1 : static_cast<int>(most);
        if (count >= mostCurves)
            break;
    }
    return wanted;
}

std::vector<MetricChart::Curve> readCurves(const CurveQuestion& question)
{
    std::vector<MetricChart::Curve> curves;
    const auto opened = Project::open(question.project);
    if (!opened)
        return curves;
    auto reader = RunReader::open(*opened);
    if (!reader)
        return curves;
    int place = 0;
    for (const CurveQuestion::Row& row : question.rows) {
        std::vector<std::shared_ptr<RunHistory>> runs;
        for (const std::string& id : row.ids)
            runs.push_back(
                readCurve(*reader, id, question.series, question.task).value_or(std::make_shared<RunHistory>()));
        if (question.bands && runs.size() > 1) {
            const QString name = QCoreApplication::translate("hilo::ComparePage", "%1, mean of %n run(s)", nullptr,
                                                             static_cast<int>(runs.size()));
            curves.push_back({name.arg(row.name), meanCurve(runs, question.series, question.metric), place});
        } else {
            for (std::size_t i = 0; i < runs.size(); ++i)
                curves.push_back({QString::fromStdString(row.ids[i]), runs[i], place});
        }
        ++place;
    }
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
