// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference.h"
#include "formats/layer_modules.h"

#include <algorithm>

namespace hilo::testing {

using torch::Tensor;

ModelConfig smallModel()
{
    ModelConfig model;
    model.architecture = "llama";
    model.layers = 2;
    model.hidden = 24;
    model.intermediate = 40;
    model.heads = 4;
    model.keyValueHeads = 2;
    model.headDimension = 6;
    model.vocabulary = 50;
    model.maximumPositions = 64;
    return model;
}

AllocationMap uniformMap(const ModelConfig& model, const ModuleAllocation& module)
{
    AllocationMap map;
    map.name = "test";
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    for (auto& layer : map.layers)
        for (const ModuleShape& shape : layerModules(model, 0))
            layer[shape.name] = module;
    return map;
}

Leaves leavesOf(const MixtureAdapter& adapter)
{
    Leaves leaves;
    for (const auto& [name, tensor] : adapter.namedTensors())
        leaves[name] = tensor.clone().contiguous().set_requires_grad(true);
    return leaves;
}

ReferenceRouting referenceRouting(const Tensor& logits, const ModuleAllocation& module, RouterKind kind, double topP)
{
    ReferenceRouting routing;
    routing.probabilities = torch::softmax(logits, 1);
    if (kind == RouterKind::Dense) {
        routing.chosen = torch::ones_like(logits);
        routing.gates = routing.probabilities;
        return routing;
    }
    if (kind == RouterKind::TopP) {
        const Tensor shares = routing.probabilities.detach();
        routing.chosen = torch::zeros_like(shares);
        for (std::int64_t token = 0; token < shares.size(0); ++token) {
            const Tensor order = shares[token].argsort(0, true);
            double sum = 0;
            for (std::int64_t place = 0; place < shares.size(1) && sum < topP; ++place) {
                const auto choice = order[place].item<std::int64_t>();
                routing.chosen[token][choice] = 1;
                sum += shares[token][choice].item<double>();
            }
        }
        routing.gates = routing.probabilities * routing.chosen;
        return routing;
    }
    const Tensor indices = std::get<1>(torch::topk(logits.detach(), module.topK, 1));
    routing.chosen = torch::zeros_like(logits).detach().scatter(1, indices, 1.0);
    Tensor isTrue = torch::ones({logits.size(1)}, logits.options().requires_grad(false));
    isTrue.narrow(0, module.experts(), module.nullExperts).zero_();
    const Tensor weights = routing.probabilities * routing.chosen * isTrue;
    const Tensor sum = weights.sum(1, true);
    routing.gates = weights / (sum + (sum == 0).to(sum.scalar_type()));
    return routing;
}

Tensor referenceDelta(const Leaves& leaves, std::int64_t layer, const std::string& name, const ModuleAllocation& module,
                      const AdapterSettings& settings, const Tensor& x, const Tensor& dropped)
{
    const std::string prefix = "layers." + std::to_string(layer) + "." + name + ".";
    Tensor gates;
    if (module.hasRouter())
        gates = referenceRouting(torch::mm(x, leaves.at(prefix + "router.weight").t()), module, settings.router,
                                 settings.topP)
                    .gates;
    Tensor delta;
    for (int expert = 0; expert < module.experts(); ++expert) {
        const std::string place = prefix + "experts." + std::to_string(expert) + ".";
        const double rank = module.ranks[static_cast<std::size_t>(expert)];
        double scale = settings.constantScale;
        if (settings.scaling == ScalingMode::AlphaOverRank)
            scale = module.alpha / rank;
        else if (settings.scaling == ScalingMode::AlphaOverSqrtRank)
            scale = module.alpha / std::sqrt(rank);
        Tensor part = torch::mm(torch::mm(dropped, leaves.at(place + "lora_A").t()), leaves.at(place + "lora_B").t());
        part = part * scale;
        if (gates.defined())
            part = part * gates.narrow(1, expert, 1);
        delta = delta.defined() ? delta + part : part;
    }
    return delta;
}

std::map<std::string, Tensor> gradientsOf(MixtureAdapter& adapter)
{
    std::map<std::string, Tensor> gradients;
    const Tensor flat = adapter.parameters().grad();
    for (const auto& [name, tensor] : adapter.namedTensors())
        gradients[name] = flat.as_strided(tensor.sizes(), tensor.strides(), tensor.storage_offset()).clone();
    return gradients;
}

double relativeDifference(const Tensor& actual, const Tensor& expected)
{
    if (expected.numel() == 0)
        return actual.numel() == 0 ? 0 : 1e9;
    const double scale = std::max(1.0, expected.detach().abs().max().item<double>());
    return (actual.detach() - expected.detach()).abs().max().item<double>() / scale;
}

void randomiseParameters(MixtureAdapter& adapter, std::int64_t seed)
{
    torch::manual_seed(static_cast<std::uint64_t>(seed));
    adapter.parameters().detach().normal_(0, 0.3);
}

} // namespace hilo::testing
