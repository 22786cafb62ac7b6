// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/rate_search.h"

#include "base/log.h"
#include "run/run_settings.h"
#include "study/validation_value.h"

#include <algorithm>

namespace hilo {

Result<RateSearch> rateSearch(const RunSpec& spec, std::vector<double> rates, std::int64_t steps, std::int64_t seed)
{
    if (rates.empty())
        return failure(wrongUsage("a search needs learning rates", "for example --rate-search 1e-3,3e-3,1e-2"));
    for (const double rate : rates)
        if (!(rate > 0 && rate <= 10))
            return failure(wrongUsage("a learning rate is a number above 0 and at most 10, not " + shownNumber(rate)));
    std::sort(rates.begin(), rates.end());
    if (const auto twice = std::adjacent_find(rates.begin(), rates.end()); twice != rates.end())
        return failure(wrongUsage("the learning rate " + shownNumber(*twice) + " is there twice"));
    if (std::none_of(spec.tasks.begin(), spec.tasks.end(), hasOwnValidation))
        return failure(wrongUsage("rates are chosen on validation data, and every task is scored on its own: " +
                                      taskNames(spec.tasks),
                                  "leave --rate-search out, or add a task with a test split"));
    RateSearch search{std::move(rates), steps, 0, seed};
    if (steps == 0)
        search.steps = spec.training.steps;
    if (search.steps == 0)
        search.epochs = spec.training.epochs;
    return search;
}

bool isSearched(const Study& study, const StudyRun& run)
{
    return !run.task || hasOwnValidation(study.spec.tasks[*run.task]);
}

Status chooseRates(Study& study, RunReader& reader)
{
    if (!study.search)
        return {};
    HILO_TRY(ValidationValues values, ValidationValues::of(study, reader));
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
        if (study.arms[arm].learningRate)
            continue;
        bool isOver = true;
        std::optional<double> bestRate, bestValue;
        for (const double rate : study.search->rates) {
            std::vector<const StudyRun*> runs;
            for (const StudyRun& run : study.runs)
                if (run.arm == arm && run.rate == rate)
                    runs.push_back(&run);
            isOver = isOver && !runs.empty() && std::all_of(runs.begin(), runs.end(), [&values](const StudyRun* run) {
                         return values.isOver(run->run);
                     });
            if (!isOver)
                break;
            std::size_t withValue = 0;
            for (const StudyRun* run : runs) {
                HILO_TRY(const std::optional<double> one, values.valueOf(*run));
                withValue += one ? 1 : 0;
            }
            HILO_TRY(const std::optional<double> mean, values.meanOf(runs));
            // A rate at which a task's run failed is none to go on with.
            if (mean && withValue == runs.size() && (!bestValue || values.isBetter(*mean, *bestValue))) {
                bestRate = rate;
                bestValue = mean;
            }
        }
        if (!isOver)
            continue;
        if (!bestRate)
            logger("study")->warn(
                "{}: no run of the search has a value on validation data; the run's own rate {} stays",
                describedArm(study.arms[arm]), shownNumber(study.spec.training.learningRate));
        study.arms[arm].learningRate = bestRate.value_or(study.spec.training.learningRate);
    }
    return {};
}

} // namespace hilo
