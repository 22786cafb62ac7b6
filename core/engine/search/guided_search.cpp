// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/search/guided_search.h"

#include "engine/compute.h"
#include "engine/search/guided_adapter.h"
#include "engine/torch_border.h"
#include "engine/train/batch_plan.h"
#include "engine/train/run_inputs.h"
#include "engine/train/training_batch.h"
#include "gpu/adamw.h"
#include "gpu/chunked_loss.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;

/// AdamW over one flat tensor.
class FlatOptimiser
{
  public:
    FlatOptimiser(const Tensor& parameters, double rate, double beta1)
        : first_(torch::zeros_like(parameters.detach())), second_(torch::zeros_like(parameters.detach()))
    {
        settings_.learningRate = rate;
        settings_.beta1 = beta1;
        settings_.beta2 = 0.999;
        settings_.epsilon = 1e-8;
    }

    /// keep: whether the moments remember the step; a trial step leaves them as they were.
    void step(Tensor& parameters, const Tensor& gradient, bool keep)
    {
        Tensor first = keep ? first_ : first_.clone();
        Tensor second = keep ? second_ : second_.clone();
        Tensor values = gradient.contiguous().clone();
        gpu::AdamwSettings settings = settings_;
        settings.step = steps_ + 1;
        gpu::adamwStep(parameters.data_ptr<float>(), values.data_ptr<float>(), first.data_ptr<float>(),
                       second.data_ptr<float>(), parameters.numel(), settings);
        steps_ += keep;
    }

  private:
    gpu::AdamwSettings settings_;
    std::int64_t steps_ = 0;
    Tensor first_;
    Tensor second_;
};

struct Gradients
{
    double loss = 0;
    Tensor weights;
    Tensor vectors;
};

class Search
{
  public:
    Search(const Decoder& decoder, GuidedAdapter& adapter, const SearchSettings& settings)
        : decoder_(decoder), adapter_(adapter), settings_(settings),
          weightOptimiser_(adapter.weights(), settings.weightRate, 0.9),
          vectorOptimiser_(adapter.vectors(), settings.vectorRate, 0.5)
    {
    }

    /// Losses on the training and on the validation batch.
    std::pair<double, double> step(const TrainingBatch& training, const TrainingBatch& validation)
    {
        Tensor weights = adapter_.weights().detach();
        const Tensor start = weights.clone();
        const Gradients here = gradients(training);
        weightOptimiser_.step(weights, here.weights, false);
        const Gradients ahead = gradients(validation);
        const double epsilon = 0.01 / std::max(1e-12, ahead.weights.norm().item<double>());
        weights.copy_(start + ahead.weights * epsilon);
        const Gradients above = gradients(training);
        weights.copy_(start - ahead.weights * epsilon);
        const Gradients below = gradients(training);
        weights.copy_(start);
        const Tensor direction =
            ahead.vectors - (above.vectors - below.vectors) * (settings_.weightRate / (2 * epsilon));
        Tensor vectors = adapter_.vectors().detach();
        vectorOptimiser_.step(vectors, direction, true);
        weightOptimiser_.step(weights, here.weights, true);
        return {here.loss, ahead.loss};
    }

  private:
    Gradients gradients(const TrainingBatch& batch)
    {
        for (Tensor* parameters : {&adapter_.weights(), &adapter_.vectors()})
            parameters->mutable_grad() = torch::zeros_like(parameters->detach());
        ForwardOptions options;
        options.adapter = &adapter_;
        gpu::ChunkedLossOptions lossOptions;
        lossOptions.logitSoftcap = decoder_.config().logitSoftcap;
        const Tensor hidden = decoder_.hidden(batch.packed, options);
        const Tensor loss =
            gpu::chunkedCrossEntropy(hidden, decoder_.outputWeight(), batch.packed.labels, lossOptions) /
            static_cast<double>(std::max<std::int64_t>(1, batch.labels));
        loss.backward();
        return {loss.item<double>(), adapter_.weights().grad().clone(), adapter_.vectors().grad().clone()};
    }

    const Decoder& decoder_;
    GuidedAdapter& adapter_;
    const SearchSettings& settings_;
    FlatOptimiser weightOptimiser_;
    FlatOptimiser vectorOptimiser_;
};

Json resultOf(const RunInputs& inputs, const SearchSettings& settings, std::int64_t steps, const GuidedAdapter& adapter,
              const std::vector<std::pair<double, double>>& losses)
{
    const std::vector<ModuleShape> shapes = moduleShapes(inputs.model.config);
    Json layers = Json::array();
    for (std::int64_t layer = 0; layer < inputs.model.config.layers; ++layer) {
        Json modules = Json::object();
        for (std::size_t module = 0; module < shapes.size(); ++module)
            modules[shapes[module].name] = adapter.ranksOf(layer, static_cast<int>(module));
        layers.push_back(std::move(modules));
    }
    Json training = Json::array();
    Json validation = Json::array();
    for (const auto& [first, second] : losses) {
        training.push_back(first);
        validation.push_back(second);
    }
    return {{"format", "hilo.search/1"},
            {"method", "guilomo"},
            {"model",
             {{"architecture", inputs.model.config.architecture},
              {"layers", inputs.model.config.layers},
              {"sha256", inputs.spec.modelSha256}}},
            {"settings",
             {{"experts", settings.experts},
              {"rank", settings.rank},
              {"steps", steps},
              {"weight_rate", settings.weightRate},
              {"vector_rate", settings.vectorRate},
              {"seed", inputs.spec.training.seed}}},
            {"losses", {{"training", std::move(training)}, {"validation", std::move(validation)}}},
            {"layers", std::move(layers)}};
}

} // namespace

Result<Json> guidedSearch(RunSpec spec, const SearchSettings& settings, const Progress& progress)
{
    HILO_TRY(const RunInputs inputs, readRunInputs(std::move(spec), progress));
    const TrainingSpec& training = inputs.spec.training;
    for (const ModuleShape& shape : moduleShapes(inputs.model.config))
        if (settings.rank > std::min(shape.in, shape.out))
            return failure(wrongUsage("the supernet's rank " + std::to_string(settings.rank) +
                                      " is above the width of " + shape.name));
    HILO_TRY(const Compute compute, chooseCompute(inputs.model.config, "cpu", "float32", training.threads));
    applyCompute(compute);
    HILO_TRY(const auto decoder, Decoder::load(inputs.model, torch::kFloat32, torch::kCPU, progress));
    Json result;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        GuidedAdapter adapter(inputs.model.config, {settings.experts, settings.rank, 2, 16}, training.seed);
        Search search(*decoder, adapter, settings);
        std::vector<std::int64_t> lengths;
        for (const TokenisedExample& example : inputs.training)
            lengths.push_back(static_cast<std::int64_t>(example.tokens.size()));
        BatchPlan plan(training, lengths);
        const std::int64_t steps =
            settings.steps > 0 ? settings.steps : std::max<std::int64_t>(1, 4 * plan.microBatchesPerEpoch() / 2);
        std::vector<std::pair<double, double>> losses;
        for (std::int64_t step = 0; step < steps; ++step) {
            if (progress.isCancelled())
                return failure(cancelled());
            const auto batch = [&](std::int64_t index) {
                return makeTrainingBatch(inputs.training, plan.microBatch(index), training.lossOn);
            };
            losses.push_back(search.step(batch(2 * step), batch(2 * step + 1)));
            if (!std::isfinite(losses.back().first) || !std::isfinite(losses.back().second))
                return failure(internalError("The search's loss is not finite at step " + std::to_string(step) + ".",
                                             "Lower the learning rates."));
            progress.report({"Searching", step + 1, steps,
                             "loss " + std::to_string(losses.back().first) + ", validation " +
                                 std::to_string(losses.back().second)});
        }
        result = resultOf(inputs, settings, steps, adapter, losses);
        return {};
    }));
    return result;
}

} // namespace hilo
