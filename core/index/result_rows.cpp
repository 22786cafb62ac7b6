// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/result_rows.h"

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

void writeEvaluations(Database& database, std::int64_t run, const RunResult& result)
{
    auto& clear = database.statement("DELETE FROM evaluations WHERE run = ?");
    clear.bind(1, run);
    clear.exec();
    std::int64_t number = 0;
    for (const RunEvaluation& one : result.evaluations) {
        auto& insert = database.statement(
            "INSERT INTO evaluations (run, number, step, task, split, protocol, final, accuracy, interval_low, "
            "interval_high, correct, total, unparsable, loss, perplexity, tokens, metrics) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.bind(1, run);
        insert.bind(2, ++number);
        insert.bind(3, one.step);
        insert.bind(4, one.task);
        insert.bind(5, one.split);
        insert.bind(6, one.protocol);
        if (one.isFinal)
            insert.bind(7, *one.isFinal ? 1 : 0);
        bindOptional(insert, 8, one.score.accuracy);
        bindOptional(insert, 9, one.score.low);
        bindOptional(insert, 10, one.score.high);
        bindOptional(insert, 11, one.score.correct);
        bindOptional(insert, 12, one.score.total);
        bindOptional(insert, 13, one.score.unparsable);
        bindOptional(insert, 14, one.score.loss);
        bindOptional(insert, 15, one.score.perplexity);
        bindOptional(insert, 16, one.score.tokens);
        insert.bind(17, textOfMetrics(one.score.metrics));
        insert.exec();
    }
}

} // namespace

std::vector<RunEvaluation> loadEvaluations(Database& database, std::int64_t run)
{
    std::vector<RunEvaluation> found;
    auto& query = database.statement(
        "SELECT step, task, split, protocol, final, accuracy, interval_low, interval_high, correct, total, unparsable, "
        "loss, perplexity, tokens, metrics FROM evaluations WHERE run = ? ORDER BY number");
    query.bind(1, run);
    while (query.executeStep()) {
        RunEvaluation one{query.getColumn(0).getInt64(),
                          query.getColumn(1).getString(),
                          query.getColumn(2).getString(),
                          query.getColumn(3).getString(),
                          {},
                          {}};
        if (const auto isFinal = wholeAt(query, 4))
            one.isFinal = *isFinal != 0;
        one.score = {numberAt(query, 5),  numberAt(query, 6),
                     numberAt(query, 7),  wholeAt(query, 8),
                     wholeAt(query, 9),   wholeAt(query, 10),
                     numberAt(query, 11), numberAt(query, 12),
                     wholeAt(query, 13),  metricsOf(query.getColumn(14).getString())};
        found.push_back(std::move(one));
    }
    return found;
}

RunResult loadResult(Database& database, std::int64_t run)
{
    RunResult result;
    auto& query = database.statement(
        "SELECT lifecycle, started_at, ended_at, last_event_at, last_step, total_steps, accuracy, interval_low, "
        "interval_high, loss, trainable_parameters, active_parameters, seconds, peak_memory_bytes, error_code, "
        "error_message, error_hint, processes, devices FROM runs WHERE run = ?");
    query.bind(1, run);
    if (query.executeStep()) {
        result.state = query.getColumn(0).getString();
        result.startedAt = wholeAt(query, 1);
        result.endedAt = wholeAt(query, 2);
        result.lastEventAt = wholeAt(query, 3);
        result.lastStep = wholeAt(query, 4);
        result.totalSteps = wholeAt(query, 5);
        result.score.accuracy = numberAt(query, 6);
        result.score.low = numberAt(query, 7);
        result.score.high = numberAt(query, 8);
        result.score.loss = numberAt(query, 9);
        result.trainableParameters = wholeAt(query, 10);
        result.activeParameters = wholeAt(query, 11);
        result.seconds = numberAt(query, 12);
        result.peakMemoryBytes = wholeAt(query, 13);
        result.errorCode = wholeAt(query, 14);
        result.errorMessage = query.getColumn(15).getString();
        result.errorHint = query.getColumn(16).getString();
        result.processes = query.getColumn(17).getInt64();
        result.devices = query.getColumn(18).getString();
    }
    result.split = splitOf(database, run);
    result.evaluations = loadEvaluations(database, run);
    if (result.state == "finished")
        for (RunEvaluation& one : result.finalEvaluations())
            result.tasks[one.task] = std::move(one.score);
    return result;
}

void saveResult(Database& database, std::int64_t run, const RunResult& result, const RunResult& before)
{
    auto& update = database.statement(
        "UPDATE runs SET lifecycle = ?, started_at = ?, ended_at = ?, last_event_at = ?, last_step = ?, "
        "total_steps = ?, accuracy = ?, interval_low = ?, interval_high = ?, loss = ?, trainable_parameters = ?, "
        "active_parameters = ?, seconds = ?, peak_memory_bytes = ?, error_code = ?, error_message = ?, "
        "error_hint = ?, processes = ?, devices = ? WHERE run = ?");
    update.bind(1, result.state);
    bindOptional(update, 2, result.startedAt);
    bindOptional(update, 3, result.endedAt);
    bindOptional(update, 4, result.lastEventAt);
    bindOptional(update, 5, result.lastStep);
    bindOptional(update, 6, result.totalSteps);
    bindOptional(update, 7, result.score.accuracy);
    bindOptional(update, 8, result.score.low);
    bindOptional(update, 9, result.score.high);
    bindOptional(update, 10, result.score.loss);
    bindOptional(update, 11, result.trainableParameters);
    bindOptional(update, 12, result.activeParameters);
    bindOptional(update, 13, result.seconds);
    bindOptional(update, 14, result.peakMemoryBytes);
    bindOptional(update, 15, result.errorCode);
    update.bind(16, result.errorMessage);
    update.bind(17, result.errorHint);
    update.bind(18, result.processes);
    update.bind(19, result.devices);
    update.bind(20, run);
    update.exec();
    if (result.evaluations != before.evaluations)
        writeEvaluations(database, run, result);
}

} // namespace hilo
