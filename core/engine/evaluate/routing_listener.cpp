// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/routing_listener.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilo {

using torch::Tensor;

RoutingListener::RoutingListener(MixtureAdapter& adapter, const ModelConfig& model) : adapter_(adapter)
{
    std::map<std::string, Tensor> tensors;
    for (auto& [name, tensor] : adapter.namedTensors())
        tensors.emplace(name, tensor);
    const std::vector<ModuleShape> shapes = moduleShapes(model);
    const auto& layers = adapter.map().layers;
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            const auto found = layers[layer].find(shapes[i].name);
            if (found == layers[layer].end() || !found->second.hasRouter())
                continue;
            const auto number = static_cast<std::int64_t>(layer);
            const std::string name = "layers." + std::to_string(layer) + "." + shapes[i].name + ".router.weight";
            routers_[{number, static_cast<int>(i)}] = {modules_.size(), tensors.at(name), found->second};
            modules_.push_back({number, shapes[i].name, found->second.experts()});
        }
}

void RoutingListener::addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
                            std::span<Tensor> outputs)
{
    adapter_.addTo(layer, modules, input, outputs);
    for (const int module : modules)
        if (const auto found = routers_.find({layer, module}); found != routers_.end())
            note(found->second, input);
}

void RoutingListener::note(const Router& router, const Tensor& input)
{
    const torch::NoGradGuard noGradient;
    const bool isDense = adapter_.settings().router == RouterKind::Dense;
    const Tensor logits = torch::mm(input.to(torch::kFloat32), router.weight.t());
    const std::int64_t choices = logits.size(1);
    const std::int64_t count = isDense ? choices : std::min<std::int64_t>(router.allocation.topK, choices);
    // The same rule as chooseOfToken of gpu/kernels/routing_token.h: softmax over the chosen true experts, or over all
    // logits of a dense router.
    auto [values, indices] = logits.topk(count, 1);
    values = values.to(torch::kCPU).contiguous();
    indices = indices.to(torch::kCPU).contiguous();
    const auto tokens = static_cast<std::size_t>(logits.size(0));
    tokens_.resize(std::max(tokens_.size(), tokens), std::vector<ChosenExperts>(modules_.size()));
    for (std::size_t token = 0; token < tokens; ++token) {
        const float* value = values.data_ptr<float>() + static_cast<std::int64_t>(token) * count;
        const std::int64_t* index = indices.data_ptr<std::int64_t>() + static_cast<std::int64_t>(token) * count;
        ChosenExperts& chosen = tokens_[token][router.place];
        double sum = 0;
        for (std::int64_t i = 0; i < count; ++i) {
            const double weight = std::exp(static_cast<double>(value[i]) - value[0]);
            const bool isNull = index[i] >= router.allocation.experts();
            if (!isNull || isDense)
                sum += weight;
            if (!isNull)
                chosen.emplace_back(static_cast<int>(index[i]), weight);
        }
        for (auto& [expert, weight] : chosen)
            weight /= sum;
    }
}

std::vector<std::vector<ChosenExperts>> RoutingListener::take()
{
    return std::exchange(tokens_, {});
}

} // namespace hilo
