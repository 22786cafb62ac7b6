// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/event_applier.h"

#include "run/event_time.h"

#include <cmath>
#include <limits>

namespace hilo {
namespace {

std::optional<std::int64_t> wholeNumber(const Json& event, const char* key)
{
    const auto found = event.find(key);
    if (found == event.end() || !found->is_number())
        return {};
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        return {};
    if (found->is_number_float()) {
        const double value = found->get<double>();
        return std::abs(value) < 9e15 ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt;
    }
    return found->get<std::int64_t>();
}

std::optional<double> number(const Json& event, const char* key)
{
    const auto found = event.find(key);
    return found != event.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::string text(const Json& event, const char* key)
{
    const auto found = event.find(key);
    return found != event.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> timeOf(const Json& event)
{
    return parseTime(text(event, "t"));
}

template <class T>
void bindOptional(SQLite::Statement& statement, int index, const std::optional<T>& value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

struct Interval
{
    std::optional<double> low, high;
};

Interval intervalOf(const Json& event)
{
    const auto found = event.find("interval");
    if (found == event.end() || !found->is_array() || found->size() != 2 || !(*found)[0].is_number() ||
        !(*found)[1].is_number())
        return {};
    return {(*found)[0].get<double>(), (*found)[1].get<double>()};
}

} // namespace

EventApplier::EventApplier(Database& database, std::int64_t run, std::int64_t number, std::int64_t lastStep)
    : database_(database), run_(run), number_(number), lastStep_(lastStep), series_(database, run)
{
}

Status EventApplier::apply(const Json& event)
{
    ++number_;
    if (const auto time = timeOf(event))
        lastTime_ = time;
    const std::string name = event["event"].get<std::string>();
    if (name == "step")
        return applyStep(event);
    keepDocument(event, name);
    if (name == "started")
        applyStarted(event);
    else if (name == "evaluation")
        applyEvaluation(event);
    else if (name == "finished")
        applyFinished(event);
    else if (name == "failed" || name == "stopped")
        // A process that a signal ended, as a shutdown sends it, was interrupted: nobody asked the run to stop.
        applyEnd(event, text(event, "by") == "signal" ? "interrupted" : name);
    else if (name == "paused")
        setLifecycle("paused");
    else if (name == "resumed")
        setLifecycle("started");
    return {};
}

Status EventApplier::applyStep(const Json& event)
{
    const auto step = wholeNumber(event, "step");
    if (!step || *step < 0)
        return {};
    if (*step <= lastStep_) {
        HILO_CHECK(series_.cutFrom(*step));
        auto& drop = database_.statement("DELETE FROM evaluations WHERE run = ? AND step >= ?");
        drop.bind(1, run_);
        drop.bind(2, *step);
        drop.exec();
    }
    lastStep_ = *step;
    for (const auto& [key, value] : event.items()) {
        if (key == "step" || key == "event" || key == "t")
            continue;
        if (value.is_number())
            series_.append(key, *step, value.get<double>());
        else if (value.is_null())
            series_.append(key, *step, std::numeric_limits<double>::quiet_NaN());
    }
    if (const auto time = timeOf(event))
        series_.append("time", *step, static_cast<double>(*time));
    return {};
}

void EventApplier::keepDocument(const Json& event, const std::string& name)
{
    auto& insert =
        database_.statement("INSERT INTO documents (run, number, event, step, document) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, run_);
    insert.bind(2, number_);
    insert.bind(3, name);
    bindOptional(insert, 4, wholeNumber(event, "step"));
    insert.bind(5, event.dump(-1, ' ', false, Json::error_handler_t::replace));
    insert.exec();
}

void EventApplier::setLifecycle(const std::string& lifecycle)
{
    auto& update = database_.statement("UPDATE runs SET lifecycle = ? WHERE run = ?");
    update.bind(1, lifecycle);
    update.bind(2, run_);
    update.exec();
}

void EventApplier::applyStarted(const Json& event)
{
    auto& update = database_.statement("UPDATE runs SET lifecycle = 'started', started_at = coalesce(started_at, ?), "
                                       "ended_at = NULL, error_code = NULL, error_message = '', error_hint = '', "
                                       "total_steps = coalesce(?, total_steps), "
                                       "trainable_parameters = coalesce(?, trainable_parameters), "
                                       "active_parameters = coalesce(?, active_parameters), processes = ?, devices = ? "
                                       "WHERE run = ?");
    bindOptional(update, 1, timeOf(event));
    const auto steps = wholeNumber(event, "steps");
    bindOptional(update, 2, steps ? steps : wholeNumber(event, "total_steps"));
    bindOptional(update, 3, wholeNumber(event, "trainable_parameters"));
    bindOptional(update, 4, wholeNumber(event, "active_parameters"));
    update.bind(5, wholeNumber(event, "processes").value_or(0));
    update.bind(6, text(event, "devices"));
    update.bind(7, run_);
    update.exec();
}

void EventApplier::applyEvaluation(const Json& event)
{
    const Interval interval = intervalOf(event);
    auto& insert =
        database_.statement("INSERT OR REPLACE INTO evaluations (run, split, protocol, step, accuracy, interval_low, "
                            "interval_high, correct, total, unparsable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, run_);
    insert.bind(2, text(event, "split"));
    insert.bind(3, text(event, "protocol"));
    insert.bind(4, wholeNumber(event, "step").value_or(std::max<std::int64_t>(lastStep_, 0)));
    bindOptional(insert, 5, number(event, "accuracy"));
    bindOptional(insert, 6, interval.low);
    bindOptional(insert, 7, interval.high);
    bindOptional(insert, 8, wholeNumber(event, "correct"));
    bindOptional(insert, 9, wholeNumber(event, "total"));
    bindOptional(insert, 10, wholeNumber(event, "unparsable"));
    insert.exec();
    auto& update =
        database_.statement("UPDATE runs SET accuracy = ?, interval_low = ?, interval_high = ? WHERE run = ?");
    bindOptional(update, 1, number(event, "accuracy"));
    bindOptional(update, 2, interval.low);
    bindOptional(update, 3, interval.high);
    update.bind(4, run_);
    update.exec();
}

void EventApplier::applyFinished(const Json& event)
{
    // The interval is the last evaluation's when that is where the accuracy comes from.
    const Interval interval = intervalOf(event);
    auto& update = database_.statement(
        "UPDATE runs SET lifecycle = 'finished', ended_at = ?, "
        "interval_low = coalesce(?, CASE WHEN accuracy = ? THEN interval_low END), "
        "interval_high = coalesce(?, CASE WHEN accuracy = ? THEN interval_high END), accuracy = ?, "
        "trainable_parameters = coalesce(?, trainable_parameters), "
        "active_parameters = coalesce(?, active_parameters), seconds = ?, peak_memory_bytes = ? WHERE run = ?");
    const auto accuracy = number(event, "accuracy");
    bindOptional(update, 1, timeOf(event));
    bindOptional(update, 2, interval.low);
    bindOptional(update, 3, accuracy);
    bindOptional(update, 4, interval.high);
    bindOptional(update, 5, accuracy);
    bindOptional(update, 6, accuracy);
    bindOptional(update, 7, wholeNumber(event, "trainable_parameters"));
    bindOptional(update, 8, wholeNumber(event, "active_parameters"));
    bindOptional(update, 9, number(event, "seconds"));
    bindOptional(update, 10, wholeNumber(event, "peak_memory_bytes"));
    update.bind(11, run_);
    update.exec();
}

void EventApplier::applyEnd(const Json& event, const std::string& lifecycle)
{
    auto& update =
        database_.statement("UPDATE runs SET lifecycle = ?, ended_at = ?, error_code = ?, error_message = ?, "
                            "error_hint = ? WHERE run = ?");
    update.bind(1, lifecycle);
    bindOptional(update, 2, timeOf(event));
    bindOptional(update, 3, wholeNumber(event, "code"));
    // Where it happened belongs to the message; the hint stands by itself.
    update.bind(4,
                describe({ErrorCode::Internal, text(event, "message"), text(event, "file"), text(event, "place"), {}}));
    update.bind(5, text(event, "hint"));
    update.bind(6, run_);
    update.exec();
}

Status EventApplier::finish()
{
    HILO_CHECK(series_.flush());
    auto& update = database_.statement("UPDATE runs SET last_step = CASE WHEN ? >= 0 THEN ? ELSE last_step END, "
                                       "last_event_at = coalesce(?, last_event_at) WHERE run = ?");
    update.bind(1, lastStep_);
    update.bind(2, lastStep_);
    bindOptional(update, 3, lastTime_);
    update.bind(4, run_);
    update.exec();
    return {};
}

} // namespace hilo
