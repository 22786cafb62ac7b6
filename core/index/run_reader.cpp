// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_reader.h"

#include "base/process_identity.h"
#include "index/imported_score_rows.h"
#include "index/key_names.h"
#include "index/result_rows.h"
#include "index/row_values.h"
#include "index/schema.h"

namespace hilo {
namespace {

/// The columns of a run's row; boot and signal: of its writer's machine (run_indexer.h).
template <class Summary, class Text, class Whole, class Visit>
void eachSummaryColumn(Summary& run, Text& boot, Whole& signal, Visit&& visit)
{
    visit("r.id", run.id);
    visit("r.name", run.name);
    visit("r.state", run.state);
    visit("r.seed", run.seed);
    visit("r.repeat_group", run.repeatGroup);
    visit("r.started_at", run.startedAt);
    visit("r.resumed_at", run.resumedAt);
    visit("r.resumed_step", run.resumedStep);
    visit("r.ended_at", run.endedAt);
    visit("r.last_event_at", run.lastEventAt);
    visit("r.last_step", run.lastStep);
    visit("r.total_steps", run.totalSteps);
    visit("r.accuracy", run.accuracy);
    visit("r.interval_low", run.intervalLow);
    visit("r.interval_high", run.intervalHigh);
    visit("r.trainable_parameters", run.trainableParameters);
    visit("r.active_parameters", run.activeParameters);
    visit("r.seconds", run.seconds);
    visit("r.peak_memory_bytes", run.peakMemoryBytes);
    visit("r.error_code", run.errorCode);
    visit("r.error_message", run.errorMessage);
    visit("r.error_hint", run.errorHint);
    visit("r.problem", run.problem);
    visit("r.loss", run.loss);
    visit("r.findings", run.findings);
    visit("r.tags", run.tags);
    visit("r.note", run.note);
    visit("r.starred", run.starred);
    visit("q.position", run.queuePosition);
    visit("c.boot_id", boot);
    visit("c.signal_milliseconds", signal);
}

const std::string& summaryQuery()
{
    static const std::string query = [] {
        const RunSummary any;
        const std::string boot;
        const std::int64_t signal = 0;
        return "SELECT " + columnNames([&](auto visit) { eachSummaryColumn(any, boot, signal, visit); }) +
               " FROM runs r JOIN cursors c USING (run) LEFT JOIN queue q USING (run) ";
    }();
    return query;
}

RunSummary summaryOf(SQLite::Statement& row, const std::string& bootId, std::int64_t now)
{
    RunSummary run;
    std::string boot;
    std::int64_t signal = 0;
    eachSummaryColumn(run, boot, signal, RowReading(row));
    if (run.state == "running" && !bootId.empty() && boot == bootId)
        run.silentMilliseconds = std::max<std::int64_t>(0, now - signal);
    return run;
}

Setting settingAt(SQLite::Statement& row, int first)
{
    Setting setting{row.getColumn(first).getString(), numberAt(row, first + 1), {}};
    if (!row.isColumnNull(first + 2))
        setting.text = row.getColumn(first + 2).getString();
    return setting;
}

} // namespace

Result<RunReader> RunReader::open(const Project& project)
{
    HILO_TRY(Database database, Database::openToRead(project.databaseFile()));
    std::size_t version = 0;
    HILO_CHECK(database.run([&](SQLite::Database& connection) -> Status {
        version = static_cast<std::size_t>(connection.execAndGet("PRAGMA user_version").getInt());
        return {};
    }));
    if (version != schemaSteps().size())
        return failure(badInput(database.file().string(), {},
                                "The database is of version " + std::to_string(version) + ", not of " +
                                    std::to_string(schemaSteps().size()) + " as this program's.",
                                "Open the project once with this program, in a folder that can be written."));
    return RunReader(std::move(database));
}

Result<std::vector<RunSummary>> RunReader::runs(const RunCondition& wanted)
{
    std::vector<RunSummary> found;
    const std::string bootId = currentBootId();
    const std::int64_t now = millisecondsSinceBoot();
    HILO_CHECK(database_.read([&](SQLite::Database& connection) -> Status {
        HILO_TRY(const SqlCondition condition, wanted ? wanted(database_) : SqlCondition());
        // Not kept: people type many filters.
        SQLite::Statement query(connection, summaryQuery() + "WHERE " + condition.sql + " ORDER BY r.id");
        condition.bindTo(query, 1);
        while (query.executeStep())
            found.push_back(summaryOf(query, bootId, now));
        return {};
    }));
    return found;
}

Result<RunSummary> RunReader::run(const std::string& id)
{
    std::optional<RunSummary> found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query = database_.statement(summaryQuery() + "WHERE r.id = ?");
        query.bind(1, id);
        if (query.executeStep())
            found = summaryOf(query, currentBootId(), millisecondsSinceBoot());
        return {};
    }));
    if (!found)
        return failure(badInput(database_.file().string(), id, "The index knows no such run.",
                                "\"hilo project list\" shows the runs; \"hilo project reindex\" reads them anew."));
    return *found;
}

Result<std::vector<Setting>> RunReader::settings(const std::string& id)
{
    std::vector<Setting> found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query = database_.statement("SELECT k.name, s.number, s.text FROM runs r JOIN settings s USING (run) "
                                          "JOIN keys k USING (key) WHERE r.id = ? ORDER BY k.name");
        query.bind(1, id);
        while (query.executeStep())
            found.push_back(settingAt(query, 0));
        return {};
    }));
    return found;
}

Result<std::vector<std::string>> RunReader::seriesNames(const std::string& id)
{
    std::vector<std::string> names;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query = database_.statement("SELECT k.name FROM runs r JOIN series s USING (run) JOIN keys k USING (key) "
                                          "WHERE r.id = ? ORDER BY k.name");
        query.bind(1, id);
        while (query.executeStep())
            names.push_back(query.getColumn(0).getString());
        return {};
    }));
    return names;
}

Result<Series> RunReader::series(const std::string& id, const std::string& name)
{
    Series points;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query =
            database_.statement("SELECT c.data FROM runs r JOIN series s USING (run) JOIN keys k USING (key) "
                                "JOIN chunks c USING (series) WHERE r.id = ? AND k.name = ? ORDER BY c.first_step");
        query.bind(1, id);
        query.bind(2, name);
        while (query.executeStep()) {
            const auto column = query.getColumn(0);
            const auto size = static_cast<std::size_t>(column.getBytes());
            if (Status decoded = decodeChunk({static_cast<const char*>(column.getBlob()), size}, points); !decoded)
                return decoded;
        }
        return {};
    }));
    return points;
}

Result<std::vector<RunEvaluation>> RunReader::evaluations(const std::string& id)
{
    std::vector<RunEvaluation> found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query = database_.statement("SELECT run FROM runs WHERE id = ?");
        query.bind(1, id);
        if (query.executeStep())
            found = loadEvaluations(database_, query.getColumn(0).getInt64());
        return {};
    }));
    return found;
}

Result<std::vector<EvaluationSeries>> RunReader::evaluationSeries(const std::string& id, const std::string& metric)
{
    HILO_TRY(const std::vector<RunEvaluation> all, evaluations(id));
    return hilo::evaluationSeries(all, metric);
}

Result<std::vector<FinalScore>> RunReader::finalScores(const std::string& id)
{
    std::vector<FinalScore> found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        found = hilo::finalScores(database_, id);
        return {};
    }));
    return found;
}

Result<std::vector<FinalScore>> RunReader::importedScores(const std::string& id)
{
    std::vector<FinalScore> found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        found = hilo::importedScores(database_, id);
        return {};
    }));
    return found;
}

Result<FinalValues> RunReader::finalValues(const std::string& metric, const std::string& task)
{
    FinalValues found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        found = hilo::finalValues(database_, metric, task);
        return {};
    }));
    return found;
}

Result<std::vector<MeasuredMetric>> RunReader::measuredMetrics()
{
    std::vector<MeasuredMetric> found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        found = hilo::measuredMetrics(database_);
        return {};
    }));
    return found;
}

Result<std::vector<Json>> RunReader::documents(const std::string& id, const std::string& event)
{
    std::vector<Json> found;
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query = database_.statement("SELECT d.document FROM runs r JOIN documents d USING (run) "
                                          "WHERE r.id = ? AND d.event = ? ORDER BY d.number");
        query.bind(1, id);
        query.bind(2, event);
        while (query.executeStep()) {
            HILO_TRY(Json document, parseJson(query.getColumn(0).getString(), database_.file().string()));
            found.push_back(std::move(document));
        }
        return {};
    }));
    return found;
}

Result<std::vector<std::string>> RunReader::keys()
{
    std::vector<std::string> names = ownKeys();
    HILO_CHECK(database_.read([&](SQLite::Database&) -> Status {
        auto& query = database_.statement("SELECT name FROM keys ORDER BY name");
        while (query.executeStep())
            names.push_back(query.getColumn(0).getString());
        for (const MeasuredMetric& one : hilo::measuredMetrics(database_))
            names.push_back(finalKey(one.metric, one.task));
        return {};
    }));
    return names;
}

Result<std::int64_t> RunReader::changeNumber()
{
    std::int64_t number = 0;
    HILO_CHECK(database_.run([&](SQLite::Database& connection) -> Status {
        number = connection.execAndGet("PRAGMA data_version").getInt64();
        return {};
    }));
    return number;
}

} // namespace hilo
