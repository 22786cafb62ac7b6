// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/share_interval.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(wilsonIntervalsAreThoseOfTheFormula)
{
    // Wilson 1927 for 8 of 10: 0.4901625 to 0.9433178.
    CHECK_NEAR(wilsonInterval(8, 10).first, 0.4901625, 1e-6);
    CHECK_NEAR(wilsonInterval(8, 10).second, 0.9433178, 1e-6);
    CHECK_EQ(wilsonInterval(0, 50).first, 0.0);
    CHECK_EQ(wilsonInterval(50, 50).second, 1.0);
    CHECK_EQ(wilsonInterval(0, 0), (std::pair{0.0, 1.0}));
}
