// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_learning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>

namespace hilo {
namespace {

constexpr std::size_t sections = 24;

struct Mean
{
    double step = 0, loss = 0;
    int count = 0;
};
using Sections = std::array<Mean, sections>;

/// Adds the means of one run's sections.
void addRun(Sections& sums, const Series& loss)
{
    if (loss.steps.empty())
        return;
    const auto last = static_cast<double>(loss.steps.back());
    Sections own{};
    for (std::size_t i = 0; i < loss.steps.size(); ++i) {
        if (!std::isfinite(loss.values[i]))
            continue;
        const auto step = static_cast<double>(loss.steps[i]);
        const auto place = static_cast<std::size_t>(std::max(0.0, step - 1) / std::max(last, 1.0) * sections);
        Mean& section = own[std::min(place, sections - 1)];
        section.step += step;
        section.loss += loss.values[i];
        ++section.count;
    }
    for (std::size_t i = 0; i < sections; ++i)
        if (own[i].count > 0) {
            sums[i].step += own[i].step / own[i].count;
            sums[i].loss += own[i].loss / own[i].count;
            ++sums[i].count;
        }
}

} // namespace

Result<std::vector<StudyLearning>> collectLearning(const StudyObservations& observations, RunReader& reader)
{
    std::vector<Sections> sums(observations.allocations.size());
    std::set<std::pair<std::size_t, std::string>> seen;
    for (const StudyObservation& value : observations.values) {
        // A joint run has a value on each task.
        if (!seen.emplace(value.allocation, value.run).second)
            continue;
        HILO_TRY(const Series loss, reader.series(value.run, "loss"));
        addRun(sums[value.allocation], loss);
    }
    std::vector<StudyLearning> learning;
    for (std::size_t allocation = 0; allocation < sums.size(); ++allocation) {
        StudyLearning one{allocation, {}};
        for (const Mean& section : sums[allocation])
            if (section.count > 0)
                one.means.emplace_back(section.step / section.count, section.loss / section.count);
        if (!one.means.empty())
            learning.push_back(std::move(one));
    }
    return learning;
}

} // namespace hilo
