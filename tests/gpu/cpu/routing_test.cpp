// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include "gpu/cpu/routing.h"
#include "gpu/operators/kernel_views.h"
#include "gpu/operators/operators.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

using namespace hilo;

namespace {

/// One module with one rank-1 expert per value of scale.
gpu::RoutingPlan planOf(std::int64_t experts, std::int64_t nullExperts, std::int64_t topK, bool dense = false,
                        double topP = 0)
{
    gpu::RoutingPlan plan;
    plan.modules.push_back({0, experts, nullExperts, 0, topK, dense, topP});
    for (std::int64_t i = 0; i < experts; ++i)
        plan.experts.push_back({i, i + 1, static_cast<float>(i + 1)});
    plan.ranks = experts;
    plan.logits = experts + nullExperts;
    return plan;
}

struct Routed
{
    std::vector<float> gates;
    std::vector<float> weighted;
    gpu::cpu::RoutingCounts counts;
};

Routed route(const gpu::RoutingPlan& plan, const std::vector<float>& logits, float value = 1)
{
    const gpu::RoutingTables tables = gpu::RoutingTables::of(plan, torch::kCPU);
    const std::int64_t tokens = static_cast<std::int64_t>(logits.size()) / plan.logits;
    Routed routed;
    routed.gates.resize(logits.size());
    routed.weighted.resize(static_cast<std::size_t>(tokens * plan.ranks));
    const std::vector<float> shrunk(routed.weighted.size(), value);
    gpu::cpu::routeForward(gpu::planView(tables.words, tables.scales), tokens, shrunk.data(), plan.ranks, logits.data(),
                           plan.logits, routed.gates.data(), routed.weighted.data(), &routed.counts);
    return routed;
}

} // namespace

HILO_TEST(renormalisedTopKIsSoftmaxOverTheChosenLogits)
{
    const Routed routed = route(planOf(4, 0, 2), {1, 3, 2, -1});
    const double chosen = std::exp(3.0) / (std::exp(3.0) + std::exp(2.0));
    CHECK_NEAR(routed.gates[1], chosen, 1e-6);
    CHECK_NEAR(routed.gates[2], 1 - chosen, 1e-6);
    CHECK_EQ(routed.gates[0], 0.0f);
    CHECK_EQ(routed.gates[3], 0.0f);
    CHECK_NEAR(routed.weighted[1], 2 * chosen, 1e-6);
    CHECK_NEAR(routed.weighted[2], 3 * (1 - chosen), 1e-6);
    CHECK_EQ(routed.weighted[0], 0.0f);
}

/// Every set of k experts is chosen once, with like logits: mean 1/E and variance (E-k)/(kE²) (2502.16894).
HILO_TEST(gatesOfSymmetricRoutingVaryAsGoatSays)
{
    constexpr std::int64_t experts = 8;
    for (const std::int64_t topK : {1, 2, 3, 8}) {
        std::vector<float> logits;
        for (unsigned set = 0; set < 1u << experts; ++set)
            if (std::popcount(set) == topK)
                for (std::int64_t expert = 0; expert < experts; ++expert)
                    logits.push_back(set >> expert & 1 ? 3.0f : -1.0f);
        const Routed routed = route(planOf(experts, 0, topK), logits);
        for (std::int64_t expert = 0; expert < experts; ++expert) {
            double sum = 0;
            double squares = 0;
            double tokens = 0;
            for (std::size_t at = static_cast<std::size_t>(expert); at < routed.gates.size(); at += experts, ++tokens) {
                sum += routed.gates[at];
                squares += routed.gates[at] * routed.gates[at];
            }
            const double mean = sum / tokens;
            CHECK_NEAR(mean, 1.0 / experts, 1e-6);
            CHECK_NEAR(squares / tokens - mean * mean,
                       static_cast<double>(experts - topK) / static_cast<double>(topK * experts * experts), 1e-6);
        }
    }
}

HILO_TEST(denseIsSoftmaxOverAll)
{
    const Routed routed = route(planOf(3, 0, 1, true), {0, 0, 0});
    for (const float gate : routed.gates)
        CHECK_NEAR(gate, 1.0 / 3, 1e-6);
}

HILO_TEST(topPKeepsTheFewestWhoseSoftmaxAddsUp)
{
    // 0.5, 0.3, 0.15, 0.05 in another order; then one that is sure, and one that knows nothing.
    const auto logit = [](double share) { return static_cast<float>(std::log(share)); };
    const std::vector<float> logits{logit(0.05), logit(0.5), logit(0.15), logit(0.3), 20, 0, 0, 0, 1, 1, 1, 1};
    const Routed routed = route(planOf(4, 0, 1, false, 0.79), logits);
    const std::vector<double> expected{0, 0.5, 0, 0.3, 1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25};
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK_NEAR(routed.gates[i], expected[i], 1e-6);
    CHECK_EQ(routed.counts.chosen, (std::vector<double>{2, 2, 1, 2}));
    // Of equal ones the first: two of four are enough for a half.
    CHECK_EQ(route(planOf(4, 0, 1, false, 0.5), {1, 1, 1, 1}).gates, (std::vector<float>{0.25f, 0.25f, 0, 0}));
    // A share that rounding never reaches takes all.
    for (const float gate : route(planOf(3, 0, 1, false, 1), {0, 0, 0}).gates)
        CHECK_NEAR(gate, 1.0 / 3, 1e-6);
    const float none = std::numeric_limits<float>::quiet_NaN();
    CHECK_EQ(route(planOf(3, 0, 1, false, 0.8), {none, none, none}).gates.size(), 3u);
}

HILO_TEST(nullExpertsTakeSlotsButNoWeight)
{
    // First token: a true and a null expert; second: only nulls.
    const Routed routed = route(planOf(2, 2, 2), {5, 0, 6, 1, 0, 1, 7, 8});
    CHECK_EQ(routed.gates[0], 1.0f);
    CHECK_EQ(routed.gates[2], 0.0f);
    CHECK_EQ(routed.weighted[0], 1.0f);
    CHECK_EQ(routed.weighted[2], 0.0f);
    CHECK_EQ(routed.weighted[3], 0.0f);
    CHECK_EQ(routed.counts.chosen, (std::vector<double>{1, 0, 2, 1}));
    CHECK_NEAR(std::accumulate(routed.counts.probability.begin(), routed.counts.probability.end(), 0.0), 2, 1e-6);
}

HILO_TEST(equalLogitsGoToTheFirstExperts)
{
    const Routed routed = route(planOf(4, 0, 2), {1, 1, 1, 1});
    CHECK_EQ(routed.gates, (std::vector<float>{0.5f, 0.5f, 0, 0}));
}

HILO_TEST(extremeLogitsStayFinite)
{
    const Routed routed = route(planOf(2, 1, 2), {-1e30f, 1e30f, 0, -3e38f, -2e38f, 3e38f});
    for (const float gate : routed.gates)
        CHECK(std::isfinite(gate));
    CHECK_EQ(routed.gates[1], 1.0f);
    CHECK_EQ(routed.gates[4], 1.0f);
}

HILO_TEST(whatNoGateLetsThroughIsZeroWhateverItIs)
{
    const Routed routed = route(planOf(3, 0, 1), {1, 3, 2}, std::numeric_limits<float>::infinity());
    CHECK_EQ(routed.weighted, (std::vector<float>{0, std::numeric_limits<float>::infinity(), 0}));
    for (const float weighted : route(planOf(3, 0, 1), {1, 3, 2}, -1).weighted)
        CHECK(weighted != 0 || !std::signbit(weighted));
}

HILO_TEST(countsDoNotDependOnHowTokensAreCut)
{
    std::vector<float> logits;
    for (int i = 0; i < 400 * 3; ++i)
        logits.push_back(std::sin(static_cast<float>(i * i)));
    const Routed whole = route(planOf(3, 0, 2), logits);
    const Routed first = route(planOf(3, 0, 2), {logits.begin(), logits.begin() + 128 * 3});
    const Routed second = route(planOf(3, 0, 2), {logits.begin() + 128 * 3, logits.end()});
    for (std::size_t i = 0; i < 3; ++i)
        CHECK_EQ(whole.counts.chosen[i], first.counts.chosen[i] + second.counts.chosen[i]);
    CHECK_EQ(std::accumulate(whole.counts.chosen.begin(), whole.counts.chosen.end(), 0.0), 800.0);
}

HILO_TEST(slopesOfProbabilitiesReachTheLogits)
{
    // d(softmax_0)/d(logits) against differences.
    const gpu::RoutingTables tables = gpu::RoutingTables::of(planOf(3, 0, 1), torch::kCPU);
    const gpu::PlanView plan = gpu::planView(tables.words, tables.scales);
    const std::vector<float> logits{0.3f, -0.2f, 0.9f};
    const std::vector<float> slopes{1, 0, 0};
    std::vector<float> gates(3), weighted(3), shrunkGradient(3), logitGradient(3);
    const std::vector<float> zeros(3, 0.0f), ones(3, 1.0f);
    gpu::cpu::routeForward(plan, 1, ones.data(), 3, logits.data(), 3, gates.data(), weighted.data(), nullptr);
    gpu::cpu::routeBackward(plan, 1, ones.data(), 3, logits.data(), 3, gates.data(), zeros.data(), slopes.data(),
                            {weighted.data(), shrunkGradient.data(), 3, logitGradient.data(), 3});
    const auto first = [&](std::size_t index, double change) {
        double sum = 0, value = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const double e = std::exp(static_cast<double>(logits[i]) + (i == index ? change : 0));
            sum += e;
            value = i == 0 ? e : value;
        }
        return value / sum;
    };
    for (std::size_t i = 0; i < 3; ++i)
        CHECK_NEAR(logitGradient[i], (first(i, 1e-5) - first(i, -1e-5)) / 2e-5, 1e-5);
}
