// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "engine/model/rope.h"
#include "support/testing.h"

#include <cmath>

using namespace hilo;
using namespace hilo::testing;

namespace {

ModelConfig configWith(const RopeConfig& rope, std::int64_t dimension)
{
    ModelConfig config = loadFixture("llama")->config();
    config.rope = rope;
    config.headDimension = dimension;
    return config;
}

} // namespace

HILO_TEST(plainFrequenciesAreAGeometricSeries)
{
    const auto rope = ropeFrequencies(configWith({}, 8), 10);
    CHECK_EQ(rope.frequencies.size(), 4u);
    for (int i = 0; i < 4; ++i)
        CHECK_NEAR(rope.frequencies[static_cast<std::size_t>(i)], std::pow(1e4, -i / 4.0), 1e-12);
    CHECK_EQ(rope.attentionFactor, 1.0);
}

HILO_TEST(linearScalingDividesEveryFrequency)
{
    RopeConfig scaled;
    scaled.kind = RopeKind::Linear;
    scaled.factor = 4;
    const auto rope = ropeFrequencies(configWith(scaled, 8), 10);
    CHECK_NEAR(rope.frequencies[0], 0.25, 1e-12);
}

HILO_TEST(llama3ScalingKeepsHighFrequenciesAndDividesLowOnes)
{
    // Llama-3.1: theta 500000, factor 8, low 1, high 4, original 8192, head dimension 128.
    RopeConfig scaled;
    scaled.theta = 500000;
    scaled.kind = RopeKind::Llama3;
    scaled.factor = 8;
    scaled.lowFrequencyFactor = 1;
    scaled.highFrequencyFactor = 4;
    scaled.originalMaximumPositions = 8192;
    const auto rope = ropeFrequencies(configWith(scaled, 128), 10);
    CHECK_NEAR(rope.frequencies[0], 1, 1e-12);
    CHECK_NEAR(rope.frequencies[63] / (std::pow(500000.0, -63 / 64.0) / 8), 1, 1e-9);
    for (std::size_t i = 1; i < 64; ++i)
        CHECK(rope.frequencies[i] < rope.frequencies[i - 1]);
}

HILO_TEST(factorsOfAGgufFileDivide)
{
    RopeConfig scaled;
    scaled.kind = RopeKind::Factors;
    scaled.factors = {1, 2, 4, 8};
    const auto rope = ropeFrequencies(configWith(scaled, 8), 10);
    CHECK_NEAR(rope.frequencies[3], std::pow(1e4, -0.75) / 8, 1e-15);
}
