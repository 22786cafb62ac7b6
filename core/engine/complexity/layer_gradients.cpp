// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/layer_gradients.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

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
    : modules_(std::move(modules)), firstHalf_(firstHalf), wanted_(wanted), measure_(firstHalf, wanted)
{
}

void LayerGradients::put(const std::string& name, const std::string& module, std::int64_t layer,
                         const std::array<double, 3>& parts)
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
}

void LayerGradients::addModule(std::int64_t layer, const ModuleShape& shape, const Tensor& weight,
                               const TokenGradients& training, const TokenGradients& validation)
{
    if (factorGroup_ != shape.inputGroup || factorLayer_ != layer)
        factors_ = {};
    factorGroup_ = shape.inputGroup;
    factorLayer_ = layer;
    const WeightGradients found = measure_.of(shape, weight, training, validation, factors_);
    for (const auto& [name, parts] : found.values)
        put(name, shape.name, layer, parts);
    addShared(layer, shape, found);
}

void LayerGradients::addExperts(std::int64_t layer, const ModuleShape& shape,
                                const std::function<Tensor(std::int64_t)>& weightOf,
                                const std::vector<TokenGradients>& training,
                                const std::vector<TokenGradients>& validation)
{
    std::vector<WeightGradients> experts;
    for (std::size_t expert = 0; expert < training.size(); ++expert) {
        WeightGradientMeasure::InputFactors ownInput;
        experts.push_back(measure_.of(shape, weightOf(static_cast<std::int64_t>(expert)), training[expert],
                                      validation.empty() ? TokenGradients() : validation[expert], ownInput));
    }
    const WeightGradients mean = meanOfExperts(experts);
    for (const auto& [name, parts] : mean.values)
        for (std::size_t part = 0; part < parts.size(); ++part) {
            std::vector<double> values;
            for (const WeightGradients& expert : experts)
                values.push_back(expert.values.at(name)[part]);
            finite_ = finite_ && (part != wholeData || std::isfinite(parts[part]));
            values_[name][part].putExperts(shape.name, layer, std::move(values),
                                           std::vector<double>(experts.size(), 1));
        }
    addShared(layer, shape, mean);
}

void LayerGradients::addShared(std::int64_t layer, const ModuleShape& shape, const WeightGradients& found)
{
    if (found.values.contains("whitened_gradient")) {
        spectra_[shape.name].resize(modules_.layers());
        spectra_[shape.name][static_cast<std::size_t>(layer)] =
            found.spectrum.empty() ? std::vector<double>{0} : found.spectrum;
        totals_[shape.name].resize(modules_.layers());
        totals_[shape.name][static_cast<std::size_t>(layer)] = found.spectrumTotal;
    }
    layerInfluences_.resize(std::max(layerInfluences_.size(), found.influences.size()), 0);
    for (std::size_t sample = 0; sample < found.influences.size(); ++sample)
        layerInfluences_[sample] += found.influences[sample];
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
        put(influenceNames[pool], {}, layer, {first[pool], second[pool], all[pool]});
    layerInfluences_.clear();
}

SignalSet LayerGradients::take()
{
    std::map<std::string, double> costs = measure_.costs();
    for (const char* name : influenceNames)
        costs[name] = costs["influence"];
    SignalSet set;
    set.modules = modules_;
    for (auto& [name, parts] : values_) {
        if (!wants(name))
            continue;
        auto& [first, second, all] = parts;
        set.add(name, std::move(all), costs[name], {std::move(first), std::move(second)});
    }
    if (ComplexitySignal* signal = set.find("whitened_gradient")) {
        signal->spectra = std::move(spectra_);
        signal->spectrumTotals = std::move(totals_);
    }
    return set;
}

} // namespace hilo
