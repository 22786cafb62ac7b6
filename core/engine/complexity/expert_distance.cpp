// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/expert_distance.h"

#include "engine/base/torch_border.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

bool hasNone(const std::vector<double>& values)
{
    return values.empty();
}

/// One value a layer: MoLA's is that of the attention's modules. Where no layer has two experts there, that of the
/// base's own experts. NaN where a layer has none.
std::vector<double> ofLayers(const std::vector<std::vector<double>>& attention,
                             const std::vector<std::vector<double>>& base)
{
    const bool isOfBase = std::all_of(attention.begin(), attention.end(), hasNone);
    std::vector<double> layers;
    for (const std::vector<double>& values : isOfBase ? base : attention)
        layers.push_back(values.empty() ? std::numeric_limits<double>::quiet_NaN() : meanOf(values));
    return layers;
}

/// Why no module has a value.
Error noValue(const std::vector<std::vector<double>>& attention, const std::string& file)
{
    const auto first = std::find_if(attention.begin(), attention.end(), hasNone) - attention.begin();
    return badInput(file, "map.layers[" + std::to_string(first) + "]",
                    "no module has two experts in every layer, and this layer has none, so expert_redundancy has no "
                    "value",
                    "profile an adapter whose map has at least two experts there, or leave the signal out");
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
    values.layers = ofLayers(attention, base);
    const auto isNan = [](double value) { return std::isnan(value); };
    if (values.modules.empty() && std::any_of(values.layers.begin(), values.layers.end(), isNan))
        return failure(noValue(attention, trained.file));
    values.layersMayLack = true;
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
