// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "gpu/cpu/dropout.h"
#include "gpu/kernels/counter_random.h"

#include <algorithm>
#include <set>

using namespace hilo;

namespace {

std::vector<float> maskOf(std::size_t count, double probability, std::uint64_t key)
{
    std::vector<float> values(count, 1.0f);
    gpu::cpu::dropout(values.data(), values.data(), static_cast<std::int64_t>(count),
                      gpu::dropoutMask(probability, key));
    return values;
}

double shareOfZeros(const std::vector<float>& values)
{
    return static_cast<double>(std::count(values.begin(), values.end(), 0.0f)) / static_cast<double>(values.size());
}

} // namespace

HILO_TEST(dropsTheWantedShareAndKeepsTheMean)
{
    for (const double probability : {0.05, 0.5, 0.9}) {
        const auto mask = maskOf(200001, probability, 7);
        CHECK_NEAR(shareOfZeros(mask), probability, 0.005);
        double sum = 0;
        for (const float value : mask)
            sum += value;
        CHECK_NEAR(sum / static_cast<double>(mask.size()), 1, 0.02);
    }
    CHECK_EQ(shareOfZeros(maskOf(100, 0, 7)), 0.0);
}

HILO_TEST(theMaskDependsOnTheKeyAlone)
{
    const auto mask = maskOf(1000, 0.5, 1);
    CHECK(mask == maskOf(1000, 0.5, 1));
    CHECK(mask != maskOf(1000, 0.5, 2));
    // A longer tensor begins with the same mask.
    auto longer = maskOf(2000, 0.5, 1);
    longer.resize(1000);
    CHECK(mask == longer);
}

HILO_TEST(keysOfDifferentPlacesDiffer)
{
    std::set<std::uint64_t> keys;
    for (int seed = 0; seed < 4; ++seed)
        for (int step = 0; step < 10; ++step)
            for (int layer = 0; layer < 10; ++layer)
                for (int group = 0; group < 4; ++group)
                    keys.insert(gpu::randomKey(static_cast<std::uint64_t>(seed), step, layer, group));
    CHECK_EQ(keys.size(), 1600u);
}
