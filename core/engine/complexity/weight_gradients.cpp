// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/weight_gradients.h"

#include "engine/complexity/signal_set.h"
#include "engine/complexity/spectrum_means.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

constexpr std::size_t listedValues = 256;
constexpr double ridge = 1e-3;

} // namespace

WeightGradientMeasure::WeightGradientMeasure(std::int64_t firstHalf, const std::set<std::string>& wanted)
    : firstHalf_(firstHalf), wanted_(wanted)
{
}

bool WeightGradientMeasure::wantsInfluence() const
{
    return std::any_of(wanted_.begin(), wanted_.end(),
                       [](const std::string& name) { return name.starts_with("influence"); });
}

std::array<double, 3> WeightGradientMeasure::meanOverHalves(const std::vector<double>& perSample) const
{
    const double first = std::accumulate(perSample.begin(), perSample.begin() + firstHalf_, 0.0);
    const double second = std::accumulate(perSample.begin() + firstHalf_, perSample.end(), 0.0);
    const auto count = static_cast<double>(perSample.size());
    const auto firstCount = static_cast<double>(firstHalf_);
    return {first / firstCount, second / (count - firstCount), (first + second) / count};
}

std::array<Tensor, 3> WeightGradientMeasure::meanGradients(const TokenGradients& training) const
{
    const Tensor first = gradientSum(training.slice(0, firstHalf_));
    const Tensor second = gradientSum(training.slice(firstHalf_, training.samples()));
    const auto count = static_cast<double>(training.samples());
    const auto firstCount = static_cast<double>(firstHalf_);
    return {first / firstCount, second / (count - firstCount), (first + second) / count};
}

WeightGradients WeightGradientMeasure::of(const ModuleShape& shape, const Tensor& weight,
                                          const TokenGradients& training, const TokenGradients& validation,
                                          InputFactors& factors)
{
    WeightGradients result;
    std::vector<double> norms;
    if (wants("squared_gradient") || wants("fisher") || wantsInfluence()) {
        const Stopwatch cost;
        norms = squaredNorms(training);
        const std::array<double, 3> means = meanOverHalves(norms);
        const auto size = static_cast<double>(shape.in * shape.out);
        result.values["squared_gradient"] = means;
        result.values["fisher"] = {means[0] / size, means[1] / size, means[2] / size};
        costs_["squared_gradient"] += cost.seconds();
        costs_["fisher"] += cost.seconds();
    }
    std::array<Tensor, 3> gradients;
    if (wants("weight_gradient") || wants("gradient_norm"))
        gradients = meanGradients(training);
    if (wants("gradient_norm")) {
        const Stopwatch cost;
        std::array<double, 3>& parts = result.values["gradient_norm"];
        for (std::size_t part = 0; part < parts.size(); ++part)
            parts[part] = gradients[part].norm().item<double>();
        costs_["gradient_norm"] += cost.seconds();
    }
    if (wants("weight_gradient")) {
        const Stopwatch cost;
        std::array<double, 3>& parts = result.values["weight_gradient"];
        for (std::size_t part = 0; part < parts.size(); ++part)
            parts[part] = (weight.to(torch::kFloat32) * gradients[part]).abs().mean(torch::kFloat64).item<double>();
        costs_["weight_gradient"] += cost.seconds();
    }
    if (wants("whitened_gradient")) {
        const Stopwatch cost;
        addWhitened(training, factors, result);
        costs_["whitened_gradient"] += cost.seconds();
    }
    if (wantsInfluence()) {
        const Stopwatch cost;
        addInfluence(training, validation, norms, result);
        costs_["influence"] += cost.seconds();
    }
    return result;
}

void WeightGradientMeasure::addWhitened(const TokenGradients& training, InputFactors& factors,
                                        WeightGradients& result) const
{
    std::array<double, 3>& parts = result.values["whitened_gradient"];
    if (training.input.size(0) == 0)
        return;
    const std::array<Tensor, 3> gradients = meanGradients(training);
    if (!factors[0].defined()) {
        const std::int64_t middle = training.starts[static_cast<std::size_t>(firstHalf_)];
        factors = {inputFactor(training.input.slice(0, 0, middle), ridge),
                   inputFactor(training.input.slice(0, middle), ridge), inputFactor(training.input, ridge)};
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (part != wholeData) {
            // Half of the data only needs the norm: ||G L⁻ᵀ||.
            const Tensor whitened = torch::linalg_solve_triangular(
                factors[part], gradients[part].to(torch::kFloat64).t().contiguous(), false);
            parts[part] = whitened.norm().item<double>();
            continue;
        }
        result.spectrum = whitenedSpectrum(gradients[part], factors[part]);
        result.spectrumTotal = std::accumulate(result.spectrum.begin(), result.spectrum.end(), 0.0);
        parts[part] = std::sqrt(result.spectrumTotal);
        result.spectrum.resize(std::min(result.spectrum.size(), listedValues));
    }
}

void WeightGradientMeasure::addInfluence(const TokenGradients& training, const TokenGradients& validation,
                                         const std::vector<double>& norms, WeightGradients& result) const
{
    const Tensor gradient = gradientSum(validation) / static_cast<double>(validation.samples());
    result.influences = dataInfluences(training, norms, gradient);
    const auto& all = result.influences;
    const double first = std::accumulate(all.begin(), all.begin() + firstHalf_, 0.0);
    const double sum = std::accumulate(all.begin(), all.end(), 0.0);
    result.values["influence"] = {first, sum - first, sum};
}

WeightGradients meanOfExperts(const std::vector<WeightGradients>& experts)
{
    WeightGradients mean;
    const auto count = static_cast<double>(experts.size());
    std::vector<std::vector<double>> spectra;
    for (const WeightGradients& expert : experts) {
        for (const auto& [name, parts] : expert.values)
            for (std::size_t part = 0; part < parts.size(); ++part)
                mean.values[name][part] += parts[part] / count;
        spectra.push_back(expert.spectrum);
        mean.spectrumTotal += expert.spectrumTotal / count;
        mean.influences.resize(expert.influences.size());
        for (std::size_t sample = 0; sample < expert.influences.size(); ++sample)
            mean.influences[sample] += expert.influences[sample] / count;
    }
    mean.spectrum = meanSpectrum(spectra, std::vector<double>(experts.size(), 1));
    return mean;
}

} // namespace hilo
