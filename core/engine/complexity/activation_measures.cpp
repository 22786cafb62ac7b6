// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/activation_measures.h"

#include "engine/complexity/spectrum_measures.h"

#include <cmath>
#include <limits>

namespace hilo {

using torch::Tensor;

namespace {

double squaredNorm(const Tensor& x)
{
    return x.to(torch::kFloat64).square().sum().item<double>();
}

} // namespace

Moments Moments::of(std::int64_t width, bool withProducts, torch::Device device)
{
    const auto options = torch::TensorOptions(torch::kFloat32).device(device);
    Moments moments;
    if (withProducts)
        moments.products = torch::zeros({width, width}, options);
    moments.squares = torch::zeros({width}, options);
    moments.sum = torch::zeros({width}, options.dtype(torch::kFloat64));
    return moments;
}

void Moments::add(const Tensor& x)
{
    if (products.defined())
        products.addmm_(x.t(), x);
    squares += x.square().sum(0);
    sum += x.sum(0, false, torch::kFloat64);
    count += x.size(0);
}

Moments Moments::operator+(const Moments& other) const
{
    Moments both;
    if (products.defined())
        both.products = products + other.products;
    both.squares = squares + other.squares;
    both.sum = sum + other.sum;
    both.count = count + other.count;
    return both;
}

Tensor Moments::centred() const
{
    // In float64: where the mean is large, little is left of large numbers.
    const Tensor mean = sum / std::sqrt(static_cast<double>(std::max<std::int64_t>(count, 1)));
    return (products.to(torch::kFloat64) - torch::outer(mean, mean)).to(torch::kFloat32);
}

double linearCka(const Moments& x, const Moments& y, const Tensor& cross)
{
    const auto count = static_cast<double>(std::max<std::int64_t>(x.count, 1));
    const Tensor centred = cross.to(torch::kFloat64) - torch::outer(x.sum, y.sum) / count;
    const double first = std::sqrt(squaredNorm(x.centred()));
    const double second = std::sqrt(squaredNorm(y.centred()));
    // What rounding leaves of a constant is no variance.
    const auto varies = [](double norm, const Moments& of) {
        return norm > 1e-6 * std::sqrt(squaredNorm(of.products));
    };
    return varies(first, x) && varies(second, y) ? squaredNorm(centred) / (first * second) : notDefined;
}

double cosineSum(const Tensor& x, const Tensor& y)
{
    const Tensor products = (x * y).sum(1, false, torch::kFloat64);
    const Tensor norms = (x.square().sum(1, false, torch::kFloat64) * y.square().sum(1, false, torch::kFloat64)).sqrt();
    return torch::where(norms > 0, products / norms.clamp_min(1e-300), torch::ones_like(norms)).sum().item<double>();
}

Tensor squaredDistances(const Tensor& points)
{
    // Centred first: the products of a common offset would drown the differences.
    Tensor wide = points.to(torch::kFloat64);
    wide = wide - wide.mean(0, true);
    const Tensor norms = wide.square().sum(1);
    return torch::addmm(norms.unsqueeze(0), wide, wide.t(), 1, -2).add_(norms.unsqueeze(1)).clamp_min_(0);
}

double intrinsicDimension(const Tensor& squaredDistances)
{
    if (squaredDistances.size(0) < 3)
        return notDefined;
    Tensor distances = squaredDistances.clone();
    distances.fill_diagonal_(std::numeric_limits<double>::infinity());
    // Rounding makes the distance of equal points a little more than 0.
    const double scale = squaredDistances.mean().item<double>();
    const Tensor nearest = std::get<0>(distances.topk(2, 1, false, true));
    const Tensor kept = nearest.select(1, 0) > 1e-12 * scale;
    const auto count = static_cast<double>(kept.sum().item<std::int64_t>());
    // ln(r2 / r1) is half of the logarithm of the squares' ratio.
    const Tensor logs = torch::log(nearest.select(1, 1) / nearest.select(1, 0)) / 2;
    const double sum = logs.masked_select(kept).sum().item<double>();
    return count >= 3 && sum > 0 ? (count - 1) / sum : notDefined;
}

double outlierRatio(const Tensor& weight, const Tensor& norms, double times)
{
    const Tensor entries = weight.to(torch::kFloat32).abs() * norms.to(torch::kFloat32).unsqueeze(0);
    const double mean = entries.mean(torch::kFloat64).item<double>();
    return entries.gt(times * mean).to(torch::kFloat64).mean().item<double>();
}

double entropySum(const Tensor& x)
{
    const Tensor logs = torch::log_softmax(x.abs(), 1);
    return -(logs.exp() * logs).sum(torch::kFloat64).item<double>();
}

} // namespace hilo
