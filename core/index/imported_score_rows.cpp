// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/imported_score_rows.h"

#include "index/row_values.h"
#include "index/run_indexer.h"
#include "run/imported_scores.h"

namespace hilo {
namespace {

void insertScore(Database& database, std::int64_t run, const ImportedScore& score)
{
    auto& insert = database.statement("INSERT INTO imported_scores (run, task, metric, value, interval_low, "
                                      "interval_high, in_mean) VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, run);
    insert.bind(2, score.task);
    insert.bind(3, score.key());
    insert.bind(4, score.value);
    if (const auto interval = intervalOf(score)) {
        insert.bind(5, interval->low);
        insert.bind(6, interval->high);
    }
    insert.bind(7, score.isGroup ? 0 : 1);
    insert.exec();
}

} // namespace

ScoreTable tableOfMetric(const std::string& metric)
{
    if (isImportedMetric(metric))
        return {"imported_scores", "in_mean = 1"};
    return {"scores", "1"};
}

std::string updateImportedScores(Database& database, std::int64_t run, const std::filesystem::path& runFolder,
                                 const std::string& problem)
{
    const std::string stamp = fileStamp(runFolder / importedScoresFile);
    auto& known = database.statement("SELECT imported_stamp FROM cursors WHERE run = ?");
    known.bind(1, run);
    const bool isSame = known.executeStep() && known.getColumn(0).getString() == stamp;
    known.reset();
    if (isSame)
        return problem;
    auto& clear = database.statement("DELETE FROM imported_scores WHERE run = ?");
    clear.bind(1, run);
    clear.exec();
    const auto scores = readImportedScores(runFolder);
    if (scores)
        for (const ImportedScore& score : *scores)
            insertScore(database, run, score);
    auto& update = database.statement("UPDATE cursors SET imported_stamp = ? WHERE run = ?");
    update.bind(1, stamp);
    update.bind(2, run);
    update.exec();
    const bool wasMine = problem.starts_with(importedScoresFile);
    if (!problem.empty() && !wasMine)
        return problem;
    const std::string now = scores ? std::string() : std::string(importedScoresFile) + ": " + scores.error().message;
    auto& tell = database.statement("UPDATE runs SET problem = ? WHERE run = ? AND problem <> ?");
    tell.bind(1, now);
    tell.bind(2, run);
    tell.bind(3, now);
    tell.exec();
    return now;
}

std::vector<FinalScore> importedScores(Database& database, const std::string& id)
{
    std::vector<FinalScore> found;
    auto& query = database.statement("SELECT s.task, s.metric, s.value, s.interval_low, s.interval_high "
                                     "FROM imported_scores s JOIN runs r USING (run) WHERE r.id = ? "
                                     "ORDER BY s.task, s.metric");
    query.bind(1, id);
    while (query.executeStep())
        found.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getDouble(),
                         numberAt(query, 3), numberAt(query, 4)});
    return found;
}

std::vector<MeasuredMetric> importedMetrics(Database& database)
{
    std::vector<MeasuredMetric> found;
    auto& query = database.statement(
        "SELECT metric, '', count(DISTINCT run) FROM imported_scores WHERE in_mean = 1 GROUP BY metric "
        "UNION ALL SELECT metric, task, count(*) FROM imported_scores GROUP BY metric, task ORDER BY 1, 2");
    while (query.executeStep())
        found.push_back(
            {query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getInt64()});
    return found;
}

} // namespace hilo
