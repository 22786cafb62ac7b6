// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/expert_distance.h"

#include "engine/base/torch_border.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

double product(const ExpertUpdate& one, const ExpertUpdate& other)
{
    return (torch::mm(one.b.t(), other.b) * torch::mm(one.a, other.a.t())).sum(torch::kFloat64).item<double>();
}

double meanDistance(const std::vector<ExpertUpdate>& experts)
{
    double sum = 0;
    double pairs = 0;
    for (std::size_t first = 0; first < experts.size(); ++first)
        for (std::size_t second = first + 1; second < experts.size(); ++second) {
            const double squared = product(experts[first], experts[first]) + product(experts[second], experts[second]) -
                                   2 * product(experts[first], experts[second]);
            sum += std::sqrt(std::max(0.0, squared));
            ++pairs;
        }
    return sum / pairs;
}

Result<SignalSet> distances(const ModelConfig& model, const TrainedExperts& trained)
{
    const Stopwatch cost;
    SignalValues values;
    const ModuleGrid grid = moduleGrid(model);
    std::map<std::string, std::size_t> measured; // layers with a value, by module
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        double sum = 0;
        int attention = 0;
        for (const ModuleShape& shape : grid.layer(static_cast<std::size_t>(layer))) {
            const auto& experts = trained.modules.at(shape.name)[static_cast<std::size_t>(layer)];
            if (experts.size() < 2)
                continue;
            const double distance = meanDistance(experts);
            values.put(shape.name, layer, distance);
            ++measured[shape.name];
            if (shape.path.find("attn") != std::string::npos) {
                sum += distance;
                ++attention;
            }
        }
        if (attention == 0)
            return failure(badInput(trained.file, "map.layers[" + std::to_string(layer) + "]",
                                    "no attention module of this layer has two experts, so expert_redundancy has no "
                                    "value for it",
                                    "profile an adapter whose map has at least two experts there, or leave the signal "
                                    "out"));
        values.layers.push_back(sum / attention);
    }
    const auto having = [&grid](const std::string& module) {
        std::size_t count = 0;
        for (std::size_t layer = 0; layer < grid.layers(); ++layer)
            count += grid.find(layer, module) ? 1 : 0;
        return count;
    };
    std::erase_if(values.modules, [&](const auto& entry) { return measured[entry.first] != having(entry.first); });
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
