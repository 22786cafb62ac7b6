// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/distributions.h"
#include "compare/statistics.h"

#include "support/testing.h"

using namespace hilo;

// Expected values: scipy 1.x (chi2.sf, t.sf, t.ppf, studentized_range), see tests/interop/check_statistics.py.

namespace {

void checkRelative(double value, double expected, double tolerance)
{
    CHECK_NEAR(value / expected, 1.0, tolerance);
}

} // namespace

HILO_TEST(chiSquareIsThatOfTheTables)
{
    checkRelative(chiSquareUpper(0.5, 1), 0.47950012218695337, 1e-12);
    checkRelative(chiSquareUpper(3.841458820694124, 1), 0.05, 1e-12);
    checkRelative(chiSquareUpper(12.3, 4), 0.015254394655769615, 1e-11);
    checkRelative(chiSquareUpper(80, 9), 1.61613141565346e-13, 1e-10);
    checkRelative(chiSquareUpper(600, 3), 1.0078435921645548e-129, 1e-10);
    CHECK_EQ(chiSquareUpper(0, 3), 1.0);
}

HILO_TEST(studentIsThatOfTheTablesForAnyDegreesOfFreedom)
{
    checkRelative(studentTwoSided(0.3, 1), 0.8144528418445154, 1e-12);
    checkRelative(studentTwoSided(-2.5, 3.7), 0.07182202291182678, 1e-12);
    checkRelative(studentTwoSided(12, 2), 0.00687293367715846, 1e-11);
    checkRelative(studentTwoSided(4, 250.5), 8.342605210675561e-05, 1e-10);
    checkRelative(studentTwoSided(30, 40), 4.8509076605902047e-29, 1e-9);
    CHECK_EQ(studentTwoSided(0, 5), 1.0);
    CHECK_NEAR(studentHalfWidth95(1), 12.706204736174694, 1e-8);
    CHECK_NEAR(studentHalfWidth95(2.5), 3.5746548420036817, 1e-9);
    CHECK_NEAR(studentHalfWidth95(7.25), 2.348194849105371, 1e-9);
    for (const int n : {1, 2, 5, 30, 1000})
        CHECK_NEAR(studentHalfWidth95(n), studentQuantile975(n), 1e-8);
}

HILO_TEST(theRangeOfNormalValuesIsThatOfTheTables)
{
    CHECK_NEAR(normalRangeQuantile95(2), 2.771807648699355, 1e-7);
    CHECK_NEAR(normalRangeQuantile95(3), 3.314493155398122, 1e-7);
    CHECK_NEAR(normalRangeQuantile95(5), 3.857655510378623, 1e-7);
    CHECK_NEAR(normalRangeQuantile95(10), 4.474124221725907, 1e-7);
    CHECK_NEAR(normalRangeQuantile95(30), 5.30128957403117, 1e-7);
    CHECK_NEAR(normalRangeCumulative(3, 5), 0.789123495036462, 1e-9);
    CHECK_NEAR(normalRangeCumulative(3, 30), 0.043773855108774316, 1e-9);
    CHECK_EQ(normalRangeCumulative(0, 3), 0.0);
}
