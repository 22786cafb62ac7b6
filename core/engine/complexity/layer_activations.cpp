// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/layer_activations.h"

#include "engine/base/eigenvalues.h"
#include "engine/complexity/spectrum_measures.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <numeric>

namespace hilo {

using torch::Tensor;

LayerActivations::LayerActivations(const ModelConfig& config, const std::set<std::string>& wanted, torch::Device device)
    : wanted_(wanted), device_(device), hidden_(config.hidden)
{
    inputProducts_ =
        wants("activation_effective_rank") || wants("activation_participation_ratio") || wants("explained_variance");
    outputProducts_ =
        wants("activation_effective_rank") || wants("activation_participation_ratio") || wants("linear_cka");
}

void LayerActivations::startLayer(const std::vector<ModuleShape>& shapes)
{
    widths_.clear();
    for (const ModuleShape& shape : shapes) {
        widths_.resize(std::max(widths_.size(), static_cast<std::size_t>(shape.inputGroup) + 1));
        widths_[static_cast<std::size_t>(shape.inputGroup)] = shape.in;
    }
    groups_.clear();
    for (const std::int64_t width : widths_)
        groups_.push_back({Moments::of(width, inputProducts_, device_), Moments::of(width, inputProducts_, device_)});
    for (const std::size_t half : {0u, 1u}) {
        outputMoments_[half] = Moments::of(hidden_, outputProducts_, device_);
        cross_[half] = wants("linear_cka") ? torch::zeros({hidden_, hidden_}, device_) : Tensor();
        samples_[half].clear();
    }
    cosines_ = norms_ = entropies_ = {};
}

void LayerActivations::addModuleInput(int half, int inputGroup, const Tensor& input)
{
    const Stopwatch cost;
    groups_[static_cast<std::size_t>(inputGroup)][static_cast<std::size_t>(half)].add(input.to(torch::kFloat32));
    for (const char* name : {"activation_effective_rank", "activation_participation_ratio", "explained_variance"})
        costs[name] += cost.seconds();
    if (!inputProducts_)
        costs["outlier_ratio"] += cost.seconds();
}

void LayerActivations::addBlock(int half, const Tensor& input, const Tensor& output, const Tensor& sampled)
{
    const auto place = static_cast<std::size_t>(half);
    const Tensor x = input.to(torch::kFloat32);
    const Tensor y = output.to(torch::kFloat32);
    const Stopwatch sums;
    outputMoments_[place].add(y);
    for (const char* name : {"activation_effective_rank", "activation_participation_ratio", "linear_cka"})
        costs[name] += sums.seconds();
    finite = finite && outputMoments_[place].sum.isfinite().all().item<bool>();
    if (cross_[place].defined()) {
        const Stopwatch cost;
        cross_[place].addmm_(x.t(), y);
        costs["linear_cka"] += cost.seconds();
    }
    if (wants("block_influence")) {
        const Stopwatch cost;
        cosines_[place] += cosineSum(x, y);
        costs["block_influence"] += cost.seconds();
    }
    if (wants("activation_norm")) {
        const Stopwatch cost;
        norms_[place] += y.square().sum(1, false, torch::kFloat64).sqrt().sum().item<double>();
        costs["activation_norm"] += cost.seconds();
    }
    if (wants("activation_entropy")) {
        const Stopwatch cost;
        entropies_[place] += entropySum(y);
        costs["activation_entropy"] += cost.seconds();
    }
    if (wants("intrinsic_dimension"))
        samples_[place].push_back(y.index_select(0, sampled));
}

Moments LayerActivations::moments(int part, int group) const
{
    const auto& halves = groups_[static_cast<std::size_t>(group)];
    return part == wholeData ? halves[0] + halves[1] : halves[static_cast<std::size_t>(part)];
}

void LayerActivations::finishOutput(int part)
{
    const auto place = static_cast<std::size_t>(part);
    const auto sumOf = [part](const std::array<double, 2>& halves) {
        return part == wholeData ? halves[0] + halves[1] : halves[static_cast<std::size_t>(part)];
    };
    const Moments output = part == wholeData ? outputMoments_[0] + outputMoments_[1] : outputMoments_[place];
    const auto count = static_cast<double>(std::max<std::int64_t>(output.count, 1));
    if (wants("block_influence"))
        values["block_influence"][place].layers.push_back(1 - sumOf(cosines_) / count);
    if (wants("activation_norm"))
        values["activation_norm"][place].layers.push_back(sumOf(norms_) / count);
    if (wants("activation_entropy"))
        values["activation_entropy"][place].layers.push_back(sumOf(entropies_) / count);
    if (wants("activation_effective_rank")) {
        const Stopwatch cost;
        values["activation_effective_rank"][place].layers.push_back(entropyRank(eigenvalues(output.centred())));
        costs["activation_effective_rank"] += cost.seconds();
    }
    if (wants("activation_participation_ratio")) {
        const Tensor centred = output.centred().to(torch::kFloat64);
        const double trace = centred.trace().item<double>();
        values["activation_participation_ratio"][place].layers.push_back(trace * trace /
                                                                         centred.square().sum().item<double>());
    }
    if (wants("linear_cka")) {
        const Moments input = part == wholeData ? inputMoments_[0] + inputMoments_[1] : inputMoments_[place];
        const Tensor cross = part == wholeData ? cross_[0] + cross_[1] : cross_[place];
        values["linear_cka"][place].layers.push_back(linearCka(input, output, cross));
    }
}

void LayerActivations::finishInputs(std::int64_t layer, int part, const std::vector<ModuleShape>& shapes)
{
    const auto place = static_cast<std::size_t>(part);
    for (int group = 0; group < static_cast<int>(widths_.size()); ++group) {
        if (widths_[static_cast<std::size_t>(group)] == 0)
            continue;
        const Tensor centred = moments(part, group).centred();
        const Stopwatch cost;
        std::vector<double> descending = eigenvalues(centred);
        std::reverse(descending.begin(), descending.end());
        costs["activation_effective_rank"] += cost.seconds();
        costs["explained_variance"] += cost.seconds();
        const double sum = std::accumulate(descending.begin(), descending.end(), 0.0);
        std::vector<double> shares;
        for (std::size_t index = 0; index < std::min(descending.size(), listedDirections); ++index)
            shares.push_back(sum > 0 ? descending[index] / sum : 0);
        for (const ModuleShape& shape : shapes) {
            if (shape.inputGroup != group)
                continue;
            values["activation_effective_rank"][place].put(shape.name, layer, entropyRank(descending));
            values["activation_participation_ratio"][place].put(shape.name, layer, participationRatio(descending));
            values["explained_variance"][place].put(shape.name, layer,
                                                    static_cast<double>(countForShare(descending, explainedShare)));
            if (part != wholeData)
                continue;
            spectra[shape.name].resize(static_cast<std::size_t>(layer) + 1);
            spectra[shape.name].back() = shares;
        }
    }
}

void LayerActivations::finishOutliers(std::int64_t layer, int part, const std::vector<ModuleShape>& shapes,
                                      const std::vector<Tensor>& weights)
{
    const Stopwatch cost;
    for (std::size_t index = 0; index < shapes.size(); ++index) {
        const Tensor norms = moments(part, shapes[index].inputGroup).squares.sqrt();
        values["outlier_ratio"][static_cast<std::size_t>(part)].put(shapes[index].name, layer,
                                                                    outlierRatio(weights[index], norms, outlierFactor));
    }
    costs["outlier_ratio"] += cost.seconds();
}

void LayerActivations::finishDimension()
{
    const Stopwatch cost;
    const std::int64_t first = [&] {
        std::int64_t rows = 0;
        for (const Tensor& part : samples_[0])
            rows += part.size(0);
        return rows;
    }();
    std::vector<Tensor> all = samples_[0];
    all.insert(all.end(), samples_[1].begin(), samples_[1].end());
    const Tensor distances = squaredDistances(torch::cat(all));
    const std::int64_t count = distances.size(0);
    auto& parts = values["intrinsic_dimension"];
    parts[wholeData].layers.push_back(intrinsicDimension(distances));
    parts[0].layers.push_back(intrinsicDimension(distances.slice(0, 0, first).slice(1, 0, first)));
    parts[1].layers.push_back(intrinsicDimension(distances.slice(0, first, count).slice(1, first, count)));
    costs["intrinsic_dimension"] += cost.seconds();
}

void LayerActivations::finish(std::int64_t layer, const std::vector<ModuleShape>& shapes,
                              const std::vector<Tensor>& weights)
{
    for (int part = 0; part < 3; ++part) {
        finishOutput(part);
        if (inputProducts_)
            finishInputs(layer, part, shapes);
        if (wants("outlier_ratio"))
            finishOutliers(layer, part, shapes, weights);
    }
    if (wants("intrinsic_dimension"))
        finishDimension();
}

} // namespace hilo
