// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/time_left.h"

namespace hilo {
namespace {

constexpr std::int64_t window = 3 * 60 * 1000; ///< milliseconds looked back

}

void TimeLeft::observe(const RunSummary& run)
{
    if (run.state != "running") {
        if (!samples_.empty())
            samples_.erase(run.id);
        return;
    }
    if (!run.lastStep || !run.lastEventAt)
        return;
    auto& samples = samples_[run.id];
    // Steps go back when a run is resumed from a checkpoint, and clocks are set.
    if (!samples.empty() && (*run.lastStep < samples.back().step || *run.lastEventAt < samples.back().milliseconds))
        samples.clear();
    if (samples.empty() || *run.lastStep > samples.back().step)
        samples.push_back({*run.lastStep, *run.lastEventAt});
    while (samples.size() > 2 && samples.back().milliseconds - samples.front().milliseconds > window)
        samples.pop_front();
}

std::optional<double> TimeLeft::of(const RunSummary& run) const
{
    if (run.state != "running" || !run.lastStep || !run.totalSteps || *run.totalSteps <= *run.lastStep)
        return {};
    const double left = static_cast<double>(*run.totalSteps - *run.lastStep);
    const auto known = samples_.find(run.id);
    if (known != samples_.end() && known->second.size() >= 2) {
        const Sample& first = known->second.front();
        const Sample& last = known->second.back();
        if (last.milliseconds > first.milliseconds)
            return left * static_cast<double>(last.milliseconds - first.milliseconds) / 1000 /
                   static_cast<double>(last.step - first.step);
    }
    // Only one look so far: the mean since the last start is all there is. The steps before it took none of that time.
    const std::int64_t first = run.resumedStep.value_or(0);
    if (run.resumedAt && run.lastEventAt && *run.lastStep > first && *run.lastEventAt > *run.resumedAt)
        return left * static_cast<double>(*run.lastEventAt - *run.resumedAt) / 1000 /
               static_cast<double>(*run.lastStep - first);
    return {};
}

} // namespace hilo
