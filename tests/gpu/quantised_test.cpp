// SPDX-License-Identifier: GPL-3.0-or-later
#include "device_under_test.h"

#include "gpu/operators/quantised.h"

#include <set>

using namespace hilo;
using namespace hilo::testing;
using gpu::WeightFormat;
using torch::Tensor;

namespace {

/// Root of the mean square of the error, as a share of the values'.
double roundTripError(const Tensor& weight, WeightFormat format)
{
    const Tensor back = gpu::dequantise(gpu::quantise(weight, format).to(deviceUnderTest()), torch::kFloat32);
    return ((back.to(torch::kCPU) - weight).norm() / weight.norm()).item<double>();
}

} // namespace

HILO_TEST(theLevelsOfNormalFloatAreThePapers)
{
    // 2305.14314, appendix E.
    const std::vector<double> levels{-1.0,
                                     -0.6961928009986877,
                                     -0.5250730514526367,
                                     -0.39491748809814453,
                                     -0.28444138169288635,
                                     -0.18477343022823334,
                                     -0.09105003625154495,
                                     0.0,
                                     0.07958029955625534,
                                     0.16093020141124725,
                                     0.24611230194568634,
                                     0.33791524171829224,
                                     0.44070982933044434,
                                     0.5626170039176941,
                                     0.7229568362236023,
                                     1.0};
    for (int code = 0; code < 16; ++code)
        CHECK_NEAR(gpu::nf4Level(code), levels[static_cast<std::size_t>(code)], 1e-7);
    // They are quantiles of N(0, 1) between the offset 0.9677083 and a half, eight above zero, seven below, scaled.
    const double offset = 0.9677083;
    const auto quantile = [](double p) {
        return torch::erfinv(torch::full({}, 2 * p - 1, torch::kFloat64)).item<double>() * std::sqrt(2.0);
    };
    for (int i = 0; i < 8; ++i)
        CHECK_NEAR(gpu::nf4Level(15 - i), quantile(offset + (0.5 - offset) * i / 8) / quantile(offset), 1e-4);
    for (int i = 0; i < 7; ++i)
        CHECK_NEAR(gpu::nf4Level(i), -quantile(offset + (0.5 - offset) * i / 7) / quantile(offset), 1e-4);
}

HILO_TEST(theMapOfScalesIsAscendingAndHolds256Numbers)
{
    std::array<float, 256> map{};
    gpu::fillDynamicMap(map.data());
    for (std::size_t i = 0; i + 1 < map.size(); ++i)
        CHECK(map[i] < map[i + 1]);
    CHECK_EQ(map[127], 0.0f);
    CHECK_EQ(map[255], 1.0f);
    CHECK_NEAR(map[0], -0.9929687, 1e-6);
    CHECK_NEAR(map[128], 5.5e-7, 1e-12);
}

HILO_TEST(valuesThatAreLevelsComeBackAndZeroStaysZero)
{
    const torch::Device device = deviceUnderTest();
    // All blocks alike: their largest value is the mean, which the double quantisation holds exactly.
    std::vector<float> values;
    for (int i = 0; i < 4 * 64; ++i)
        values.push_back(2 * gpu::nf4Level(i % 16));
    const Tensor weight = torch::tensor(values).view({4, 64});
    const gpu::QuantisedWeight nf4 = gpu::quantise(weight, WeightFormat::Nf4);
    CHECK_NEAR((gpu::dequantise(nf4.to(device), torch::kFloat32).to(torch::kCPU) - weight).abs().max().item<double>(),
               0, 1e-6);
    // First value in the high half of a byte.
    CHECK_EQ(static_cast<int>(nf4.codes[0].item<std::uint8_t>()), 0x01);
    CHECK_EQ(static_cast<int>(nf4.codes[7].item<std::uint8_t>()), 0xef);
    const Tensor zero = torch::zeros({3, 70});
    for (const WeightFormat format : {WeightFormat::Nf4, WeightFormat::Int8, WeightFormat::E4m3})
        CHECK_EQ(gpu::dequantise(gpu::quantise(zero, format).to(device), torch::kFloat32).abs().max().item<double>(),
                 0.0);
}

HILO_TEST(roundTripsOfNormalWeightsLoseWhatTheirBitsLose)
{
    torch::manual_seed(1);
    const Tensor weight = torch::randn({128, 192}) * 0.02;
    const double nf4 = roundTripError(weight, WeightFormat::Nf4);
    const double int8 = roundTripError(weight, WeightFormat::Int8);
    const double e4m3 = roundTripError(weight, WeightFormat::E4m3);
    CHECK(nf4 > 0.05 && nf4 < 0.11);
    CHECK(int8 > 0.003 && int8 < 0.012);
    CHECK(e4m3 > 0.015 && e4m3 < 0.035);
    CHECK_EQ(gpu::quantise(weight, WeightFormat::Nf4).bytes(),
             128 * 192 / 2 + 128 * 192 / 64 + 2 * 4 + gpu::nf4Table * 4);
    CHECK_EQ(gpu::quantise(weight, WeightFormat::Int8).bytes(), 128 * 192 + 128 * 4);
}

HILO_TEST(productsWithQuantisedWeightsAndTheirGradients)
{
    const torch::Device device = deviceUnderTest();
    torch::manual_seed(2);
    // Few tokens and many, sizes that fill tiles and sizes that do not.
    for (const auto& [tokens, rows, columns] :
         {std::tuple<std::int64_t, std::int64_t, std::int64_t>{1, 8, 16}, {5, 70, 33}, {100, 96, 128}, {200, 130, 72}})
        for (const WeightFormat format : {WeightFormat::Nf4, WeightFormat::Int8, WeightFormat::E4m3})
            for (const torch::Dtype type : {torch::kFloat32, torch::kFloat16, torch::kBFloat16}) {
                if (type == torch::kFloat16 && tokens > 128 && !deviceMultipliesHalves)
                    continue;
                const gpu::QuantisedWeight weight = gpu::quantise(torch::randn({rows, columns}) * 0.2, format);
                const Tensor wide = gpu::dequantise(weight, torch::kFloat32).to(torch::kFloat64);
                Operand x({tokens, columns}, type, device);
                const Operand slope({tokens, rows}, type, device);
                const Tensor y = gpu::quantisedLinear(x.value, weight.to(device));
                const Tensor expected = torch::mm(x.reference, wide.t());
                CHECK(y.scalar_type() == type);
                // On Hopper x is rounded to e4m3 too.
                const double tolerance =
                    format == WeightFormat::E4m3 && device.is_cuda() ? 0.06 : 2 * toleranceOf(type);
                CHECK_NEAR(errorOf(y, expected), 0, tolerance);
                y.backward(slope.value);
                expected.backward(slope.reference);
                CHECK_NEAR(errorOf(x.value.grad(), x.reference.grad()), 0, 2 * toleranceOf(type));
            }
}
