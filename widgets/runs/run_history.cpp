// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_history.h"

#include "run/run_result.h"

#include <algorithm>
#include <array>
#include <limits>

namespace hilo {
namespace {

constexpr const char* timeName = "time";
constexpr std::array metricNames = {"loss", "lr", "grad_norm", "tokens_per_second", "memory_bytes", "mfu", timeName};
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double valueOf(const RunEvent& event, const RunEvent::Step& step, const std::string& name)
{
    if (name == timeName)
        return event.time ? static_cast<double>(*event.time) : missing;
    const auto found =
        std::find_if(step.metrics.begin(), step.metrics.end(), [&name](const auto& one) { return one.first == name; });
    return found == step.metrics.end() ? missing : found->second;
}

} // namespace

qsizetype RunHistory::cutFrom(double step)
{
    const auto keep = std::lower_bound(steps.begin(), steps.end(), step) - steps.begin();
    if (keep < steps.size()) {
        ++rewrites;
        std::erase_if(evaluations, [step](const RunEvaluation& old) { return static_cast<double>(old.step) >= step; });
        bestStep.reset(); // of a run that goes on
        // The run did work in the time of what it does again, and that shows nowhere.
        for (ClockMark& mark : clock)
            mark.before = std::min<qsizetype>(mark.before, keep);
    }
    steps.resize(keep);
    return keep;
}

void RunHistory::add(const RunEvent& event)
{
    if (const auto* step = std::get_if<RunEvent::Step>(&event.what)) {
        const qsizetype keep = cutFrom(static_cast<double>(*event.step));
        steps.push_back(static_cast<double>(*event.step));
        for (const char* name : metricNames) {
            auto& values = metrics[name];
            values.resize(keep, missing);
            values.push_back(valueOf(event, *step, name));
        }
    } else if (const auto* evaluation = std::get_if<RunEvaluation>(&event.what)) {
        RunEvaluation added = *evaluation;
        if (!event.step)
            added.step = static_cast<std::int64_t>(lastStep());
        addEvaluation(evaluations, std::move(added));
    } else if (const auto* routing = std::get_if<RunEvent::Routing>(&event.what)) {
        if (!routing->modules.empty() || routing->tasks.empty())
            loads = routing->modules;
        taskLoads = routing->tasks;
    } else if (const auto* started = std::get_if<RunEvent::Started>(&event.what)) {
        if (started->steps)
            totalSteps = static_cast<double>(*started->steps);
        addMark(ClockMark::Runs, event);
    } else if (std::holds_alternative<RunEvent::Resumed>(event.what)) {
        addMark(ClockMark::Runs, event);
    } else if (std::holds_alternative<RunEvent::Paused>(event.what) ||
               std::holds_alternative<RunEvent::Stopped>(event.what)) {
        addMark(ClockMark::Halts, event);
    } else if (const auto* finished = std::get_if<RunEvent::Finished>(&event.what)) {
        // The last step of a run that did not choose is no best one.
        bestStep =
            finished->selected == "last" || finished->selected == "average" ? std::nullopt : finished->selectedStep;
    }
}

void RunHistory::addMark(ClockMark::What what, const RunEvent& event)
{
    if (event.time)
        clock.push_back({what, static_cast<double>(*event.time), steps.size()});
}

void RunHistory::append(const RunHistory& part)
{
    const double firstNew = part.steps.isEmpty() ? 0 : part.steps.front();
    const auto kept =
        part.steps.isEmpty()
            ? steps.size()
            : static_cast<qsizetype>(std::lower_bound(steps.begin(), steps.end(), firstNew) - steps.begin());
    if (!part.steps.isEmpty()) {
        const qsizetype keep = cutFrom(part.steps.front());
        steps += part.steps;
        for (const char* name : metricNames) {
            auto& values = metrics[name];
            values.resize(keep, missing);
            values += part.metrics.at(name);
        }
    }
    for (ClockMark mark : part.clock) {
        mark.before += kept;
        clock.push_back(mark);
    }
    for (const RunEvaluation& evaluation : part.evaluations)
        addEvaluation(evaluations, evaluation);
    if (!part.loads.empty())
        loads = part.loads;
    if (!part.loads.empty() || !part.taskLoads.empty())
        taskLoads = part.taskLoads;
    if (part.bestStep)
        bestStep = part.bestStep;
    if (part.totalSteps > 0)
        totalSteps = part.totalSteps;
    if (part.stepsPerEpoch > 0)
        stepsPerEpoch = part.stepsPerEpoch;
}

double RunHistory::last(const std::string& metric) const
{
    const auto found = metrics.find(metric);
    return found == metrics.end() || found->second.isEmpty() ? missing : found->second.back();
}

} // namespace hilo
