// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/result_rows.h"

#include "index/final_scores.h"
#include "index/row_values.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr const char* splitSetting = "evaluation.split";

/// The split that the run is measured on, as its settings say; they are read before its events.
std::string splitOf(Database& database, std::int64_t run)
{
    auto& query =
        database.statement("SELECT s.text FROM settings s JOIN keys k USING (key) WHERE s.run = ? AND k.name = ?");
    query.bind(1, run);
    query.bind(2, splitSetting);
    return query.executeStep() && !query.isColumnNull(0) ? query.getColumn(0).getString() : RunResult().split;
}

std::string textOfMetrics(const std::map<std::string, double>& metrics)
{
    return metrics.empty() ? std::string() : Json(metrics).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::map<std::string, double> metricsOf(const std::string& text)
{
    std::map<std::string, double> metrics;
    if (const auto document = parseJson(text, "evaluations"); document && document->is_object())
        for (const auto& [name, value] : document->items())
            if (value.is_number())
                metrics[name] = value.get<double>();
    return metrics;
}

std::string textOfIntervals(const std::map<std::string, std::pair<double, double>>& intervals)
{
    Json object = Json::object();
    for (const auto& [name, interval] : intervals)
        object[name] = {interval.first, interval.second};
    return intervals.empty() ? std::string() : object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::map<std::string, std::pair<double, double>> intervalsOf(const std::string& text)
{
    std::map<std::string, std::pair<double, double>> intervals;
    if (text.empty())
        return intervals;
    if (const auto document = parseJson(text, "evaluations"); document && document->is_object())
        for (const auto& [name, value] : document->items())
            if (value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number())
                intervals[name] = {value[0].get<double>(), value[1].get<double>()};
    return intervals;
}

/// The columns of a result in the table of runs.
template <class Result, class Visit>
void eachResultColumn(Result& result, Visit&& visit)
{
    visit("lifecycle", result.state);
    visit("started_at", result.startedAt);
    visit("resumed_at", result.resumedAt);
    visit("resumed_step", result.resumedStep);
    visit("ended_at", result.endedAt);
    visit("last_event_at", result.lastEventAt);
    visit("last_step", result.lastStep);
    visit("total_steps", result.totalSteps);
    visit("accuracy", result.score.accuracy);
    visit("interval_low", result.score.low);
    visit("interval_high", result.score.high);
    visit("loss", result.score.loss);
    visit("trainable_parameters", result.trainableParameters);
    visit("active_parameters", result.activeParameters);
    visit("seconds", result.seconds);
    visit("peak_memory_bytes", result.peakMemoryBytes);
    visit("error_code", result.errorCode);
    visit("error_message", result.errorMessage);
    visit("error_hint", result.errorHint);
    visit("processes", result.processes);
    visit("devices", result.devices);
}

/// Those of an evaluation; metrics and intervals: of its other metrics, as JSON.
template <class Evaluation, class Text, class Visit>
void eachEvaluationColumn(Evaluation& one, Text& metrics, Text& intervals, Visit&& visit)
{
    visit("step", one.step);
    visit("task", one.task);
    visit("split", one.split);
    visit("protocol", one.protocol);
    visit("final", one.isFinal);
    visit("accuracy", one.score.accuracy);
    visit("interval_low", one.score.low);
    visit("interval_high", one.score.high);
    visit("correct", one.score.correct);
    visit("total", one.score.total);
    visit("unparsable", one.score.unparsable);
    visit("loss", one.score.loss);
    visit("perplexity", one.score.perplexity);
    visit("tokens", one.score.tokens);
    visit("majority_floor", one.score.majorityFloor);
    visit("metrics", metrics);
    visit("intervals", intervals);
}

std::string resultColumns(const std::string& behind)
{
    const RunResult any;
    return columnNames([&any](auto visit) { eachResultColumn(any, visit); }, behind);
}

std::string evaluationColumns()
{
    const RunEvaluation any;
    const std::string text;
    return columnNames([&](auto visit) { eachEvaluationColumn(any, text, text, visit); });
}

void writeEvaluations(Database& database, std::int64_t run, const RunResult& result)
{
    auto& clear = database.statement("DELETE FROM evaluations WHERE run = ?");
    clear.bind(1, run);
    clear.exec();
    static const std::string places = [] {
        std::string text = "?, ?";
        const std::string columns = evaluationColumns();
        for (std::ptrdiff_t i = 0; i <= std::count(columns.begin(), columns.end(), ','); ++i)
            text += ", ?";
        return "INSERT INTO evaluations (run, number, " + columns + ") VALUES (" + text + ")";
    }();
    std::int64_t number = 0;
    for (const RunEvaluation& one : result.evaluations) {
        auto& insert = database.statement(places);
        insert.bind(1, run);
        insert.bind(2, ++number);
        const std::string metrics = textOfMetrics(one.score.metrics);
        const std::string intervals = textOfIntervals(one.score.intervals);
        eachEvaluationColumn(one, metrics, intervals, RowBinding(insert, 3));
        insert.exec();
    }
}

} // namespace

std::vector<RunEvaluation> loadEvaluations(Database& database, std::int64_t run)
{
    std::vector<RunEvaluation> found;
    static const std::string wanted =
        "SELECT " + evaluationColumns() + " FROM evaluations WHERE run = ? ORDER BY number";
    auto& query = database.statement(wanted);
    query.bind(1, run);
    while (query.executeStep()) {
        RunEvaluation one;
        std::string metrics, intervals;
        eachEvaluationColumn(one, metrics, intervals, RowReading(query));
        one.score.metrics = metricsOf(metrics);
        one.score.intervals = intervalsOf(intervals);
        found.push_back(std::move(one));
    }
    return found;
}

RunResult loadResult(Database& database, std::int64_t run)
{
    RunResult result;
    static const std::string wanted = "SELECT " + resultColumns("") + " FROM runs WHERE run = ?";
    auto& query = database.statement(wanted);
    query.bind(1, run);
    if (query.executeStep())
        eachResultColumn(result, RowReading(query));
    result.split = splitOf(database, run);
    result.evaluations = loadEvaluations(database, run);
    if (result.state == "finished")
        for (RunEvaluation& one : result.finalEvaluations())
            result.tasks[one.task] = std::move(one.score);
    return result;
}

void saveResult(Database& database, std::int64_t run, const RunResult& result, const RunResult& before)
{
    static const std::string change = "UPDATE runs SET " + resultColumns(" = ?") + " WHERE run = ?";
    auto& update = database.statement(change);
    RowBinding binding(update);
    eachResultColumn(result, binding);
    update.bind(binding.next(), run);
    update.exec();
    if (result.evaluations != before.evaluations)
        writeEvaluations(database, run, result);
    if (result.state != before.state || result.tasks != before.tasks || result.score != before.score)
        writeFinalScores(database, run, result);
}

} // namespace hilo
