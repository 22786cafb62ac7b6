// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/routing_listener.h"

#include "formats/module_grid.h"
#include "gpu/kernels/routing_token.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hilo {

using torch::Tensor;

RoutingListener::RoutingListener(MixtureAdapter& adapter, const ModelConfig& model) : adapter_(adapter)
{
    std::map<std::string, Tensor> tensors;
    for (auto& [name, tensor] : adapter.namedTensors())
        tensors.emplace(name, tensor);
    const ModuleGrid grid = moduleGrid(model);
    const auto& layers = adapter.map().layers;
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer)) {
            const auto found = layers[layer].find(shape.name);
            if (found == layers[layer].end() || !found->second.hasRouter())
                continue;
            const auto number = static_cast<std::int64_t>(layer);
            const std::string name = "layers." + std::to_string(layer) + "." + shape.name + ".router.weight";
            routers_[{number, shape.column}] = {modules_.size(), tensors.at(name), found->second};
            modules_.push_back({number, shape.name, found->second.experts()});
        }
    noted_.resize(modules_.size());
}

void RoutingListener::addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
                            std::span<Tensor> outputs)
{
    adapter_.addTo(layer, modules, input, outputs);
    listen(layer, modules, input);
}

void RoutingListener::listen(std::int64_t layer, std::span<const int> modules, const Tensor& input)
{
    for (const int module : modules)
        if (const auto found = routers_.find({layer, module}); found != routers_.end())
            note(found->second, input);
}

void RoutingListener::note(const Router& router, const Tensor& input)
{
    const torch::NoGradGuard noGradient;
    const Tensor logits = torch::mm(input.to(torch::kFloat32), router.weight.t()).to(torch::kCPU).contiguous();
    const auto choices = static_cast<std::size_t>(logits.size(1));
    const int experts = router.allocation.experts();
    // A plan of this module alone, so that the rule is the one of the passes themselves.
    const AdapterSettings& settings = adapter_.settings();
    const std::array<std::int32_t, 4 + gpu::PlanView::moduleWords> words = {
        1,
        experts,
        0,
        static_cast<std::int32_t>(choices),
        0,
        experts,
        router.allocation.nullExperts,
        0,
        router.allocation.topK,
        settings.router == RouterKind::Dense,
        settings.router == RouterKind::TopP ? static_cast<std::int32_t>(std::llround(settings.topP * 1e6)) : 0};
    const gpu::PlanView plan{words.data(), nullptr};
    const std::size_t first = noted_[router.place];
    const auto tokens = static_cast<std::size_t>(logits.size(0));
    noted_[router.place] += tokens;
    tokens_.resize(std::max(tokens_.size(), first + tokens), std::vector<ChosenExperts>(modules_.size()));
    std::vector<float> gates(choices), slots(choices);
    for (std::size_t token = 0; token < tokens; ++token) {
        gpu::chooseOfToken(plan, 0, logits.data_ptr<float>() + token * choices, gates.data(), slots.data(), nullptr);
        ChosenExperts& chosen = tokens_[first + token][router.place];
        for (int expert = 0; expert < experts; ++expert)
            if (slots[static_cast<std::size_t>(expert)] != 0)
                chosen.emplace_back(expert, gates[static_cast<std::size_t>(expert)]);
        std::stable_sort(chosen.begin(), chosen.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
    }
}

std::vector<std::vector<ChosenExperts>> RoutingListener::take()
{
    std::fill(noted_.begin(), noted_.end(), 0);
    return std::exchange(tokens_, {});
}

} // namespace hilo
