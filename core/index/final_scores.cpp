// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/final_scores.h"

#include "index/imported_score_rows.h"
#include "index/row_values.h"
#include "run/score_values.h"

#include <algorithm>
#include <map>

namespace hilo {
namespace {

void addScores(std::vector<FinalScore>& scores, const std::string& task, const RunScore& score)
{
    for (const std::string& metric : measuredMetrics(score))
        if (const auto value = valueOf(score, metric))
            scores.push_back({task, metric, value->value, value->low, value->high});
}

} // namespace

std::vector<FinalScore> finalScoresOf(const RunResult& result)
{
    std::vector<FinalScore> scores;
    // The only task's score may have got its interval from the run's summary.
    for (const auto& [task, score] : result.tasks)
        addScores(scores, task,
                  result.tasks.size() == 1 && result.score.accuracy == score.accuracy ? result.score : score);
    std::vector<FinalScore> whole;
    addScores(whole, {}, result.score);
    for (FinalScore& one : whole)
        if (std::none_of(scores.begin(), scores.end(),
                         [&one](const FinalScore& own) { return own.metric == one.metric; }))
            scores.push_back(std::move(one));
    return scores;
}

void writeFinalScores(Database& database, std::int64_t run, const RunResult& result)
{
    auto& clear = database.statement("DELETE FROM scores WHERE run = ?");
    clear.bind(1, run);
    clear.exec();
    for (const FinalScore& score : finalScoresOf(result)) {
        auto& insert = database.statement("INSERT INTO scores (run, task, metric, value, interval_low, interval_high) "
                                          "VALUES (?, ?, ?, ?, ?, ?)");
        insert.bind(1, run);
        insert.bind(2, score.task);
        insert.bind(3, score.metric);
        insert.bind(4, score.value);
        bindOptional(insert, 5, score.low);
        bindOptional(insert, 6, score.high);
        insert.exec();
    }
}

std::vector<FinalScore> finalScores(Database& database, const std::string& id)
{
    std::vector<FinalScore> found;
    auto& query = database.statement("SELECT s.task, s.metric, s.value, s.interval_low, s.interval_high FROM scores s "
                                     "JOIN runs r USING (run) WHERE r.id = ? ORDER BY s.task, s.metric");
    query.bind(1, id);
    while (query.executeStep())
        found.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getDouble(),
                         numberAt(query, 3), numberAt(query, 4)});
    return found;
}

FinalValues finalValues(Database& database, const std::string& metric, const std::string& task)
{
    FinalValues found;
    const ScoreTable table = tableOfMetric(metric);
    auto& query = database.statement("SELECT r.id, s.task, s.value, s.interval_low, s.interval_high FROM " +
                                     table.name + " s JOIN runs r USING (run) WHERE s.metric = ?1 AND ((?2 = '' AND " +
                                     table.countsInMean + ") OR s.task = ?2) ORDER BY s.task");
    query.bind(1, metric);
    query.bind(2, task);
    while (query.executeStep()) {
        FinalValue& value = found[query.getColumn(0).getString()];
        value.value += query.getColumn(2).getDouble();
        value.tasks.push_back(query.getColumn(1).getString());
        value.low = numberAt(query, 3);
        value.high = numberAt(query, 4);
    }
    for (auto& [id, value] : found)
        if (value.tasks.size() > 1) {
            value.value /= static_cast<double>(value.tasks.size());
            value.low.reset();
            value.high.reset();
        }
    return found;
}

std::vector<MeasuredMetric> measuredMetrics(Database& database)
{
    std::vector<MeasuredMetric> found;
    auto& query = database.statement(
        "SELECT metric, '', count(DISTINCT run) FROM scores GROUP BY metric "
        "UNION ALL SELECT metric, task, count(*) FROM scores WHERE task <> '' GROUP BY metric, task ORDER BY 1, 2");
    while (query.executeStep())
        found.push_back(
            {query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getInt64()});
    for (MeasuredMetric& one : importedMetrics(database))
        found.push_back(std::move(one));
    return found;
}

} // namespace hilo
