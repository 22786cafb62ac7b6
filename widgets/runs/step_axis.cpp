// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/step_axis.h"

#include "common/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr qsizetype enoughSteps = 200; ///< for the median of tokens a step
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct AxisTexts
{
    Q_DECLARE_TR_FUNCTIONS(StepAxis)
};

const QVector<double>* metricOf(const RunHistory& history, const char* name)
{
    const auto found = history.metrics.find(name);
    return found == history.metrics.end() || found->second.size() != history.steps.size() ? nullptr : &found->second;
}

} // namespace

QString axisTitleOf(StepAxis axis)
{
    switch (axis) {
    case StepAxis::Tokens:
        return AxisTexts::tr("tokens (estimated from speed and time)");
    case StepAxis::Epoch:
        return AxisTexts::tr("epoch");
    case StepAxis::Time:
        return AxisTexts::tr("training time (h:min:s)");
    case StepAxis::Step:
        break;
    }
    return AxisTexts::tr("step");
}

QString placeText(StepAxis axis, double place)
{
    switch (axis) {
    case StepAxis::Step:
        return AxisTexts::tr("step %1").arg(groupedNumber(std::llround(place)));
    case StepAxis::Epoch:
        return AxisTexts::tr("epoch %1").arg(QLocale().toString(place, 'f', 2));
    case StepAxis::Tokens:
        return AxisTexts::tr("%1 tokens").arg(shortNumber(place));
    case StepAxis::Time:
        break;
    }
    const auto seconds = std::llround(place);
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600)
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

double StepPlaces::tokensOfStep(const RunHistory& history) const
{
    const QVector<double>* speeds = metricOf(history, "tokens_per_second");
    const QVector<double>* times = metricOf(history, "time");
    if (!speeds || !times)
        return 0;
    std::vector<double> found;
    for (qsizetype i = 1; i < std::min(history.steps.size(), enoughSteps); ++i) {
        const double seconds = ((*times)[i] - (*times)[i - 1]) / 1000;
        const double steps = history.steps[i] - history.steps[i - 1];
        if (seconds > 0 && steps > 0 && (*speeds)[i] > 0)
            found.push_back((*speeds)[i] * seconds / steps);
    }
    if (found.empty())
        return 0;
    const auto middle = found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2);
    std::nth_element(found.begin(), middle, found.end());
    return *middle;
}

void StepPlaces::takeTime(const RunHistory& history)
{
    const QVector<double>* times = metricOf(history, "time");
    if (!times)
        return;
    for (qsizetype i = seconds_.size(); i < history.steps.size(); ++i) {
        const double now = (*times)[i];
        // What happened to the run before this step, in the order of the log.
        for (; marks_ < history.clock.size() && history.clock[marks_].before <= i; ++marks_) {
            const RunHistory::ClockMark& mark = history.clock[marks_];
            if (runs_ && mark.what == RunHistory::ClockMark::Halts)
                elapsed_ += std::max(0.0, mark.time - since_);
            runs_ = mark.what == RunHistory::ClockMark::Runs;
            since_ = mark.time;
        }
        if (std::isnan(now)) {
            seconds_ << (seconds_.isEmpty() ? missing : seconds_.back());
            continue;
        }
        // A log that begins with a step tells no start: time counts from there.
        if (runs_)
            elapsed_ += std::max(0.0, now - since_);
        runs_ = true;
        since_ = now;
        seconds_ << elapsed_ / 1000;
    }
}

bool StepPlaces::update(const RunHistory& history)
{
    bool changed = false;
    if (rewrites_ != history.rewrites) {
        *this = StepPlaces(axis_);
        rewrites_ = history.rewrites;
        changed = true;
    }
    double factor = factor_;
    if (axis_ == StepAxis::Epoch)
        factor = history.stepsPerEpoch > 0 ? 1 / history.stepsPerEpoch : 0;
    if (axis_ == StepAxis::Tokens && sampled_ < enoughSteps) {
        factor = tokensOfStep(history);
        sampled_ = history.steps.size();
    }
    if (axis_ == StepAxis::Time)
        takeTime(history);
    changed = changed || factor != factor_;
    factor_ = factor;
    return changed;
}

bool StepPlaces::isKnown() const
{
    return axis_ == StepAxis::Time ? std::any_of(seconds_.begin(), seconds_.end(), [](double s) { return s > 0; })
                                   : factor_ > 0;
}

double StepPlaces::at(const RunHistory& history, qsizetype index) const
{
    if (axis_ == StepAxis::Time)
        return index < seconds_.size() ? seconds_[index] : missing;
    return factor_ > 0 ? history.steps[index] * factor_ : missing;
}

double StepPlaces::of(const RunHistory& history, double step) const
{
    if (axis_ != StepAxis::Time)
        return factor_ > 0 ? step * factor_ : missing;
    if (seconds_.isEmpty())
        return missing;
    const auto next = std::lower_bound(history.steps.begin(), history.steps.begin() + seconds_.size(), step);
    const auto index = static_cast<qsizetype>(next - history.steps.begin());
    if (index >= seconds_.size())
        return seconds_.back();
    if (index == 0 || *next == step)
        return seconds_[index];
    const double share = (step - history.steps[index - 1]) / (history.steps[index] - history.steps[index - 1]);
    return seconds_[index - 1] + share * (seconds_[index] - seconds_[index - 1]);
}

double StepPlaces::end(const RunHistory& history) const
{
    if (axis_ == StepAxis::Time)
        return seconds_.isEmpty() ? 0 : seconds_.back();
    return std::max(history.lastStep(), history.totalSteps) * factor_;
}

} // namespace hilo
