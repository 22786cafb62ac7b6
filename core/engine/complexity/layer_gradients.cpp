// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/layer_gradients.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

constexpr std::size_t listedValues = 256;
constexpr double ridge = 1e-3;
constexpr const char* influenceNames[] = {"influence", "influence_helpful", "influence_top_quarter"};

/// Sum, sum of the helpful ones turned round, and of the most helpful quarter.
std::array<double, 3> pools(std::vector<double> influences)
{
    std::array<double, 3> sums{};
    for (double& value : influences) {
        sums[0] += value;
        value = std::max(0.0, -value);
        sums[1] += value;
    }
    std::sort(influences.begin(), influences.end(), std::greater<>());
    const std::size_t quarter = (influences.size() + 3) / 4;
    for (std::size_t index = 0; index < quarter; ++index)
        sums[2] += influences[index];
    return sums;
}

} // namespace

LayerGradients::LayerGradients(ModuleGrid modules, std::int64_t firstHalf, const std::set<std::string>& wanted)
    : modules_(std::move(modules)), firstHalf_(firstHalf), wanted_(wanted)
{
}

void LayerGradients::put(const std::string& name, const std::string& module, std::int64_t layer,
                         const std::array<double, 3>& parts, const Stopwatch& cost)
{
    for (std::size_t part = 0; part < parts.size(); ++part) {
        SignalValues& values = values_[name][part];
        if (module.empty()) {
            values.layers.resize(modules_.layers());
            values.layers[static_cast<std::size_t>(layer)] = parts[part];
        } else {
            values.put(module, layer, parts[part]);
        }
        finite_ = finite_ && (part != wholeData || std::isfinite(parts[part]));
    }
    costs_[name] += cost.seconds();
}

std::array<double, 3> LayerGradients::meanOverHalves(const std::vector<double>& perSample) const
{
    const double first = std::accumulate(perSample.begin(), perSample.begin() + firstHalf_, 0.0);
    const double second = std::accumulate(perSample.begin() + firstHalf_, perSample.end(), 0.0);
    const auto count = static_cast<double>(perSample.size());
    const auto firstCount = static_cast<double>(firstHalf_);
    return {first / firstCount, second / (count - firstCount), (first + second) / count};
}

std::array<Tensor, 3> LayerGradients::meanGradients(const TokenGradients& training) const
{
    const Tensor first = gradientSum(training.slice(0, firstHalf_));
    const Tensor second = gradientSum(training.slice(firstHalf_, training.samples()));
    const auto count = static_cast<double>(training.samples());
    const auto firstCount = static_cast<double>(firstHalf_);
    return {first / firstCount, second / (count - firstCount), (first + second) / count};
}

void LayerGradients::addModule(std::int64_t layer, const ModuleShape& shape, const Tensor& weight,
                               const TokenGradients& training, const TokenGradients& validation)
{
    const bool influence = std::any_of(std::begin(influenceNames), std::end(influenceNames),
                                       [this](const char* name) { return wants(name); });
    std::vector<double> norms;
    if (wants("squared_gradient") || wants("fisher") || influence) {
        const Stopwatch cost;
        norms = squaredNorms(training);
        const std::array<double, 3> means = meanOverHalves(norms);
        const auto size = static_cast<double>(shape.in * shape.out);
        put("squared_gradient", shape.name, layer, means, cost);
        put("fisher", shape.name, layer, {means[0] / size, means[1] / size, means[2] / size}, cost);
    }
    if (wants("weight_gradient")) {
        const Stopwatch cost;
        const std::array<Tensor, 3> gradients = meanGradients(training);
        std::array<double, 3> parts{};
        for (std::size_t part = 0; part < parts.size(); ++part)
            parts[part] = (weight.to(torch::kFloat32) * gradients[part]).abs().mean(torch::kFloat64).item<double>();
        put("weight_gradient", shape.name, layer, parts, cost);
    }
    if (wants("whitened_gradient"))
        addWhitened(layer, shape, training);
    if (influence)
        addInfluence(layer, shape, training, validation, norms);
}

void LayerGradients::addWhitened(std::int64_t layer, const ModuleShape& shape, const TokenGradients& training)
{
    const Stopwatch cost;
    const std::array<Tensor, 3> gradients = meanGradients(training);
    if (factorGroup_ != shape.inputGroup || factorLayer_ != layer) {
        const std::int64_t middle = training.starts[static_cast<std::size_t>(firstHalf_)];
        factors_ = {inputFactor(training.input.slice(0, 0, middle), ridge),
                    inputFactor(training.input.slice(0, middle), ridge), inputFactor(training.input, ridge)};
        factorGroup_ = shape.inputGroup;
        factorLayer_ = layer;
    }
    std::array<double, 3> parts{};
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (part != wholeData) {
            // Half of the data only needs the norm: ||G L⁻ᵀ||.
            const Tensor whitened = torch::linalg_solve_triangular(
                factors_[part], gradients[part].to(torch::kFloat64).t().contiguous(), false);
            parts[part] = whitened.norm().item<double>();
            continue;
        }
        std::vector<double> spectrum = whitenedSpectrum(gradients[part], factors_[part]);
        const double total = std::accumulate(spectrum.begin(), spectrum.end(), 0.0);
        parts[part] = std::sqrt(total);
        spectrum.resize(std::min(spectrum.size(), listedValues));
        spectra_[shape.name].resize(modules_.layers());
        spectra_[shape.name][static_cast<std::size_t>(layer)] = std::move(spectrum);
        totals_[shape.name].resize(modules_.layers());
        totals_[shape.name][static_cast<std::size_t>(layer)] = total;
    }
    put("whitened_gradient", shape.name, layer, parts, cost);
}

void LayerGradients::addInfluence(std::int64_t layer, const ModuleShape& shape, const TokenGradients& training,
                                  const TokenGradients& validation, const std::vector<double>& norms)
{
    const Stopwatch cost;
    const Tensor gradient = gradientSum(validation) / static_cast<double>(validation.samples());
    const std::vector<double> influences = dataInfluences(training, norms, gradient);
    layerInfluences_.resize(influences.size(), 0);
    for (std::size_t sample = 0; sample < influences.size(); ++sample)
        layerInfluences_[sample] += influences[sample];
    const double first = std::accumulate(influences.begin(), influences.begin() + firstHalf_, 0.0);
    const double all = std::accumulate(influences.begin(), influences.end(), 0.0);
    put("influence", shape.name, layer, {first, all - first, all}, cost);
}

void LayerGradients::finishLayer(std::int64_t layer)
{
    factors_ = {};
    factorLayer_ = -1;
    if (layerInfluences_.empty())
        return;
    const auto middle = layerInfluences_.begin() + firstHalf_;
    const std::array<double, 3> first = pools({layerInfluences_.begin(), middle});
    const std::array<double, 3> second = pools({middle, layerInfluences_.end()});
    const std::array<double, 3> all = pools(layerInfluences_);
    for (std::size_t pool = 0; pool < all.size(); ++pool)
        put(influenceNames[pool], {}, layer, {first[pool], second[pool], all[pool]}, Stopwatch());
    layerInfluences_.clear();
}

SignalSet LayerGradients::take()
{
    for (const char* name : influenceNames)
        costs_[name] = costs_["influence"];
    SignalSet set;
    set.modules = modules_;
    for (auto& [name, parts] : values_) {
        if (!wants(name))
            continue;
        auto& [first, second, all] = parts;
        set.add(name, std::move(all), costs_[name], {std::move(first), std::move(second)});
    }
    if (ComplexitySignal* signal = set.find("whitened_gradient")) {
        signal->spectra = std::move(spectra_);
        signal->spectrumTotals = std::move(totals_);
    }
    return set;
}

} // namespace hilo
