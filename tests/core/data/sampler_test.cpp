// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sampler.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;

namespace {

std::vector<std::int64_t> lengths(std::size_t count)
{
    std::vector<std::int64_t> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back(static_cast<std::int64_t>(3 + i * 31 % 50));
    return result;
}

} // namespace

HILO_TEST(everyEpochHoldsEveryRowInAnotherOrder)
{
    for (const bool grouped : {false, true}) {
        auto first = epochOrder({4, 8, grouped}, lengths(1003), 0);
        CHECK(first != epochOrder({4, 8, grouped}, lengths(1003), 1));
        CHECK_EQ(first, epochOrder({4, 8, grouped}, lengths(1003), 0));
        CHECK(first != epochOrder({5, 8, grouped}, lengths(1003), 0));
        std::sort(first.begin(), first.end());
        for (std::size_t i = 0; i < first.size(); ++i)
            CHECK_EQ(first[i], static_cast<std::int64_t>(i));
    }
}

HILO_TEST(groupedBatchesHoldRowsOfLikeLength)
{
    const auto all = lengths(1000);
    const auto spread = [&](bool grouped) {
        const auto order = epochOrder({4, 8, grouped}, all, 0);
        double sum = 0;
        for (std::size_t begin = 0; begin < order.size(); begin += 8) {
            std::vector<std::int64_t> batch;
            for (std::size_t i = begin; i < std::min(begin + 8, order.size()); ++i)
                batch.push_back(all[static_cast<std::size_t>(order[i])]);
            sum += static_cast<double>(*std::max_element(batch.begin(), batch.end()) -
                                       *std::min_element(batch.begin(), batch.end()));
        }
        return sum;
    };
    CHECK(spread(true) < 0.2 * spread(false));
}

HILO_TEST(theOrderIsTheSameOnEveryMachineAndForEveryBatchSize)
{
    // Computed once; a change here changes every run's data order.
    CHECK_EQ(epochOrder({1, 4, false}, lengths(8), 0), (std::vector<std::int64_t>{6, 4, 2, 1, 0, 5, 7, 3}));
    CHECK_EQ(epochOrder({1, 4, false}, lengths(8), 0), epochOrder({1, 2, false}, lengths(8), 0));
}
