// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/batch_plan.h"

#include "data/shuffle.h"
#include "gpu/kernels/counter_random.h"
#include "support/testing.h"

#include <algorithm>
#include <numeric>

using namespace hilo;

namespace {

std::vector<std::int64_t> lengths()
{
    std::vector<std::int64_t> result;
    for (std::int64_t i = 0; i < 103; ++i)
        result.push_back(5 + i * 37 % 40);
    return result;
}

TrainingSpec spec(bool packing, bool groupByLength)
{
    TrainingSpec training;
    training.batchSize = 4;
    training.packing = packing;
    training.groupByLength = groupByLength;
    training.maxLength = 48;
    training.seed = 9;
    return training;
}

std::vector<std::int64_t> rowsOf(BatchPlan& plan, std::int64_t index)
{
    const auto rows = plan.microBatch(index);
    return {rows.begin(), rows.end()};
}

} // namespace

HILO_TEST(everyRowComesOnceAnEpoch)
{
    for (const bool packing : {false, true})
        for (const bool grouped : {false, true}) {
            BatchPlan plan(spec(packing, grouped), lengths());
            std::vector<std::int64_t> rows;
            for (std::int64_t i = 0; i < plan.microBatchesPerEpoch(); ++i)
                rows.insert(rows.end(), plan.microBatch(i).begin(), plan.microBatch(i).end());
            std::sort(rows.begin(), rows.end());
            std::vector<std::int64_t> expected(103);
            std::iota(expected.begin(), expected.end(), 0);
            CHECK_EQ(rows, expected);
        }
}

HILO_TEST(packedBatchesStayInTheirBudget)
{
    BatchPlan plan(spec(true, false), lengths());
    const auto all = lengths();
    for (std::int64_t i = 0; i < plan.microBatchesPerEpoch(); ++i) {
        std::int64_t tokens = 0;
        for (const std::int64_t row : plan.microBatch(i))
            tokens += all[static_cast<std::size_t>(row)];
        CHECK(tokens <= 4 * 48);
    }
    CHECK(plan.microBatchesPerEpoch() < 26);
}

HILO_TEST(anyBatchCanBeAskedForAtAnyTime)
{
    BatchPlan inOrder(spec(true, true), lengths());
    BatchPlan jumping(spec(true, true), lengths());
    std::vector<std::vector<std::int64_t>> batches;
    for (std::int64_t i = 0; i < 80; ++i)
        batches.push_back(rowsOf(inOrder, i));
    for (const std::int64_t i : {70, 3, 44, 79, 0})
        CHECK_EQ(rowsOf(jumping, i), batches[static_cast<std::size_t>(i)]);
}

HILO_TEST(epochsDiffer)
{
    BatchPlan plan(spec(false, false), lengths());
    const auto first = rowsOf(plan, 0);
    CHECK(first != rowsOf(plan, plan.microBatchesPerEpoch()));
}

HILO_TEST(stepsFollowFromEpochs)
{
    TrainingSpec training = spec(false, false);
    training.epochs = 2;
    training.accumulation = 3;
    // 26 micro-batches an epoch, 52 in all, 3 a step.
    CHECK_EQ(BatchPlan(training, lengths()).steps(), 18);
    training.steps = 5;
    CHECK_EQ(BatchPlan(training, lengths()).steps(), 5);
}

HILO_TEST(anEpochIsOnePassWhateverTheAccumulation)
{
    for (const bool packing : {false, true})
        for (const double epochs : {1.0, 2.0, 3.0})
            for (const std::int64_t accumulation : {1, 3, 25, 64, 1000}) {
                TrainingSpec training = spec(packing, true);
                training.epochs = epochs;
                training.accumulation = accumulation;
                BatchPlan plan(training, lengths());
                std::vector<std::int64_t> times(103);
                for (std::int64_t i = 0; i < plan.microBatches(); ++i)
                    for (const std::int64_t row : plan.microBatch(i))
                        ++times[static_cast<std::size_t>(row)];
                CHECK_EQ(times, std::vector<std::int64_t>(103, static_cast<std::int64_t>(epochs)));
                CHECK_EQ(plan.steps(), (plan.microBatches() + accumulation - 1) / accumulation);
            }
}

HILO_TEST(partsOfEpochsAndGivenSteps)
{
    TrainingSpec training = spec(false, false);
    for (const auto& [epochs, microBatches] : {std::pair{0.5, 13}, {1.1, 29}, {2.5, 65}, {1e-9, 1}}) {
        training.epochs = epochs;
        CHECK_EQ(BatchPlan(training, lengths()).microBatches(), microBatches);
    }
    // Nobody plans a thousand million packed epochs.
    training.packing = true;
    training.epochs = 1e9;
    BatchPlan many(training, lengths());
    CHECK_EQ(many.microBatches(), 1'000'000'000 * many.microBatchesPerEpoch());
    training.steps = 7;
    training.accumulation = 4;
    CHECK_EQ(BatchPlan(training, lengths()).microBatches(), 28);
}

HILO_TEST(theHostDrawsTheSequenceThatDevicesDraw)
{
    for (const std::uint64_t key : {0ull, 1ull, 0x123456789abcdefull})
        for (std::uint64_t i = 0; i < 5; ++i)
            CHECK_EQ(counterNumber(key, i), gpu::counterRandom(key, i));
}
