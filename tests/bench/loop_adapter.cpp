// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop_adapter.h"
#include "formats/layer_modules.h"

#include <cmath>

namespace hilo::bench {

using torch::Tensor;

LoopAdapter::LoopAdapter(const ModelConfig& model, const AllocationMap& map, torch::Device device)
    : device_(device), layers_(map.layers.size())
{
    const auto shapes = layerModules(model, 0);
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (std::size_t index = 0; index < shapes.size(); ++index) {
            const auto found = map.layers[layer].find(shapes[index].name);
            if (found == map.layers[layer].end())
                continue;
            Module module;
            module.allocation = found->second;
            const double bound = 1 / std::sqrt(static_cast<double>(shapes[index].in));
            for (const int rank : module.allocation.ranks) {
                module.a.push_back(parameter(rank, shapes[index].in, bound));
                module.b.push_back(parameter(shapes[index].out, rank, 0));
            }
            if (module.allocation.hasRouter())
                module.router = parameter(module.allocation.experts(), shapes[index].in, bound);
            layers_[layer].emplace(static_cast<int>(index), std::move(module));
        }
}

Tensor LoopAdapter::parameter(std::int64_t rows, std::int64_t columns, double bound)
{
    parameters_.push_back(
        torch::empty({rows, columns}, torch::TensorOptions(device_)).uniform_(-bound, bound).set_requires_grad(true));
    return parameters_.back();
}

void LoopAdapter::addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
                        std::span<Tensor> outputs)
{
    for (std::size_t i = 0; i < modules.size(); ++i) {
        const auto found = layers_[static_cast<std::size_t>(layer)].find(modules[i]);
        if (found == layers_[static_cast<std::size_t>(layer)].end())
            continue;
        const Module& module = found->second;
        Tensor gates;
        if (module.router.defined()) {
            const auto [values, indices] =
                torch::topk(torch::linear(input.to(torch::kFloat32), module.router), module.allocation.topK, 1);
            gates = torch::zeros({input.size(0), module.allocation.experts()}, values.options())
                        .scatter(1, indices, torch::softmax(values, 1))
                        .to(input.scalar_type());
        }
        for (std::size_t expert = 0; expert < module.a.size(); ++expert) {
            const double scale = module.allocation.alpha / module.allocation.ranks[expert];
            const auto type = input.scalar_type();
            Tensor delta =
                torch::linear(torch::linear(input, module.a[expert].to(type)), module.b[expert].to(type)) * scale;
            if (gates.defined())
                delta = delta * gates.narrow(1, static_cast<std::int64_t>(expert), 1);
            outputs[i] = outputs[i] + delta;
        }
    }
}

void GradientSource::addTo(std::int64_t layer, std::span<const int>, const Tensor&, std::span<Tensor> outputs)
{
    if (layer == 0)
        for (Tensor& output : outputs)
            if (!output.requires_grad())
                output = output + zero_.to(output.scalar_type());
}

} // namespace hilo::bench
