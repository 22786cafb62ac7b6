// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/history_reading.h"

#include "run/epoch_length.h"

#include <algorithm>
#include <array>
#include <limits>

namespace hilo {
namespace {

constexpr std::array chartMetrics = {"loss", "lr", "grad_norm", "tokens_per_second", "memory_bytes", "mfu", "time"};

/// The values of a metric at the steps, NaN where it has none.
QVector<double> alignedTo(const QVector<double>& steps, const Series& series)
{
    QVector<double> values(steps.size(), std::numeric_limits<double>::quiet_NaN());
    qsizetype place = 0;
    for (std::size_t i = 0; i < series.steps.size(); ++i) {
        const auto step = static_cast<double>(series.steps[i]);
        while (place < steps.size() && steps[place] < step)
            ++place;
        if (place < steps.size() && steps[place] == step)
            values[place] = series.values[i];
    }
    return values;
}

/// When the run had a process that was at work.
Status readClock(RunReader& reader, const std::string& id, RunHistory& history, RunLength& length)
{
    for (const char* event : {"started", "resumed", "paused", "stopped"}) {
        HILO_TRY(const std::vector<Json> documents, reader.documents(id, event));
        for (const Json& document : documents) {
            const RunEvent read = readRunEvent(document);
            if (const auto* started = std::get_if<RunEvent::Started>(&read.what)) {
                length.steps = started->steps.value_or(length.steps);
                length.trainingRows = std::max(length.trainingRows, started->trainingRows);
                length.processes = started->processes;
            }
            if (!read.time)
                continue;
            const bool runs = read.name == "started" || read.name == "resumed";
            history.clock.push_back({runs ? RunHistory::ClockMark::Runs : RunHistory::ClockMark::Halts,
                                     static_cast<double>(*read.time), 0});
        }
    }
    std::stable_sort(history.clock.begin(), history.clock.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    const auto found = history.metrics.find("time");
    for (RunHistory::ClockMark& mark : history.clock)
        if (found != history.metrics.end())
            while (mark.before < found->second.size() && !(found->second[mark.before] > mark.time))
                ++mark.before;
    return {};
}

} // namespace

Result<std::shared_ptr<RunHistory>> readHistory(RunReader& reader, const std::string& id,
                                                const std::vector<std::string>& metrics)
{
    auto history = std::make_shared<RunHistory>();
    HILO_TRY(history->evaluations, reader.evaluations(id));
    std::vector<std::string> names = metrics;
    if (names.empty())
        names.assign(chartMetrics.begin(), chartMetrics.end());
    // What time and tokens are made of, whatever is drawn.
    for (const char* always : {"time", "tokens_per_second"})
        if (std::find(names.begin(), names.end(), always) == names.end())
            names.emplace_back(always);
    std::vector<Series> found;
    std::vector<std::int64_t> steps;
    for (const std::string& name : names) {
        HILO_TRY(found.emplace_back(), reader.series(id, name));
        std::vector<std::int64_t> joined;
        std::set_union(steps.begin(), steps.end(), found.back().steps.begin(), found.back().steps.end(),
                       std::back_inserter(joined));
        steps = std::move(joined);
    }
    history->steps.reserve(static_cast<qsizetype>(steps.size()));
    for (const std::int64_t step : steps)
        history->steps.push_back(static_cast<double>(step));
    for (std::size_t i = 0; i < names.size(); ++i)
        history->metrics[names[i]] = alignedTo(history->steps, found[i]);
    RunLength length;
    HILO_CHECK(readClock(reader, id, *history, length));
    HILO_TRY(const std::vector<Setting> settings, reader.settings(id));
    history->totalSteps = static_cast<double>(length.steps);
    history->stepsPerEpoch = stepsPerEpoch(settings, length);
    return history;
}

} // namespace hilo
