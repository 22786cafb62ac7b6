// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/event_applier.h"

#include "index/result_rows.h"
#include "index/row_values.h"

namespace hilo {
namespace {

/// The metric that every step has: when it was logged, in milliseconds since 1970.
constexpr const char* timeMetric = "time";

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
    return {};
}

} // namespace hilo
