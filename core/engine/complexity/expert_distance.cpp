// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/expert_distance.h"

#include "engine/adapter/adapter.h"
#include "engine/torch_border.h"
#include "project/adapter_place.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace fs = std::filesystem;
namespace {

using torch::Tensor;

struct Expert
{
    Tensor a; ///< [r, in]
    Tensor b; ///< [out, r], times the scale
};

double product(const Expert& one, const Expert& other)
{
    return (torch::mm(one.b.t(), other.b) * torch::mm(one.a, other.a.t())).sum(torch::kFloat64).item<double>();
}

double meanDistance(const std::vector<Expert>& experts)
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

Result<SignalSet> measured(const ModelConfig& model, const MixtureAdapter& adapter, const std::string& file)
{
    const Stopwatch cost;
    std::map<std::string, Tensor> tensors;
    for (const auto& [name, value] : adapter.namedTensors())
        tensors[name] = value.detach().to(torch::kFloat64);
    SignalValues values;
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        double sum = 0;
        int attention = 0;
        for (const ModuleShape& shape : moduleShapes(model)) {
            const ModuleAllocation* module = adapter.map().find(static_cast<std::size_t>(layer), shape.name);
            if (!module || module->experts() < 2)
                continue;
            std::vector<Expert> experts;
            for (int expert = 0; expert < module->experts(); ++expert) {
                const std::string prefix =
                    "layers." + std::to_string(layer) + "." + shape.name + ".experts." + std::to_string(expert) + ".";
                const double scale =
                    expertScale(adapter.settings(), module->alpha, module->ranks[static_cast<std::size_t>(expert)]);
                experts.push_back({tensors.at(prefix + "lora_A"), tensors.at(prefix + "lora_B") * scale});
            }
            const double distance = meanDistance(experts);
            values.modules[shape.name].push_back(distance);
            if (shape.path.find("attn") != std::string::npos) {
                sum += distance;
                ++attention;
            }
        }
        if (attention == 0)
            return failure(badInput(file, "map.layers[" + std::to_string(layer) + "]",
                                    "no attention module of this layer has two experts, so expert_redundancy has no "
                                    "value for it",
                                    "profile an adapter whose map has at least two experts there, or leave the signal "
                                    "out"));
        values.layers.push_back(sum / attention);
    }
    std::erase_if(values.modules,
                  [&](const auto& entry) { return static_cast<std::int64_t>(entry.second.size()) != model.layers; });
    SignalSet set;
    set.add("expert_redundancy", std::move(values), cost.seconds());
    set.seconds = cost.seconds();
    return set;
}

} // namespace

Result<SignalSet> measureExpertDistance(const ModelConfig& model, const fs::path& adapter)
{
    const fs::path folder = adapterFolder(adapter);
    HILO_TRY(const auto loaded, MixtureAdapter::load(folder, model, torch::kCPU));
    Result<SignalSet> set;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        HILO_TRY(set, measured(model, *loaded, (folder / "adapter.json").string()));
        return {};
    }));
    return set;
}

} // namespace hilo
