// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/task_mixture.h"

#include "support/testing.h"

#include <algorithm>
#include <map>
#include <numeric>

using namespace hilo;

namespace {

using Rows = std::vector<std::int64_t>;

Rows countsOf(Mixing mixing, double temperature, std::vector<MixedTask> tasks)
{
    return TaskMixture(mixing, temperature, std::move(tasks)).rowsOfEpoch();
}

Rows allRows(std::int64_t count)
{
    Rows rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
    return rows;
}

} // namespace

HILO_TEST(oneTaskHasEveryRowOnceHoweverItIsMixed)
{
    for (const Mixing mixing : {Mixing::Proportional, Mixing::Equal, Mixing::Temperature}) {
        const TaskMixture one(mixing, 3, {{17, 5}});
        CHECK_EQ(one.tasks(), 1);
        CHECK(one.rowsOfEpoch().empty());
        CHECK_EQ(one.taskOf(16), 0);
        CHECK_EQ(one.mostTimes(0), 1);
        CHECK_EQ(one.epochRows(4, 9, 17), allRows(17));
    }
    CHECK_EQ(TaskMixture().epochRows(4, 9, 17), allRows(17));
}

HILO_TEST(sharesAreThoseOfTheMixing)
{
    CHECK_EQ(countsOf(Mixing::Proportional, 1, {{100, 1}, {400, 1}}), (Rows{100, 400}));
    CHECK_EQ(countsOf(Mixing::Proportional, 1, {{100, 2}, {100, 2}}), (Rows{100, 100}));
    CHECK_EQ(countsOf(Mixing::Proportional, 1, {{100, 3}, {100, 1}}), (Rows{150, 50}));
    CHECK_EQ(countsOf(Mixing::Equal, 1, {{100, 1}, {400, 1}}), (Rows{250, 250}));
    CHECK_EQ(countsOf(Mixing::Equal, 1, {{100, 1}, {400, 4}}), (Rows{100, 400}));
    // Square roots are 10 and 20: 166 2/3 and 333 1/3 of 500.
    CHECK_EQ(countsOf(Mixing::Temperature, 2, {{100, 1}, {400, 1}}), (Rows{167, 333}));
    CHECK_EQ(countsOf(Mixing::Temperature, 1, {{100, 1}, {400, 1}}), (Rows{100, 400}));
    CHECK_EQ(countsOf(Mixing::Temperature, 1e6, {{100, 1}, {400, 1}}), (Rows{250, 250}));
    // Everybody is there.
    CHECK_EQ(countsOf(Mixing::Proportional, 1, {{1000, 1}, {10, 1e-6}}), (Rows{1009, 1}));
    CHECK_EQ(countsOf(Mixing::Proportional, 1, {{1, 1e-6}, {1, 1e-6}, {3, 1}}), (Rows{1, 1, 3}));
    CHECK_EQ(countsOf(Mixing::Equal, 1, {{1, 1}, {1, 1}, {1, 1e6}}), (Rows{1, 1, 1}));
}

HILO_TEST(anEpochHasAsManyRowsAsThereAre)
{
    std::uint64_t state = 1;
    const auto next = [&state](std::uint64_t below) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::int64_t>((state >> 33) % below);
    };
    for (int trial = 0; trial < 200; ++trial) {
        std::vector<MixedTask> tasks;
        std::int64_t rows = 0;
        for (std::int64_t task = 0; task < 2 + trial % 5; ++task) {
            tasks.push_back({1 + next(40), static_cast<double>(1 + next(30)) / 10});
            rows += tasks.back().rows;
        }
        const TaskMixture mixture(static_cast<Mixing>(trial % 3), 1 + trial % 7, tasks);
        const Rows drawn = mixture.epochRows(static_cast<std::uint64_t>(trial), trial % 4, rows);
        CHECK_EQ(static_cast<std::int64_t>(drawn.size()), rows);
        Rows found(tasks.size(), 0);
        std::map<std::int64_t, std::int64_t> times;
        for (const std::int64_t row : drawn) {
            CHECK(row >= 0 && row < rows);
            ++found[static_cast<std::size_t>(mixture.taskOf(row))];
            ++times[row];
        }
        CHECK_EQ(found, mixture.rowsOfEpoch());
        for (const auto& [row, count] : times)
            CHECK(count <= mixture.mostTimes(mixture.taskOf(row)));
    }
}

HILO_TEST(noRowComesAgainBeforeAllOthersOfItsTask)
{
    const TaskMixture mixture(Mixing::Equal, 1, {{31, 1}, {9, 1}});
    std::vector<Rows> ofTask(2);
    for (std::int64_t epoch = 0; epoch < 40; ++epoch)
        for (const std::int64_t row : mixture.epochRows(3, epoch, 40))
            ofTask[static_cast<std::size_t>(mixture.taskOf(row))].push_back(row);
    for (const auto& [task, size, first] : {std::tuple<std::size_t, std::size_t, std::int64_t>{0, 31, 0}, {1, 9, 31}}) {
        Rows before;
        for (std::size_t begin = 0; begin + size <= ofTask[task].size(); begin += size) {
            const Rows drawn(ofTask[task].begin() + static_cast<std::ptrdiff_t>(begin),
                             ofTask[task].begin() + static_cast<std::ptrdiff_t>(begin + size));
            Rows sorted = drawn;
            std::sort(sorted.begin(), sorted.end());
            for (std::size_t i = 0; i < size; ++i)
                CHECK_EQ(sorted[i], first + static_cast<std::int64_t>(i));
            CHECK(drawn != before);
            before = drawn;
        }
    }
}

HILO_TEST(theDrawIsAFunctionOfSeedEpochAndSizes)
{
    // By an implementation of the same definition in Python.
    const TaskMixture mixture(Mixing::Equal, 1, {{6, 1}, {2, 1}});
    CHECK_EQ(mixture.epochRows(7, 0, 8), (Rows{1, 3, 2, 5, 6, 7, 6, 7}));
    CHECK_EQ(mixture.epochRows(7, 1, 8), (Rows{0, 4, 0, 5, 7, 6, 6, 7}));
    CHECK_EQ(mixture.epochRows(7, 2, 8), (Rows{1, 4, 2, 3, 6, 7, 6, 7}));
    CHECK(mixture.epochRows(8, 0, 8) != mixture.epochRows(7, 0, 8));
}
