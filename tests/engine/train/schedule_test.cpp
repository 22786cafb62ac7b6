// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/schedule.h"

#include "support/testing.h"

using namespace hilo;

HILO_TEST(warmUpRisesToThePeak)
{
    CHECK_NEAR(learningRateAt(0, 100, 1, 10, Schedule::Constant), 0.1, 1e-12);
    CHECK_NEAR(learningRateAt(9, 100, 1, 10, Schedule::Constant), 1, 1e-12);
    CHECK_NEAR(learningRateAt(99, 100, 1, 10, Schedule::Constant), 1, 1e-12);
}

HILO_TEST(linearFallsToZero)
{
    CHECK_NEAR(learningRateAt(10, 110, 2, 10, Schedule::Linear), 2, 1e-12);
    CHECK_NEAR(learningRateAt(60, 110, 2, 10, Schedule::Linear), 1, 1e-12);
    CHECK_NEAR(learningRateAt(110, 110, 2, 10, Schedule::Linear), 0, 1e-12);
}

HILO_TEST(cosineIsHalfWayDownInTheMiddle)
{
    CHECK_NEAR(learningRateAt(50, 100, 1, 0, Schedule::Cosine), 0.5, 1e-12);
    CHECK_NEAR(learningRateAt(25, 100, 1, 0, Schedule::Cosine), 0.8535533905932737, 1e-12);
    CHECK_NEAR(learningRateAt(100, 100, 1, 0, Schedule::Cosine), 0, 1e-12);
}

HILO_TEST(warmUpLongerThanTheRunIsAllowed)
{
    CHECK_NEAR(learningRateAt(4, 5, 1, 10, Schedule::Linear), 0.5, 1e-12);
}
