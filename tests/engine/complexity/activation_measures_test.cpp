// SPDX-License-Identifier: GPL-3.0-or-later
// Values that follow from the definitions (allocation/signal_catalogue.cpp).
#include "engine/base/eigenvalues.h"
#include "engine/complexity/activation_measures.h"
#include "engine/complexity/spectrum_measures.h"
#include "support/testing.h"

#include <ATen/CPUGeneratorImpl.h>

using namespace hilo;
using torch::Tensor;

namespace {

Tensor noise(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    return torch::randn({rows, columns}, at::detail::createCPUGenerator(seed));
}

Tensor orthogonal(std::int64_t size, std::uint64_t seed)
{
    return std::get<0>(torch::linalg_qr(noise(size, size, seed)));
}

double ckaOf(const Tensor& x, const Tensor& y)
{
    Moments ofX = Moments::of(x.size(1), true, x.device());
    Moments ofY = Moments::of(y.size(1), true, y.device());
    ofX.add(x.to(torch::kFloat32));
    ofY.add(y.to(torch::kFloat32));
    return linearCka(ofX, ofY, torch::mm(x.to(torch::kFloat32).t(), y.to(torch::kFloat32)));
}

double dimensionOf(const Tensor& points)
{
    return intrinsicDimension(squaredDistances(points));
}

} // namespace

HILO_TEST(twoNnOfASquareInTenDimensions)
{
    const Tensor flat = torch::rand({2000, 2}, at::detail::createCPUGenerator(std::uint64_t{4}));
    const Tensor points = torch::mm(torch::cat({flat, torch::zeros({2000, 8})}, 1), orthogonal(10, 5)) + 3;
    CHECK_NEAR(dimensionOf(points), 2, 0.15);
    CHECK_NEAR(dimensionOf(noise(2000, 5, 6)), 5, 0.6);
    // Scale and place do not matter, and a point that is there twice is left out.
    const Tensor moved = torch::cat({points * 1000 - 5e4, points.slice(0, 0, 1) * 1000 - 5e4});
    CHECK_NEAR(dimensionOf(moved.to(torch::kFloat64)), dimensionOf(points.slice(0, 1)), 0.1);
    CHECK(std::isnan(dimensionOf(noise(2, 3, 1))));
}

HILO_TEST(ckaIsOneUpToRotationAndScale)
{
    const Tensor x = noise(300, 8, 1) + 2;
    CHECK_NEAR(ckaOf(x, torch::mm(x, orthogonal(8, 2))), 1, 1e-5);
    CHECK_NEAR(ckaOf(x, x * 7 - 3), 1, 1e-5);
    CHECK(ckaOf(x, noise(300, 8, 3)) < 0.1);
    CHECK(std::isnan(ckaOf(x, torch::ones({300, 4}))));
}

HILO_TEST(blockInfluenceOfTheIdentityIsZero)
{
    const Tensor x = noise(50, 6, 9);
    CHECK_NEAR(1 - cosineSum(x, x * 3) / 50, 0, 1e-6);
    CHECK_NEAR(1 - cosineSum(x, -x) / 50, 2, 1e-6);
    CHECK_NEAR(cosineSum(torch::zeros({4, 3}), torch::zeros({4, 3})), 4, 1e-12);
}

HILO_TEST(momentsGiveTheCovariance)
{
    const Tensor x = noise(400, 5, 11) + torch::arange(5).to(torch::kFloat32) * 10;
    Moments first = Moments::of(5, true, torch::kCPU);
    Moments second = Moments::of(5, true, torch::kCPU);
    first.add(x.slice(0, 0, 150));
    second.add(x.slice(0, 150, 270));
    second.add(x.slice(0, 270));
    const Moments both = first + second;
    CHECK_EQ(both.count, 400);
    const Tensor centred = x.to(torch::kFloat64) - x.to(torch::kFloat64).mean(0, true);
    const Tensor expected = torch::mm(centred.t(), centred);
    CHECK((both.centred() - expected).abs().max().item<double>() < 0.5);
    CHECK((both.squares - x.square().sum(0)).abs().max().item<double>() < 0.5);
    // An isotropic cloud of width 5 has effective rank 5.
    Moments cloud = Moments::of(5, true, torch::kCPU);
    cloud.add(noise(20000, 5, 12));
    CHECK_NEAR(entropyRank(eigenvalues(cloud.centred())), 5, 0.01);
}

HILO_TEST(outliersAreCountedAgainstTheMean)
{
    // Entries norm_j |W_ij|: fifteen of 1 and one of 100; the mean is 7.1875, and 5 times that lies below 100.
    Tensor weight = torch::ones({2, 8});
    weight[1][3] = -50;
    Tensor norms = torch::ones({8});
    CHECK_NEAR(outlierRatio(weight, norms, 5), 1.0 / 16, 1e-12);
    CHECK_NEAR(outlierRatio(torch::ones({2, 8}), norms, 5), 0, 1e-12);
    // Input features count by their norm: feature 2 at 100 makes two of sixteen.
    norms[2] = 1000;
    CHECK_NEAR(outlierRatio(torch::ones({2, 8}), norms, 5), 2.0 / 16, 1e-12);
}

HILO_TEST(entropyIsThatOfTheSoftmaxOfTheSizes)
{
    CHECK_NEAR(entropySum(torch::full({3, 16}, -2.0F)) / 3, std::log(16.0), 1e-5);
    const Tensor peaked = torch::zeros({1, 16});
    peaked[0][5] = -60;
    CHECK_NEAR(entropySum(peaked), 0, 1e-5);
}
