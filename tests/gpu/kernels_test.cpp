// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of the GPU's kernels, run by one thread on the CPU: the functions are the very ones that nvcc
// compiles.
#include "support/testing.h"

#include "gpu/cpu/adamw.h"
#include "gpu/cpu/cross_entropy.h"
#include "gpu/cpu/dropout.h"
#include "gpu/cpu/routing.h"
#include "gpu/kernels/balance.h"
#include "gpu/kernels/cross_entropy_chunk.h"
#include "gpu/kernels/cross_entropy_row.h"
#include "gpu/kernels/elementwise.h"
#include "gpu/kernels/norm_row.h"
#include "gpu/kernels/quantised_value.h"
#include "gpu/kernels/routing_token.h"
#include "gpu/operators/kernel_views.h"
#include "gpu/operators/operators.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

using namespace hilo;

namespace {

constexpr gpu::SerialTeam team{};

std::vector<float> values(std::size_t count, std::uint64_t key, float scale = 1)
{
    std::vector<float> result(count);
    for (std::size_t i = 0; i < count; ++i)
        result[i] = (gpu::uniformFloat(gpu::counterRandom(key, i)) - 0.5f) * 4 * scale;
    return result;
}

/// Values that begin where packs may be read.
template <class T>
struct alignas(64) Aligned
{
    std::array<T, 64> data{};
};

} // namespace

HILO_TEST(normRowsWithPacksAndWithout)
{
    for (const bool addsOne : {false, true}) {
        Aligned<float> x, weight, gradient, y, packed, ofX, packedOfX;
        for (std::size_t i = 0; i < 64; ++i) {
            x.data[i] = values(64, 1)[i];
            weight.data[i] = values(64, 2)[i];
            gradient.data[i] = values(64, 3)[i];
        }
        gpu::rmsNormRow<1>(team, x.data.data(), weight.data.data(), y.data.data(), 64, 1e-5f, addsOne);
        gpu::rmsNormRow<4>(team, x.data.data(), weight.data.data(), packed.data.data(), 64, 1e-5f, addsOne);
        gpu::rmsNormBackwardRow<1>(team, gradient.data.data(), x.data.data(), weight.data.data(), ofX.data.data(), 64,
                                   1e-5f, addsOne);
        gpu::rmsNormBackwardRow<4>(team, gradient.data.data(), x.data.data(), weight.data.data(), packedOfX.data.data(),
                                   64, 1e-5f, addsOne);
        const auto tensor = [](Aligned<float>& one) { return torch::from_blob(one.data.data(), {1, 64}); };
        torch::Tensor input = tensor(x).to(torch::kFloat64).set_requires_grad(true);
        const torch::Tensor normal = input * torch::rsqrt(input.square().mean(-1, true) + 1e-5);
        const torch::Tensor expected = normal * (tensor(weight).to(torch::kFloat64) + (addsOne ? 1 : 0));
        expected.backward(tensor(gradient).to(torch::kFloat64));
        for (Aligned<float>* const one : {&y, &packed})
            CHECK_NEAR((tensor(*one) - expected.detach()).abs().max().item<double>(), 0, 1e-5);
        for (Aligned<float>* const one : {&ofX, &packedOfX})
            CHECK_NEAR((tensor(*one) - input.grad()).abs().max().item<double>(), 0, 1e-5);
    }
}

HILO_TEST(crossEntropyRowsAsOnTheCpu)
{
    for (const float softcap : {0.0f, 3.0f}) {
        const std::vector<float> logits = values(60, 5, 3);
        std::vector<float> expected = logits;
        const std::int64_t label = 7;
        const double loss = gpu::cpu::crossEntropyRows(expected.data(), 1, 60, &label, softcap);
        Aligned<float> row;
        std::copy(logits.begin(), logits.end(), row.data.begin());
        CHECK_NEAR(gpu::crossEntropyRow<4>(team, row.data.data(), 60, label, softcap), loss, 1e-5);
        for (std::size_t i = 0; i < 60; ++i)
            CHECK_NEAR(row.data[i], expected[i], 1e-6);
        std::copy(logits.begin(), logits.end(), row.data.begin());
        CHECK_NEAR(gpu::crossEntropyRow<1>(team, row.data.data(), 60, label, softcap), loss, 1e-5);
    }
}

HILO_TEST(rowsWithoutALabelBecomeZeros)
{
    Aligned<float> row;
    row.data.fill(2);
    CHECK_EQ(gpu::crossEntropyRow<4>(team, row.data.data(), 60, -100, 0.0f), 0.0f);
    for (std::size_t i = 0; i < 60; ++i)
        CHECK_EQ(row.data[i], 0.0f);
    CHECK_EQ(row.data[60], 2.0f);
}

HILO_TEST(chunksOfARowGiveWhatTheRowGives)
{
    for (const float softcap : {0.0f, 3.0f})
        for (const std::int64_t label : {7, 59, -100}) {
            const std::vector<float> logits = values(60, 6, 3);
            std::vector<float> expected = logits;
            const double loss = gpu::cpu::crossEntropyRows(expected.data(), 1, 60, &label, softcap);
            float maximum = -std::numeric_limits<float>::infinity();
            float sum = 0;
            float ofLabel = 0;
            // Chunks of 24, 24 and 12 columns; the middle one without packs.
            Aligned<float> chunk;
            const auto load = [&](std::int64_t first) {
                const std::int64_t width = std::min<std::int64_t>(24, 60 - first);
                std::copy_n(logits.begin() + first, width, chunk.data.begin());
                return width;
            };
            for (std::int64_t first = 0; first < 60; first += 24) {
                const std::int64_t width = load(first);
                const gpu::RowSoftmax row{&maximum, &sum, &ofLabel};
                if (first == 24)
                    gpu::crossEntropyChunkRow<1>(team, chunk.data.data(), width, label, first, softcap, row);
                else
                    gpu::crossEntropyChunkRow<4>(team, chunk.data.data(), width, label, first, softcap, row);
            }
            const float logSum = std::log(sum) + maximum;
            CHECK_NEAR(label < 0 ? 0 : logSum - ofLabel, loss, 1e-5);
            for (std::int64_t first = 0; first < 60; first += 24) {
                const std::int64_t width = load(first);
                if (first == 24)
                    gpu::crossEntropyChunkGradientRow<1>(team, chunk.data.data(), width, label, first, softcap, logSum);
                else
                    gpu::crossEntropyChunkGradientRow<4>(team, chunk.data.data(), width, label, first, softcap, logSum);
                for (std::int64_t i = 0; i < width; ++i)
                    CHECK_NEAR(chunk.data[static_cast<std::size_t>(i)], expected[static_cast<std::size_t>(first + i)],
                               1e-6);
            }
        }
}

HILO_TEST(rotationBackIsTheInverse)
{
    float first = 0.3f;
    float second = -1.2f;
    gpu::rotatePair(first, second, std::cos(0.7f), std::sin(0.7f), false);
    CHECK_NEAR(first, 0.3 * std::cos(0.7) + 1.2 * std::sin(0.7), 1e-6);
    gpu::rotatePair(first, second, std::cos(0.7f), std::sin(0.7f), true);
    CHECK_NEAR(first, 0.3, 1e-6);
    CHECK_NEAR(second, -1.2, 1e-6);
}

HILO_TEST(slopesOfGatesAgreeWithDifferences)
{
    for (const gpu::GateKind kind : {gpu::GateKind::Silu, gpu::GateKind::GeluTanh, gpu::GateKind::GeluErf})
        for (float x = -4; x < 4; x += 0.37f) {
            const double difference =
                (static_cast<double>(gpu::gateOf(kind, x + 0.01f).value) - gpu::gateOf(kind, x - 0.01f).value) / 0.02;
            CHECK_NEAR(gpu::gateOf(kind, x).slope, difference, 2e-4);
        }
    CHECK_NEAR(gpu::gateOf(gpu::GateKind::Silu, -100).value, 0, 1e-6);
}

HILO_TEST(theMaskOfAnElementIsTheMaskOfItsDraw)
{
    const std::vector<float> ones(103, 1.0f);
    std::vector<float> expected(103);
    const gpu::DropoutMask mask = gpu::dropoutMask(0.3, 11);
    CHECK_EQ(mask.threshold, 19661u); // 0.3 in 1/65536
    CHECK_NEAR(mask.factor, 1 / 0.7, 1e-4);
    gpu::cpu::dropout(ones.data(), expected.data(), 103, mask);
    for (std::int64_t i = 0; i < 103; ++i) {
        CHECK_EQ(mask.of(i), expected[static_cast<std::size_t>(i)]);
        float four[4];
        mask.quad(i / 4, four);
        CHECK_EQ(four[i % 4], mask.of(i));
    }
}

HILO_TEST(adamwFollowsItsFormula)
{
    std::vector<float> parameters = values(9, 1), gradients = values(9, 2), first = values(9, 3), second(9, 0.2f);
    gpu::AdamwSettings settings;
    settings.weightDecay = 0.1;
    settings.step = 4;
    settings.gradientFactor = 0.5;
    const double correction1 = 1 - std::pow(0.9, 4);
    const double correction2 = 1 - std::pow(0.999, 4);
    std::vector<float> result = parameters, resultFirst = first, resultSecond = second;
    gpu::cpu::adamw(result.data(), gradients.data(), resultFirst.data(), resultSecond.data(), 9, settings);
    for (std::size_t i = 0; i < 9; ++i) {
        const double slope = gradients[i] * 0.5;
        const double mean = 0.9 * first[i] + (1 - 0.9) * slope;
        const double square = 0.999 * second[i] + (1 - 0.999) * slope * slope;
        const double expected =
            (1 - 1e-3 * 0.1) * parameters[i] - 1e-3 * (mean / correction1) / (std::sqrt(square / correction2) + 1e-8);
        CHECK_NEAR(result[i], expected, 1e-6);
        CHECK_NEAR(resultFirst[i], mean, 1e-6);
        CHECK_NEAR(resultSecond[i], square, 1e-6);
        const float moved =
            gpu::adamwElement(gpu::adamwConstants(settings), parameters[i], gradients[i] * 0.5f, first[i], second[i]);
        CHECK_EQ(moved, result[i]);
        CHECK_EQ(first[i], resultFirst[i]);
        CHECK_EQ(second[i], resultSecond[i]);
    }
    CHECK_NEAR(gpu::clipFactor(4, 1), 0.25, 1e-6);
    CHECK_EQ(gpu::clipFactor(0.5, 1), 1.0);
    CHECK_EQ(gpu::clipFactor(9, 0), 1.0);
}

HILO_TEST(tokensAreRoutedAsOnTheCpu)
{
    gpu::RoutingPlan plan;
    plan.modules = {{0, 3, 2, 0, 2, false}, {3, 1, 0, -1, 1, false}, {4, 4, 0, 5, 1, true}};
    for (const std::int64_t rank : {2, 1, 3, 4, 1, 1, 2, 2}) {
        plan.experts.push_back({plan.ranks, plan.ranks + rank, 0.25f * static_cast<float>(plan.ranks + 1)});
        plan.ranks += rank;
    }
    plan.logits = 9;
    const gpu::RoutingTables tables = gpu::RoutingTables::of(plan, torch::kCPU);
    const gpu::PlanView view = gpu::planView(tables.words, tables.scales);
    const std::int64_t tokens = 40;
    const std::vector<float> shrunk = values(static_cast<std::size_t>(tokens * plan.ranks), 21);
    std::vector<float> logits = values(static_cast<std::size_t>(tokens * plan.logits), 22);
    logits[1] = logits[0]; // equal: the first wins
    const std::vector<float> slope = values(shrunk.size(), 23), slopes = values(9, 24);
    std::vector<float> gates(logits.size()), weighted(shrunk.size()), ofShrunk(shrunk.size()), ofLogits(logits.size());
    gpu::cpu::RoutingCounts counts;
    gpu::cpu::routeForward(view, tokens, shrunk.data(), plan.ranks, logits.data(), 9, gates.data(), weighted.data(),
                           &counts);
    gpu::cpu::routeBackward(view, tokens, shrunk.data(), plan.ranks, logits.data(), 9, gates.data(), slope.data(),
                            slopes.data(), {weighted.data(), ofShrunk.data(), plan.ranks, ofLogits.data(), 9});
    std::vector<double> chosen(9), probability(9);
    for (std::size_t token = 0; token < static_cast<std::size_t>(tokens); ++token) {
        const float* const row = logits.data() + token * 9;
        const float* const value = shrunk.data() + token * static_cast<std::size_t>(plan.ranks);
        const float* const slopeRow = slope.data() + token * static_cast<std::size_t>(plan.ranks);
        std::array<float, 9> own{}, slots{}, shares{}, gateSlopes{}, gradient{};
        for (int module = 0; module < 3; ++module)
            gpu::chooseOfToken(view, module, row, own.data(), slots.data(), shares.data());
        for (std::size_t i = 0; i < 9; ++i) {
            CHECK_NEAR(own[i], gates[token * 9 + i], 1e-6);
            chosen[i] += slots[i];
            probability[i] += shares[i];
        }
        for (int expert = 0; expert < view.experts(); ++expert)
            if (view.expert(expert)[2] >= 0)
                gateSlopes[static_cast<std::size_t>(view.expert(expert)[2])] =
                    gpu::gateSlope(view, expert, own.data(), slopeRow, value);
        for (int module = 0; module < 3; ++module)
            gpu::logitGradients(view, module, row, own.data(), gateSlopes.data(), slopes.data(), gradient.data());
        for (std::size_t i = 0; i < 9; ++i)
            CHECK_NEAR(gradient[i], ofLogits[token * 9 + i], 1e-5);
        for (int column = 0; column < view.ranks(); ++column) {
            const auto place = token * static_cast<std::size_t>(plan.ranks) + static_cast<std::size_t>(column);
            CHECK_NEAR(value[column] * view.weight(column, own.data()), weighted[place], 1e-5);
            CHECK_NEAR(slopeRow[column] * view.weight(column, own.data()), ofShrunk[place], 1e-5);
        }
    }
    for (std::size_t i = 0; i < 9; ++i) {
        CHECK_EQ(chosen[i], counts.chosen[i]);
        CHECK_NEAR(probability[i], counts.probability[i], 1e-4);
    }
}

HILO_TEST(balancedLayersLoseOne)
{
    // Two modules of 2 experts, one of 2 with 2 nulls, one that did not run.
    const std::vector<std::int32_t> record{4, 0, 2, 2, 2, 2, 2, 4, 4, 2, 8, 2, 2};
    std::vector<double> chosen{5, 5, 5, 5, 5, 5, 5, 5, 0, 0}, probability{5, 5, 5, 5, 2.5, 2.5, 2.5, 2.5, 0, 0};
    std::vector<float> slopes(10, -1.0f);
    CHECK_NEAR(gpu::balanceLayer(record.data(), chosen.data(), probability.data(), 10, slopes.data()), 1, 1e-12);
    // 2/3 of the modules: 2 choices · 1/2 / 20 rows; 1/3: 4 choices · 1/4 / 10 rows.
    CHECK_NEAR(slopes[0], 2.0 / 3 / 20, 1e-7);
    CHECK_NEAR(slopes[4], 1.0 / 3 / 10, 1e-7);
    // Only the total of the nulls counts: their shares are replaced by the mean.
    chosen = {5, 5, 5, 5, 6, 6, 8, 0, 0, 0};
    gpu::balanceLayer(record.data(), chosen.data(), probability.data(), 10, slopes.data());
    CHECK_NEAR(slopes[6], slopes[7], 0);
    CHECK_NEAR(slopes[6], 1.0 / 3 * 4 * (8.0 / 20 / 2) / 10, 1e-7);
    // All of one module's tokens on one expert, surely: the worst value, the number of experts.
    const std::vector<std::int32_t> single{1, 0, 4, 4};
    chosen = {10, 0, 0, 0};
    probability = {10, 0, 0, 0};
    CHECK_NEAR(gpu::balanceLayer(single.data(), chosen.data(), probability.data(), 10, slopes.data()), 4, 1e-12);
}

HILO_TEST(everyE4m3NumberComesBack)
{
    CHECK_EQ(gpu::e4m3ToFloat(0x7e), 448.0f);
    CHECK_EQ(gpu::e4m3ToFloat(0x38), 1.0f);
    CHECK_EQ(gpu::e4m3ToFloat(0x01), 0.001953125f);
    CHECK(std::isnan(gpu::e4m3ToFloat(0x7f)));
    for (int code = 0; code < 256; ++code) {
        const float value = gpu::e4m3ToFloat(static_cast<std::uint8_t>(code));
        if (!std::isnan(value) && !(code == 0x80))
            CHECK_EQ(static_cast<int>(gpu::floatToE4m3(value)), code);
    }
    // Halfway between two neighbours: the even one. Beyond the largest: the largest.
    CHECK_EQ(gpu::e4m3ToFloat(gpu::floatToE4m3(1.0625f)), 1.0f);
    CHECK_EQ(gpu::e4m3ToFloat(gpu::floatToE4m3(1.1875f)), 1.25f);
    CHECK_EQ(gpu::e4m3ToFloat(gpu::floatToE4m3(15.9f)), 16.0f);
    CHECK_EQ(gpu::e4m3ToFloat(gpu::floatToE4m3(-1000.0f)), -448.0f);
    CHECK_EQ(gpu::e4m3ToFloat(gpu::floatToE4m3(0.0155f)), 0.015625f);
}
