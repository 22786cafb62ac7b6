// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_result.h"

#include "run/benchmark_task.h"

#include <algorithm>

namespace hilo {
namespace {

/// The mean of what the tasks have; nothing when none has it.
std::optional<double> meanOver(const std::map<std::string, RunScore>& tasks, std::optional<double> RunScore::*member)
{
    double sum = 0;
    int count = 0;
    for (const auto& [task, score] : tasks)
        if (score.*member) {
            sum += *(score.*member);
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

template <class T>
void replaceIfSaid(std::optional<T>& known, const std::optional<T>& said)
{
    if (said)
        known = said;
}

} // namespace

void addEvaluation(std::vector<RunEvaluation>& evaluations, RunEvaluation evaluation)
{
    std::erase_if(evaluations, [&evaluation](const RunEvaluation& old) {
        return old.step >= evaluation.step && old.task == evaluation.task && old.split == evaluation.split &&
               old.protocol == evaluation.protocol;
    });
    evaluations.push_back(std::move(evaluation));
}

void RunResult::apply(const RunEvent& event)
{
    replaceIfSaid(lastEventAt, event.time);
    if (std::holds_alternative<RunEvent::Step>(event.what)) {
        if (lastStep && *event.step <= *lastStep)
            std::erase_if(evaluations, [&event](const RunEvaluation& old) { return old.step >= *event.step; });
        lastStep = event.step;
    } else if (const auto* started = std::get_if<RunEvent::Started>(&event.what)) {
        state = "started";
        startedAt = startedAt ? startedAt : event.time;
        resumedAt = event.time;
        resumedStep = event.step.value_or(0);
        endedAt.reset();
        errorCode.reset();
        errorMessage.clear();
        errorHint.clear();
        score = {};
        tasks.clear();
        replaceIfSaid(totalSteps, started->steps);
        replaceIfSaid(trainableParameters, started->trainableParameters);
        replaceIfSaid(activeParameters, started->activeParameters);
        processes = started->processes;
        devices = started->devices;
    } else if (const auto* evaluation = std::get_if<RunEvaluation>(&event.what)) {
        RunEvaluation added = *evaluation;
        if (!event.step)
            added.step = lastStep.value_or(0);
        addEvaluation(evaluations, std::move(added));
    } else if (std::holds_alternative<RunEvent::Paused>(event.what)) {
        state = "paused";
    } else if (std::holds_alternative<RunEvent::Resumed>(event.what)) {
        state = "started";
    } else if (const auto* stopped = std::get_if<RunEvent::Stopped>(&event.what)) {
        state = stopped->bySignal ? "interrupted" : "stopped";
        endedAt = event.time;
        replaceIfSaid(lastStep, event.step);
    } else if (const auto* failed = std::get_if<RunEvent::Failed>(&event.what)) {
        state = failed->bySignal ? "interrupted" : "failed";
        endedAt = event.time;
        errorCode = failed->code;
        errorMessage = failed->message;
        errorHint = failed->hint;
        score = {};
        tasks.clear();
    } else if (const auto* finished = std::get_if<RunEvent::Finished>(&event.what)) {
        state = "finished";
        endedAt = event.time;
        // Where the trainer says at which step it ended, that counts: an odd line may have said another number.
        replaceIfSaid(lastStep, event.step);
        finish(*finished);
    } else if (const auto* moved = std::get_if<RunEvent::Reallocation>(&event.what)) {
        replaceIfSaid(trainableParameters, moved->trainableParameters);
    }
}

std::vector<RunEvaluation> RunResult::finalEvaluations() const
{
    const bool saysSo = std::any_of(evaluations.begin(), evaluations.end(),
                                    [](const RunEvaluation& one) { return one.isFinal.value_or(false); });
    std::vector<RunEvaluation> found;
    for (const RunEvaluation& one : evaluations) {
        const bool isLast = saysSo ? one.isFinal.value_or(false) : one.step == lastStep.value_or(one.step);
        if (!isLast || (split != ownSplits && one.split != split))
            continue;
        std::erase_if(found, [&one](const RunEvaluation& before) { return before.task == one.task; });
        found.push_back(one);
    }
    return found;
}

void RunResult::finish(const RunEvent::Finished& finished)
{
    seconds = finished.seconds;
    peakMemoryBytes = finished.peakMemoryBytes;
    replaceIfSaid(trainableParameters, finished.trainableParameters);
    replaceIfSaid(activeParameters, finished.activeParameters);
    score = {};
    tasks.clear();
    if (evaluations.empty()) {
        // The event sums up the final evaluations; without these nothing says otherwise.
        score = finished.score;
        tasks = finished.tasks;
        if (const auto mean = meanOver(tasks, &RunScore::accuracy); mean && tasks.size() > 1)
            score.accuracy = mean;
        if (const auto mean = meanOver(tasks, &RunScore::loss); mean && tasks.size() > 1)
            score.loss = mean;
        return;
    }
    for (RunEvaluation& one : finalEvaluations())
        tasks[one.task] = std::move(one.score);
    if (tasks.size() == 1) {
        score = tasks.begin()->second;
        if (!score.low && score.accuracy && score.accuracy == finished.score.accuracy) {
            score.low = finished.score.low;
            score.high = finished.score.high;
        }
        return;
    }
    score.accuracy = meanOver(tasks, &RunScore::accuracy);
    score.loss = meanOver(tasks, &RunScore::loss);
}

} // namespace hilo
