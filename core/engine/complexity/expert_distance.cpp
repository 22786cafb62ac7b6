// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/expert_distance.h"

#include "engine/base/torch_border.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

double product(const ExpertUpdate& one, const ExpertUpdate& other)
{
    return (torch::mm(one.b.t(), other.b) * torch::mm(one.a, other.a.t())).sum(torch::kFloat64).item<double>();
}

/// Of each expert the mean distance to the others. Their mean is the mean over all pairs.
std::vector<double> distancesOf(const std::vector<ExpertUpdate>& experts)
{
    std::vector<double> squared;
    for (const ExpertUpdate& expert : experts)
        squared.push_back(product(expert, expert));
    std::vector<double> sums(experts.size(), 0);
    for (std::size_t first = 0; first < experts.size(); ++first)
        for (std::size_t second = first + 1; second < experts.size(); ++second) {
            const double both = squared[first] + squared[second] - 2 * product(experts[first], experts[second]);
            const double distance = std::sqrt(std::max(0.0, both));
            sums[first] += distance;
            sums[second] += distance;
        }
    for (double& sum : sums)
        sum /= static_cast<double>(experts.size() - 1);
    return sums;
}

double meanOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// One value a layer: MoLA's is that of the attention's modules. Where no layer has two experts there, that of the
/// base's own experts.
Result<std::vector<double>> ofLayers(const std::vector<std::vector<double>>& attention,
                                     const std::vector<std::vector<double>>& base, const std::string& file)
{
    const auto hasNone = [](const std::vector<double>& values) { return values.empty(); };
    const bool isOfBase = std::all_of(attention.begin(), attention.end(), hasNone);
    std::vector<double> layers;
    for (const std::vector<double>& values : isOfBase ? base : attention) {
        if (values.empty())
            return failure(badInput(file, "map.layers[" + std::to_string(layers.size()) + "]",
                                    "no attention module of this layer has two experts, so expert_redundancy has no "
                                    "value for it",
                                    "profile an adapter whose map has at least two experts there, or leave the signal "
                                    "out"));
        layers.push_back(meanOf(values));
    }
    return layers;
}

Result<SignalSet> distances(const ModelConfig& model, const TrainedExperts& trained)
{
    const Stopwatch cost;
    SignalValues values;
    const ModuleGrid grid = mapGrid(model);
    std::map<std::string, std::size_t> measured; // layers with a value, by module
    std::vector<std::vector<double>> attention(grid.layers()), base(grid.layers());
    for (std::size_t layer = 0; layer < grid.layers(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer)) {
            const auto& experts = trained.modules.at(shape.name)[layer];
            if (experts.size() < 2)
                continue;
            std::vector<double> found = distancesOf(experts);
            const double mean = meanOf(found);
            ++measured[shape.name];
            if (shape.path.find("attn") != std::string::npos)
                attention[layer].push_back(mean);
            if (shape.baseExperts > 0) {
                base[layer].push_back(mean);
                values.putExperts(shape.name, static_cast<std::int64_t>(layer), std::move(found),
                                  std::vector<double>(experts.size(), 1));
            } else {
                values.put(shape.name, static_cast<std::int64_t>(layer), mean);
            }
        }
    HILO_TRY(values.layers, ofLayers(attention, base, trained.file));
    const auto having = [&grid](const std::string& module) {
        std::size_t count = 0;
        for (std::size_t layer = 0; layer < grid.layers(); ++layer)
            count += grid.find(layer, module) ? 1 : 0;
        return count;
    };
    const auto isPartial = [&](const auto& entry) { return measured[entry.first] != having(entry.first); };
    std::erase_if(values.modules, isPartial);
    std::erase_if(values.experts, isPartial);
    SignalSet set;
    set.modules = grid;
    set.add("expert_redundancy", std::move(values), cost.seconds());
    set.seconds = cost.seconds();
    return set;
}

} // namespace

Result<SignalSet> measureExpertDistance(const ModelConfig& model, const TrainedExperts& trained)
{
    return atTorchBorder([&] { return distances(model, trained); });
}

} // namespace hilo
