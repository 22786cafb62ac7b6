// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/rank_device.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(eachRankGetsItsOwnGpu)
{
    for (const int rank : {0, 1, 3}) {
        const std::string own = "cuda:" + std::to_string(rank);
        // Fresh, and going on from a checkpoint of rank 0, whatever the settings say of GPUs.
        for (const std::string asked : {"auto", "cuda", "cuda:0", "cuda:2"})
            for (const std::string before : {"", "cuda:0", "cuda:2"})
                CHECK_EQ(deviceOf({"", asked, before, 4, rank, 4, false}), own);
    }
    CHECK_EQ(deviceOf({"", "auto", "", 2, 1, 0, false}), "auto");
    CHECK_EQ(deviceOf({"", "cpu", "", 2, 1, 4, false}), "cpu");
    CHECK_EQ(deviceOf({"", "auto", "cpu", 2, 1, 4, false}), "cpu");
    // A GPU too few is said by whoever looks for it, not shared in silence.
    CHECK_EQ(deviceOf({"", "auto", "cuda:0", 2, 1, 1, false}), "cuda:1");
}

HILO_TEST(whoSeesOneGpuOnlyTakesThat)
{
    // As schedulers of clusters start a run's processes.
    for (const std::string before : {"", "cuda:0"})
        CHECK_EQ(deviceOf({"", "auto", before, 4, 3, 1, true}), "cuda:0");
    CHECK_EQ(deviceOf({"", "auto", "", 4, 3, 4, true}), "cuda:3");
}

HILO_TEST(theCommandLinesDeviceIsAProcessesOwn)
{
    CHECK_EQ(deviceOf({"cuda:5", "auto", "cuda:0", 2, 1, 8, false}), "cuda:5");
    CHECK_EQ(deviceOf({"cpu", "cuda:0", "cuda:0", 1, 0, 8, false}), "cpu");
}

HILO_TEST(aRunGoesOnWhereItWas)
{
    CHECK_EQ(deviceOf({"", "auto", "", 1, 0, 4, false}), "auto");
    CHECK_EQ(deviceOf({"", "cuda", "", 1, 0, 4, false}), "cuda:0");
    CHECK_EQ(deviceOf({"", "auto", "cpu", 1, 0, 4, false}), "cpu");
    CHECK_EQ(deviceOf({"", "auto", "cuda:3", 1, 0, 4, false}), "cuda:3");
    CHECK_EQ(deviceOf({"", "cuda:3", "cuda:3", 1, 0, 4, false}), "cuda:3");
    // The queue lets a run see the one GPU of its slot, which may have been another one before.
    CHECK_EQ(deviceOf({"", "auto", "cuda:3", 1, 0, 1, true}), "cuda:0");
    // A device that was asked for by its number is not exchanged.
    CHECK_EQ(deviceOf({"", "cuda:3", "cuda:3", 1, 0, 1, false}), "cuda:3");
    CHECK_EQ(deviceOf({"", "auto", "cuda:0", 1, 0, 0, false}), "cuda:0");
}
