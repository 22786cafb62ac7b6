// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "engine/model/rope.h"
#include "support/testing.h"

#include <algorithm>
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

RopeFrequencies frequenciesOf(const ModelConfig& config, std::int64_t length)
{
    return ropeFrequencies(config, config.rope, length);
}

} // namespace

HILO_TEST(plainFrequenciesAreAGeometricSeries)
{
    const auto rope = frequenciesOf(configWith({}, 8), 10);
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
    const auto rope = frequenciesOf(configWith(scaled, 8), 10);
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
    const auto rope = frequenciesOf(configWith(scaled, 128), 10);
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
    const auto rope = frequenciesOf(configWith(scaled, 8), 10);
    CHECK_NEAR(rope.frequencies[3], std::pow(1e4, -0.75) / 8, 1e-15);
}

HILO_TEST(yarnBlendsOverWholeDimensionsUnlessItShallNot)
{
    RopeConfig scaled;
    scaled.kind = RopeKind::Yarn;
    scaled.factor = 16;
    scaled.originalMaximumPositions = 32;
    const auto whole = frequenciesOf(configWith(scaled, 32), 10);
    CHECK_NEAR(whole.attentionFactor, 0.1 * std::log(16.0) + 1, 1e-12);
    // transformers 5.24 with theta 10000 and 16 frequencies: the ramp goes from 0 to 3, or to 2.8274... when it is not
    // rounded (32 ln(32 / (2 pi)) / (2 ln 10000)).
    const double end = 32 * std::log(32 / (2 * std::acos(-1.0))) / (2 * std::log(1e4));
    const auto expected = [](int j, double high) {
        const double plain = std::pow(1e4, -j / 16.0);
        const double share = std::min(j / high, 1.0);
        return plain / 16 * share + plain * (1 - share);
    };
    scaled.truncate = false;
    scaled.attentionFactor = 1;
    const auto exact = frequenciesOf(configWith(scaled, 32), 10);
    CHECK_EQ(exact.attentionFactor, 1);
    for (int j = 0; j < 16; ++j) {
        CHECK_NEAR(whole.frequencies[static_cast<std::size_t>(j)], expected(j, 3), 1e-9);
        CHECK_NEAR(exact.frequencies[static_cast<std::size_t>(j)], expected(j, end), 1e-9);
    }
}
