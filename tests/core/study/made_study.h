// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/observations.h"

#include <string>
#include <vector>

namespace hilo::testing {

inline StudyObservations madeStudy(const std::vector<std::string>& labels, const std::vector<std::string>& tasks,
                                   const std::vector<std::int64_t>& seeds, const std::string& metric = "accuracy")
{
    StudyObservations study;
    study.name = "made";
    study.seeds = seeds;
    for (const std::string& task : tasks)
        study.tasks.push_back({task, {metric, task}});
    std::int64_t trainable = 1000;
    for (const std::string& label : labels) {
        study.allocations.push_back({label, {}, trainable, trainable / 2, trainable / 100, 1e-3, 2});
        trainable += 1000;
    }
    study.expectedRuns = labels.size() * tasks.size() * seeds.size();
    return study;
}

/// Adds a finished run.
inline void add(StudyObservations& study, std::size_t allocation, std::size_t task, std::int64_t seed, double value,
                std::vector<bool> right = {})
{
    study.values.push_back(
        {allocation, task, seed, value,
         "run-" + std::to_string(allocation) + "-" + std::to_string(task) + "-" + std::to_string(seed),
         std::move(right)});
}

/// The same where every row says whether it was answered rightly: '1' and '0'.
inline void addRows(StudyObservations& study, std::size_t allocation, std::size_t task, std::int64_t seed,
                    const std::string& rows)
{
    std::vector<bool> right;
    double sum = 0;
    for (const char c : rows) {
        right.push_back(c == '1');
        sum += c == '1' ? 1 : 0;
    }
    add(study, allocation, task, seed, sum / static_cast<double>(rows.size()), std::move(right));
}

} // namespace hilo::testing
