// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/slots.h"

#include <algorithm>

namespace hilo {
namespace {

std::size_t sharedBeginning(const std::vector<std::int32_t>& one, const std::vector<std::int32_t>& other)
{
    const auto ends = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
    return static_cast<std::size_t>(ends.first - one.begin());
}

/// So many tokens more are worth waiting for.
constexpr std::size_t worthWaiting = 32;

} // namespace

Slots::Slots(KeyValueCache cache, std::int64_t count, bool reuses)
    : cache_(std::move(cache)), slots_(static_cast<std::size_t>(count)), reuses_(reuses)
{
}

std::size_t Slots::free() const
{
    return static_cast<std::size_t>(
        std::count_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return !slot.job; }));
}

std::optional<std::size_t> Slots::take(ServeJob job)
{
    std::size_t source = slots_.size(), longest = 0, coming = 0, oldest = slots_.size();
    // The last token of a prompt is always read: its logits are wanted.
    const std::size_t most = job.needsWholePrompt() || !reuses_ ? 0 : job.prompt.size() - 1;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const Slot& slot = slots_[i];
        if (!slot.job && (oldest == slots_.size() || slot.used < slots_[oldest].used))
            oldest = i;
        if (slot.adapter != job.adapter || most == 0)
            continue;
        const std::size_t shared = std::min(most, sharedBeginning(slot.tokens, job.prompt));
        if (shared > longest) {
            longest = shared;
            source = i;
        }
        if (slot.readsPrompt())
            coming = std::max(coming, std::min(most, sharedBeginning(slot.job->prompt, job.prompt)));
    }
    if (coming > longest + worthWaiting)
        return std::nullopt;
    std::size_t target = oldest;
    // In its place where little of what it has gets lost.
    if (source < slots_.size() && !slots_[source].job && 2 * longest >= slots_[source].tokens.size())
        target = source;
    Slot& slot = slots_[target];
    const auto length = static_cast<std::int64_t>(longest);
    if (longest > 0 && target != source)
        cache_.copyBeginning(static_cast<std::int64_t>(source), static_cast<std::int64_t>(target), length);
    else
        cache_.cut(static_cast<std::int64_t>(target), length);
    slot = Slot();
    slot.tokens.assign(job.prompt.begin(), job.prompt.begin() + length);
    slot.adapter = job.adapter;
    slot.cached = length;
    slot.history.readPrompt(job.prompt);
    slot.used = ++taken_;
    slot.job = std::move(job);
    return target;
}

void Slots::release(std::size_t index)
{
    slots_[index].job.reset();
    slots_[index].promptScores.clear();
}

void Slots::forget(std::size_t index)
{
    slots_[index] = Slot();
    cache_.cut(static_cast<std::int64_t>(index), 0);
}

void Slots::bringToFront(const std::vector<std::size_t>& wanted)
{
    std::vector<bool> isWanted(slots_.size(), false);
    for (const std::size_t index : wanted)
        isWanted[index] = true;
    std::size_t last = slots_.size();
    for (std::size_t hole = 0; hole < wanted.size(); ++hole) {
        if (isWanted[hole])
            continue;
        do
            --last;
        while (!isWanted[last]);
        cache_.swap(static_cast<std::int64_t>(hole), static_cast<std::int64_t>(last));
        std::swap(slots_[hole], slots_[last]);
    }
}

} // namespace hilo
