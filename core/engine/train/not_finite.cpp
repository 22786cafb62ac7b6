// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/not_finite.h"

#include "base/text_format.h"
#include "engine/train/trainer.h"
#include "formats/layer_modules.h"

#include <cmath>
#include <vector>

namespace hilo {
namespace {

bool allFinite(const torch::Tensor& values)
{
    return torch::isfinite(values).all().item<bool>();
}

std::string modulesOf(const ModelConfig& config, std::int64_t layer, int group)
{
    std::vector<std::string> names;
    for (const ModuleShape& shape : layerModules(config, layer))
        if (shape.inputGroup == group)
            names.push_back(shape.name);
    return joined(names, ", ");
}

} // namespace

std::string firstNotFinite(const Decoder& decoder, MixtureAdapter& adapter, const PackedBatch& batch)
{
    const torch::NoGradGuard guard;
    for (const auto& [name, values] : adapter.namedTensors())
        if (!allFinite(values))
            return "the adapter's " + name;
    std::string first;
    const auto look = [&first](const torch::Tensor& values, const auto& place) {
        if (first.empty() && !allFinite(values))
            first = place();
    };
    ForwardObserver observer;
    observer.moduleInput = [&](std::int64_t layer, int group, const torch::Tensor& input) {
        look(input, [&] {
            return "the input of " + modulesOf(decoder.config(), layer, group) + " in layer " + std::to_string(layer);
        });
    };
    observer.block = [&](std::int64_t layer, const torch::Tensor&, const torch::Tensor& output) {
        look(output, [&] { return "the output of layer " + std::to_string(layer); });
    };
    ForwardOptions options;
    options.adapter = &adapter;
    options.observer = &observer;
    const torch::Tensor hidden = decoder.hidden(batch, options);
    look(hidden, [] { return std::string("the hidden states after the last layer"); });
    if (first.empty() && hidden.size(0) > 0) {
        const auto chosen = batch.labels.ne(-100).nonzero().flatten();
        look(decoder.logits(hidden.index_select(0, chosen)), [] { return std::string("the logits"); });
    }
    return first;
}

std::string firstGradientNotFinite(MixtureAdapter& adapter)
{
    const torch::Tensor& gradient = adapter.parameters().grad();
    if (!gradient.defined())
        return {};
    // The gradient lies as the parameters do, of which the named tensors are views.
    for (const auto& [name, values] : adapter.namedTensors())
        if (!allFinite(gradient.as_strided(values.sizes(), values.strides(), values.storage_offset())))
            return "the gradient of the adapter's " + name;
    return {};
}

Error notFiniteError(const StepReport& report, std::int64_t step)
{
    std::string message = std::string(std::isfinite(report.loss) ? "The gradient" : "The loss") +
                          " is not finite at step " + std::to_string(step);
    if (!report.notFinite.empty())
        message += "; the first place where a number is infinite or none: " + report.notFinite;
    // Before the first step the optimiser has changed nothing.
    return internalError(message + ".", step > 1 ? "Lower learning_rate, or turn clip_norm on."
                                                 : "The model overflows as it was loaded: compute with another dtype, "
                                                   "or use another checkpoint (or another adapter to start from).");
}

} // namespace hilo
