// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/event_applier.h"

#include "index/result_rows.h"
#include "index/row_values.h"
#include "index/run_checks.h"

namespace hilo {
namespace {

/// The metric that every step has: when it was logged, in milliseconds since 1970.
constexpr const char* timeMetric = "time";

Result<Series> seriesOf(Database& database, std::int64_t run, const char* name)
{
    Series points;
    auto& query = database.statement("SELECT c.data FROM series s JOIN keys k USING (key) JOIN chunks c USING (series) "
                                     "WHERE s.run = ? AND k.name = ? ORDER BY c.first_step");
    query.bind(1, run);
    query.bind(2, name);
    while (query.executeStep()) {
        const auto column = query.getColumn(0);
        HILO_CHECK(decodeChunk(
            {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())}, points));
    }
    return points;
}

/// Takes the loads that were measured last.
void readLoads(Database& database, std::int64_t run, CheckedRun& checked)
{
    auto& query = database.statement(
        "SELECT document FROM documents WHERE run = ? AND event = 'routing' ORDER BY number DESC LIMIT 1");
    query.bind(1, run);
    if (!query.executeStep())
        return;
    const auto document = parseJson(query.getColumn(0).getString(), "documents");
    if (!document)
        return;
    const RunEvent event = readRunEvent(*document);
    if (const auto* routing = std::get_if<RunEvent::Routing>(&event.what)) {
        checked.loads = routing->modules;
        checked.loadsStep = event.step.value_or(0);
    }
}

bool takesBest(Database& database, std::int64_t run)
{
    auto& query = database.statement("SELECT 1 FROM settings s JOIN keys k USING (key) WHERE s.run = ? AND "
                                     "k.name = 'training.select' AND s.text = 'best'");
    query.bind(1, run);
    return query.executeStep();
}

} // namespace

EventApplier::EventApplier(Database& database, std::int64_t run, std::int64_t number)
    : database_(database), run_(run), number_(number), before_(loadResult(database, run)), result_(before_),
      series_(database, run)
{
}

Status EventApplier::apply(const Json& document)
{
    ++number_;
    const RunEvent event = readRunEvent(document);
    if (std::holds_alternative<RunEvent::Unusable>(event.what)) {
        ++unusable_;
        return {};
    }
    if (std::holds_alternative<RunEvent::Step>(event.what)) {
        HILO_CHECK(applyStep(event));
    } else {
        keepDocument(document, event);
    }
    result_.apply(event);
    return {};
}

Status EventApplier::applyStep(const RunEvent& event)
{
    const std::int64_t step = *event.step;
    HILO_CHECK(series_.cutFrom(step));
    for (const auto& [name, value] : std::get<RunEvent::Step>(event.what).metrics)
        if (name != timeMetric || !event.time)
            series_.append(name, step, value);
    if (event.time)
        series_.append(timeMetric, step, static_cast<double>(*event.time));
    return {};
}

void EventApplier::keepDocument(const Json& document, const RunEvent& event)
{
    auto& insert =
        database_.statement("INSERT INTO documents (run, number, event, step, document) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, run_);
    insert.bind(2, number_);
    insert.bind(3, event.name);
    bindOptional(insert, 4, event.step);
    insert.bind(5, document.dump(-1, ' ', false, Json::error_handler_t::replace));
    insert.exec();
}

Status EventApplier::finish()
{
    HILO_CHECK(series_.flush());
    saveResult(database_, run_, result_, before_);
    return findTroubles();
}

Status EventApplier::findTroubles()
{
    CheckedRun checked;
    HILO_TRY(checked.loss, seriesOf(database_, run_, "loss"));
    HILO_TRY(checked.gradientNorm, seriesOf(database_, run_, "grad_norm"));
    readLoads(database_, run_, checked);
    checked.evaluations = result_.evaluations;
    if (result_.state == "finished")
        checked.finalEvaluations = result_.finalEvaluations();
    checked.takesBest = takesBest(database_, run_);
    auto& update = database_.statement("UPDATE runs SET findings = ? WHERE run = ? AND findings <> ?");
    const std::string text = textOf(checkRun(checked));
    update.bind(1, text);
    update.bind(2, run_);
    update.bind(3, text);
    update.exec();
    return {};
}

} // namespace hilo
