// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/token_rate.h"

#include "tiny_run.h"

#include "engine/train/train_run.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(aRateIsOverAllStepsSinceTheLastOne)
{
    TokenRate rate;
    CHECK_EQ(rate.take(), 0.0);
    // Nine steps that a GPU only queues, and one that waits for them.
    for (int step = 0; step < 9; ++step)
        rate.add(100, 0.01);
    rate.add(100, 0.91);
    CHECK_NEAR(rate.take(), 1000, 1e-9);
    rate.add(50, 0.5);
    CHECK_NEAR(rate.take(), 100, 1e-9);
    CHECK_EQ(rate.take(), 0.0);
}

HILO_TEST(theRateOfAnEventIsOverAllStepsSinceTheLastEvent)
{
    const TinyRun tiny(Json{{"steps", 12}, {"log_every", 12}});
    REQUIRE_OK(startRun(REQUIRE_OK(readRunSpec(tiny.spec())), tiny.run("run"), {}));
    const auto steps = eventsOf(tiny.run("run"), "step");
    CHECK_EQ(steps.size(), 1u);
    const Json started = eventsOf(tiny.run("run"), "started").at(0);
    const Json finished = eventsOf(tiny.run("run"), "finished").at(0);
    const double rate = finished["tokens"].get<double>() / finished["seconds"].get<double>();
    CHECK_NEAR(steps.at(0)["tokens_per_second"].get<double>() / rate, 1, 1e-6);
    const double mfu = rate * 4 * started["base_parameters"].get<double>() / started["peak_flops"].get<double>();
    CHECK_NEAR(steps.at(0)["mfu"].get<double>() / mfu, 1, 1e-6);
}
