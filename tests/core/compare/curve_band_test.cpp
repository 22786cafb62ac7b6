// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/curve_band.h"

#include "compare/statistics.h"
#include "support/testing.h"

#include <cmath>

using namespace hilo;

HILO_TEST(theBandIsStudentsIntervalAtEveryStep)
{
    const Series a{{1, 2, 4, 5}, {1.0, 2.0, 4.0, 7.0}};
    const Series b{{1, 2, 3, 4}, {2.0, 4.0, 9.0, std::nan("")}};
    const Series c{{2, 4}, {9.0, 5.0}};
    const CurveBand band = curveBand({a, b, c});
    // Step 3 and 5 have one run, and what is no number counts for nothing.
    CHECK_EQ(band.steps, (std::vector<std::int64_t>{1, 2, 4}));
    CHECK_EQ(band.runs, (std::vector<int>{2, 3, 2}));
    const std::vector<double> values[] = {{1, 2}, {2, 4, 9}, {4, 5}};
    for (std::size_t i = 0; i < 3; ++i) {
        const MeanInterval expected = meanInterval(values[i]);
        CHECK_NEAR(band.mean[i], expected.mean, 1e-12);
        CHECK_NEAR(band.low[i], *expected.low, 1e-9);
        CHECK_NEAR(band.high[i], *expected.high, 1e-9);
    }
    CHECK(curveBand({a}).steps.empty());
    CHECK(curveBand({}).steps.empty());
}
