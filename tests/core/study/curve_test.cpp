// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_curve.h"

#include "support/testing.h"

using namespace hilo;

namespace {

std::vector<CurvePoint> points(double half)
{
    return {{40000, {0.70, 0.70 - half, 0.70 + half}},
            {10000, {0.60, 0.60 - half, 0.60 + half}},
            {160000, {0.76, 0.76 - half, 0.76 + half}}};
}

} // namespace

HILO_TEST(aCurveThatFallsIsMadeLevel)
{
    CHECK(rising(std::vector{1.0, 3.0, 2.0, 5.0}) == (std::vector{1.0, 2.5, 2.5, 5.0}));
    CHECK(rising(std::vector{3.0, 2.0, 1.0}) == (std::vector{2.0, 2.0, 2.0}));
    CHECK(rising({}).empty());
}

HILO_TEST(aValueIsReachedBetweenTwoBudgets)
{
    const StudyReach reach = reachOf(points(0.01), 0.65, false);
    CHECK(reach.where == StudyReach::Where::Within);
    // Half of the way from 10,000 to 40,000 on a logarithmic axis.
    CHECK_NEAR(*reach.parameters, 20000, 1e-6);
    CHECK_NEAR(*reach.low, 10000 * std::pow(4, 0.4), 1e-6);
    CHECK_NEAR(*reach.high, 10000 * std::pow(4, 0.6), 1e-6);
    CHECK(reach.known);
}

HILO_TEST(whatIsReachedNowhereOrEverywhereSaysSo)
{
    const StudyReach below = reachOf(points(0.01), 0.5, false);
    CHECK(below.where == StudyReach::Where::BelowSmallest);
    CHECK(!below.parameters && !below.low);
    CHECK_EQ(*below.high, 10000.0);
    const StudyReach never = reachOf(points(0.01), 0.9, false);
    CHECK(never.where == StudyReach::Where::NotReached);
    CHECK(!never.parameters && !never.high);
    CHECK_EQ(*never.low, 160000.0);
    const StudyReach wide = reachOf(points(0.2), 0.65, false);
    CHECK(wide.where == StudyReach::Where::Within && !wide.low && !wide.high && wide.known);
    const StudyReach unknown = reachOf({{10, {0.5, {}, {}}}, {20, {0.6, {}, {}}}}, 0.55, false);
    CHECK(unknown.parameters && !unknown.low && !unknown.high && !unknown.known);
    CHECK(reachOf({}, 0.5, false).where == StudyReach::Where::NotReached);
}

HILO_TEST(aLossIsReachedFromAbove)
{
    const std::vector<CurvePoint> losses{{100, {2.0, 1.9, 2.1}}, {10000, {1.0, 0.9, 1.1}}};
    const StudyReach reach = reachOf(losses, 1.5, true);
    CHECK_NEAR(*reach.parameters, 1000, 1e-9);
    CHECK_NEAR(*reach.low, 100 * std::pow(100, 0.4), 1e-6);
    CHECK_NEAR(*reach.high, 100 * std::pow(100, 0.6), 1e-6);
    CHECK(reachOf(losses, 0.5, true).where == StudyReach::Where::NotReached);
}
