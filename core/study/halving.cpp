// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/halving.h"

#include "base/log.h"
#include "study/validation_value.h"

#include <algorithm>
#include <map>

namespace hilo {
namespace {

/// An arm at the end of a rung.
struct Contender
{
    std::size_t arm = 0;
    std::optional<double> value; ///< nothing: no run has one, and there is no hope
};

/// The runs of an arm with the first seeds.
std::vector<const StudyRun*> runsOfRung(const Study& study, std::size_t arm, std::size_t seeds)
{
    std::vector<const StudyRun*> runs;
    for (const StudyRun& run : study.runs)
        if (run.arm == arm && !run.rate &&
            std::find(study.seeds.begin(), study.seeds.begin() + static_cast<std::ptrdiff_t>(seeds), run.seed) !=
                study.seeds.begin() + static_cast<std::ptrdiff_t>(seeds))
            runs.push_back(&run);
    return runs;
}

/// The worse half of one budget's arms is dropped.
void dropWorse(Study& study, std::vector<Contender> contenders, const ValidationValues& values, std::size_t seeds)
{
    const std::string& first = study.sources.front().label;
    std::stable_sort(contenders.begin(), contenders.end(), [&](const Contender& one, const Contender& other) {
        if (!one.value || !other.value)
            return one.value.has_value() && !other.value.has_value();
        return values.isBetter(*one.value, *other.value);
    });
    const std::size_t kept = (contenders.size() + 1) / 2;
    for (std::size_t place = kept; place < contenders.size(); ++place)
        if (StudyArm& arm = study.arms[contenders[place].arm]; arm.label != first)
            arm.droppedAfter = static_cast<std::int64_t>(seeds);
}

} // namespace

Result<std::size_t> halve(Study& study, RunReader& reader)
{
    if (!study.halving)
        return study.seeds.size();
    HILO_TRY(ValidationValues values, ValidationValues::of(study, reader));
    const std::size_t perSeed = study.joint ? 1 : study.spec.tasks.size();
    for (std::size_t seeds = 1; seeds < study.seeds.size(); seeds *= 2) {
        std::map<std::optional<std::int64_t>, std::vector<Contender>> byBudget;
        bool isDecided = false;
        for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
            const auto dropped = study.arms[arm].droppedAfter;
            isDecided = isDecided || (dropped && *dropped == static_cast<std::int64_t>(seeds));
            if (dropped)
                continue;
            const auto runs = runsOfRung(study, arm, seeds);
            const bool isOver = runs.size() == seeds * perSeed &&
                                std::all_of(runs.begin(), runs.end(),
                                            [&values](const StudyRun* run) { return values.isOver(run->run); });
            if (!isOver)
                return seeds;
            HILO_TRY(const std::optional<double> value, values.meanOf(runs));
            byBudget[study.arms[arm].budget].push_back({arm, value});
        }
        // Decided in an earlier look: what has come since does not change it.
        if (isDecided)
            continue;
        const auto hasValue = [](const Contender& one) { return one.value.has_value(); };
        for (auto& [budget, contenders] : byBudget) {
            if (std::none_of(contenders.begin(), contenders.end(), hasValue))
                logger("study")->warn("No allocation is dropped after {} seeds: no run has {} on validation data",
                                      seeds, validationMetric(study.spec));
            else if (contenders.size() > 2)
                dropWorse(study, contenders, values, seeds);
        }
    }
    return study.seeds.size();
}

} // namespace hilo
