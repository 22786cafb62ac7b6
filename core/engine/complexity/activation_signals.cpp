// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/activation_signals.h"

#include "engine/complexity/expert_activations.h"
#include "engine/complexity/layer_activations.h"
#include "formats/base_expert_modules.h"

#include <algorithm>

namespace hilo {
namespace {

using torch::Tensor;

constexpr std::int64_t mostSampledTokens = 2000;

/// One batch on its way through the layers.
struct Travelling
{
    const CalibrationBatch* batch = nullptr;
    std::shared_ptr<ForwardContext> context;
    Tensor hidden;
    Tensor sampled; ///< rows that stand for the layer where not all tokens can
};

std::vector<Travelling> embedAll(const StreamedModel& model, const std::vector<CalibrationBatch>& batches)
{
    const std::int64_t stride =
        std::max<std::int64_t>(1, (tokenCount(batches) + mostSampledTokens - 1) / mostSampledTokens);
    std::vector<Travelling> travelling;
    std::int64_t seen = 0;
    for (const CalibrationBatch& batch : batches) {
        const std::int64_t tokens = batch.packed.tokenCount();
        const std::int64_t first = (stride - seen % stride) % stride;
        const Tensor sampled = torch::arange(std::min(first, tokens), tokens, stride, torch::kInt64);
        travelling.push_back({&batch, model.begin(batch.packed), model.embed(batch.packed), sampled});
        seen += tokens;
    }
    return travelling;
}

std::array<Moments, 2> momentsOf(const std::vector<Travelling>& travelling, std::int64_t width, bool withProducts)
{
    std::array<Moments, 2> moments;
    for (Moments& half : moments)
        half = Moments::of(width, withProducts, travelling.front().hidden.device());
    for (const Travelling& one : travelling)
        moments[static_cast<std::size_t>(one.batch->half)].add(one.hidden.to(torch::kFloat32));
    return moments;
}

/// All batches through the loaded layer.
Status passLayer(const StreamedModel& model, std::int64_t layer, std::vector<Travelling>& travelling,
                 LayerActivations& activations, ExpertActivations& experts, double& observedSeconds,
                 const Progress& progress)
{
    const std::int64_t layers = model.config().layers;
    const auto count = static_cast<std::int64_t>(travelling.size());
    for (std::int64_t index = 0; index < count; ++index) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Activations", layer * count + index, layers * count, "layer " + std::to_string(layer)});
        Travelling& one = travelling[static_cast<std::size_t>(index)];
        ForwardObserver observer;
        observer.moduleInput = [&](std::int64_t, int group, const Tensor& input) {
            const Stopwatch cost;
            activations.addModuleInput(one.batch->half, group, input);
            observedSeconds += cost.seconds();
        };
        observer.block = [&](std::int64_t, const Tensor& input, const Tensor& output) {
            const Stopwatch cost;
            activations.addBlock(one.batch->half, input, output, one.sampled);
            observedSeconds += cost.seconds();
        };
        if (model.config().mixture.hasExperts(layer))
            observer.expertInput = [&](std::int64_t, BaseExpertWeight which, const Tensor& rows,
                                       std::span<const std::int64_t> counts, const Tensor&) {
                const Stopwatch cost;
                experts.add(one.batch->half, which, rows, counts);
                observedSeconds += cost.seconds();
            };
        ForwardOptions options;
        options.observer = &observer;
        one.hidden = model.layer(*one.context, one.hidden, options);
    }
    return {};
}

} // namespace

Result<ActivationSignals> measureActivations(StreamedModel& model, const std::vector<CalibrationBatch>& batches,
                                             const std::set<std::string>& wanted, const Progress& progress)
{
    const torch::NoGradGuard noGradients;
    const Stopwatch all;
    ActivationSignals result;
    const ModelConfig& config = model.config();
    const ModuleGrid grid = moduleGrid(config);
    result.set.modules = mapGrid(config);
    std::vector<Travelling> travelling = embedAll(model, batches);
    LayerActivations activations(config, wanted, travelling.front().hidden.device());
    ExpertActivations experts(wanted);
    std::array<Moments, 2> inputMoments = momentsOf(travelling, config.hidden, wanted.contains("linear_cka"));
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        HILO_CHECK(model.loadLayer(layer));
        const std::vector<ModuleShape>& shapes = grid.layer(static_cast<std::size_t>(layer));
        activations.startLayer(shapes);
        double observed = 0;
        const Stopwatch pass;
        HILO_CHECK(passLayer(model, layer, travelling, activations, experts, observed, progress));
        result.forwardSeconds += pass.seconds() - observed;
        if (const auto broken = activations.finite ? std::optional<Error>() : model.brokenWeight())
            return failure(*broken);
        if (!activations.finite)
            return failure(badInput({}, "layer " + std::to_string(layer),
                                    "The model's activations are not finite, so they can't be profiled.",
                                    "Use another checkpoint."));
        std::vector<Tensor> weights;
        for (const ModuleShape& shape : shapes)
            weights.push_back(model.moduleWeight(shape.column));
        activations.setInputMoments(std::move(inputMoments));
        activations.finish(layer, shapes, weights);
        experts.finish(
            layer, baseExpertModules(config, layer),
            [&model](BaseExpertWeight which, std::int64_t expert) { return model.expertWeight(which, expert); },
            activations.values);
        inputMoments = activations.takeOutputMoments();
    }
    for (const std::string& name : wanted)
        if (auto found = activations.values.find(name); found != activations.values.end()) {
            auto& [first, second, both] = found->second;
            result.set.add(name, std::move(both), activations.costs[name] + experts.costs[name],
                           {std::move(first), std::move(second)});
        }
    if (ComplexitySignal* signal = result.set.find("explained_variance")) {
        signal->spectra = std::move(activations.spectra);
        signal->spectra.merge(experts.spectra);
        for (auto& [module, layers] : signal->spectra)
            layers.resize(grid.layers());
        for (const auto& [module, layers] : signal->spectra)
            signal->spectrumTotals[module].assign(layers.size(), 1);
    }
    if (result.set.hasExperts())
        result.set.notes.push_back(
            "Signals of the activations: a value of the base's own experts is the mean over them, "
            "in which each counts by the rows that were routed to it.");
    result.set.seconds = all.seconds();
    return result;
}

} // namespace hilo
