// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/repetitions.h"

#include <tuple>

namespace hilo {
namespace {

using Size = std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>;

Size sizeOfRun(const RunSummary& run)
{
    return {run.trainableParameters, run.activeParameters};
}

/// What is known of one does not speak against the other.
bool fits(const Size& a, const Size& b)
{
    const auto fit = [](const auto& one, const auto& other) { return !one || !other || *one == *other; };
    return fit(a.first, b.first) && fit(a.second, b.second);
}

bool isWhole(const Size& size)
{
    return size.first && size.second;
}

/// Runs of the same settings by their parameters.
std::vector<std::vector<RunSummary>> bySize(const std::vector<RunSummary>& runs)
{
    std::map<Size, std::vector<RunSummary>> groups;
    for (const RunSummary& run : runs)
        if (isWhole(sizeOfRun(run)))
            groups[sizeOfRun(run)];
    for (const RunSummary& run : runs) {
        const Size size = sizeOfRun(run);
        const Size* only = nullptr;
        int fitting = 0;
        for (const auto& [known, members] : groups)
            if (isWhole(known) && fits(known, size)) {
                only = &known;
                ++fitting;
            }
        groups[fitting == 1 ? *only : size].push_back(run);
    }
    std::vector<std::vector<RunSummary>> result;
    for (auto& [size, members] : groups)
        result.push_back(std::move(members));
    return result;
}

} // namespace

std::vector<std::vector<RunSummary>> repetitionGroups(const std::vector<RunSummary>& runs)
{
    std::map<std::string, std::vector<RunSummary>> bySettings;
    for (const RunSummary& run : runs)
        bySettings[run.repeatGroup.empty() ? "run " + run.id : run.repeatGroup].push_back(run);
    std::vector<std::vector<RunSummary>> result;
    for (const auto& [settings, members] : bySettings)
        for (std::vector<RunSummary>& group : bySize(members))
            result.push_back(std::move(group));
    return result;
}

std::map<std::int64_t, const RunSummary*> runsBySeed(const std::vector<RunSummary>& group, const FinalValues& values)
{
    const auto precedence = [&values](const RunSummary& run) {
        return std::tuple(values.contains(run.id), run.endedAt.value_or(0), run.id);
    };
    std::map<std::int64_t, const RunSummary*> bySeed;
    for (const RunSummary& run : group) {
        if (!run.seed)
            continue;
        const RunSummary*& speaker = bySeed[*run.seed];
        if (!speaker || precedence(*speaker) < precedence(run))
            speaker = &run;
    }
    return bySeed;
}

std::map<std::int64_t, double> valuesBySeed(const std::vector<RunSummary>& group, const FinalValues& values)
{
    std::map<std::int64_t, double> bySeed;
    for (const auto& [seed, run] : runsBySeed(group, values))
        if (const auto value = values.find(run->id); value != values.end())
            bySeed[seed] = value->second.value;
    return bySeed;
}

} // namespace hilo
