// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/task_mixture.h"

#include "data/shuffle.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

double rowShare(Mixing mixing, double temperature, const MixedTask& task)
{
    const auto rows = static_cast<double>(task.rows);
    switch (mixing) {
    case Mixing::Equal:
        return task.weight;
    case Mixing::Temperature:
        return task.weight * std::pow(rows, 1 / temperature);
    case Mixing::Proportional:
        break;
    }
    return task.weight * rows;
}

/// Whole numbers, at least 1 each, that sum to total, next to shares of it.
std::vector<std::int64_t> apportionedRows(const std::vector<double>& shares, std::int64_t total)
{
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    std::vector<std::int64_t> counts;
    std::vector<double> missing; // of what a task should have
    for (const double share : shares) {
        const double ideal = share / sum * static_cast<double>(total);
        counts.push_back(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::floor(ideal))));
        missing.push_back(ideal - static_cast<double>(counts.back()));
    }
    const auto change = [&](std::size_t task, std::int64_t by) {
        counts[task] += by;
        missing[task] -= static_cast<double>(by);
    };
    std::int64_t left = total - std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    for (; left > 0; --left)
        change(static_cast<std::size_t>(std::max_element(missing.begin(), missing.end()) - missing.begin()), 1);
    for (; left < 0; ++left) {
        std::size_t most = 0;
        for (std::size_t task = 1; task < counts.size(); ++task)
            if (counts[most] == 1 || (counts[task] > 1 && missing[task] < missing[most]))
                most = task;
        change(most, -1);
    }
    return counts;
}

} // namespace

TaskMixture::TaskMixture(Mixing mixing, double temperature, std::vector<MixedTask> tasks) : tasks_(std::move(tasks))
{
    if (tasks_.size() < 2) {
        tasks_.clear();
        return;
    }
    std::vector<double> shares;
    std::int64_t rows = 0;
    for (const MixedTask& task : tasks_) {
        shares.push_back(rowShare(mixing, temperature, task));
        begins_.push_back(rows);
        rows += task.rows;
    }
    counts_ = apportionedRows(shares, rows);
}

bool TaskMixture::isEachOnce() const
{
    return std::equal(counts_.begin(), counts_.end(), tasks_.begin(), tasks_.end(),
                      [](std::int64_t count, const MixedTask& task) { return count == task.rows; });
}

std::int64_t TaskMixture::mostTimes(std::int64_t task) const
{
    if (isEachOnce())
        return 1;
    const auto index = static_cast<std::size_t>(task);
    // Passes that an epoch can touch.
    return (counts_[index] + tasks_[index].rows - 2) / tasks_[index].rows + 1;
}

std::int64_t TaskMixture::taskOf(std::int64_t row) const
{
    if (begins_.empty())
        return 0;
    return std::upper_bound(begins_.begin(), begins_.end(), row) - begins_.begin() - 1;
}

std::vector<std::int64_t> TaskMixture::epochRows(std::uint64_t seed, std::int64_t epoch, std::int64_t rows) const
{
    std::vector<std::int64_t> drawn;
    if (isEachOnce()) {
        drawn.resize(static_cast<std::size_t>(rows));
        std::iota(drawn.begin(), drawn.end(), std::int64_t{0});
        return drawn;
    }
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
        const std::int64_t size = tasks_[task].rows;
        const std::int64_t end = (epoch + 1) * counts_[task]; // draws of the task so far
        std::vector<std::int64_t> pass(static_cast<std::size_t>(size));
        // Another sequence than that of the epochs' own orders.
        const std::uint64_t key = counterNumber(~seed, task);
        for (std::int64_t at = epoch * counts_[task]; at < end;) {
            const std::int64_t number = at / size;
            std::iota(pass.begin(), pass.end(), begins_[task]);
            shuffle(pass, counterNumber(key, static_cast<std::uint64_t>(number)));
            const std::int64_t stop = std::min(end, (number + 1) * size);
            drawn.insert(drawn.end(), pass.begin() + at % size, pass.begin() + (stop - number * size));
            at = stop;
        }
    }
    return drawn;
}

} // namespace hilo
