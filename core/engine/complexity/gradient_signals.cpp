// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/gradient_signals.h"

#include "engine/complexity/layer_gradients.h"
#include "engine/complexity/sample_losses.h"
#include "formats/module_grid.h"

namespace hilo {
namespace {

using torch::Tensor;

/// Keeps each module's input, and the gradient that its output gets in the backward pass.
class GradientCapture : public ModuleAdapter
{
  public:
    explicit GradientCapture(std::size_t modules) : inputs_(modules), gradients_(modules) {}

    void addTo(std::int64_t, std::span<const int> modules, const Tensor& input, std::span<Tensor> outputs) override
    {
        for (std::size_t index = 0; index < modules.size(); ++index) {
            const auto module = static_cast<std::size_t>(modules[index]);
            inputs_[module] = input.detach().to(torch::kFloat32);
            gradients_[module] = torch::zeros_like(outputs[index], torch::kFloat32);
            outputs[index].register_hook(
                [this, module](const Tensor& gradient) { gradients_[module] = gradient.detach().to(torch::kFloat32); });
        }
    }

    const Tensor& input(std::size_t module) const { return inputs_[module]; }
    const Tensor& gradient(std::size_t module) const { return gradients_[module]; }

  private:
    std::vector<Tensor> inputs_;
    std::vector<Tensor> gradients_;
};

/// One batch: what goes into every layer, and the gradient that has come down so far.
struct Descending
{
    const CalibrationBatch* batch = nullptr;
    bool training = true;
    std::shared_ptr<ForwardContext> context;
    std::vector<Tensor> inputs; ///< by layer
    Tensor gradient;
};

/// Tokens of one module from all batches of a kind, batch by batch.
struct Gathered
{
    std::vector<Tensor> inputs, gradients;
    std::vector<std::int64_t> starts{0};

    void add(const CalibrationBatch& batch, const Tensor& input, const Tensor& gradient)
    {
        const std::int64_t offset = starts.back();
        for (std::size_t sequence = 1; sequence < batch.packed.starts.size(); ++sequence)
            starts.push_back(offset + batch.packed.starts[sequence]);
        inputs.push_back(input);
        gradients.push_back(gradient);
    }
    TokenGradients joined() const
    {
        if (inputs.empty())
            return {};
        return {torch::cat(inputs), torch::cat(gradients), starts};
    }
};

class GradientPass
{
  public:
    GradientPass(StreamedModel& model, const Progress& progress)
        : model_(model), progress_(progress), layers_(model.config().layers), modules_(moduleGrid(model.config()))
    {
    }

    void add(const std::vector<CalibrationBatch>& batches, bool training)
    {
        for (const CalibrationBatch& batch : batches) {
            batches_.push_back({&batch, training, model_.begin(batch.packed), {}, {}});
            batches_.back().inputs.push_back(model_.embed(batch.packed));
        }
    }

    Status forward()
    {
        const torch::NoGradGuard noGradients;
        for (std::int64_t layer = 0; layer < layers_; ++layer) {
            HILO_CHECK(model_.loadLayer(layer));
            for (Descending& one : batches_) {
                HILO_CHECK(say(layer));
                one.inputs.push_back(model_.layer(*one.context, one.inputs.back()));
                HILO_CHECK(model_.checkFinite(one.inputs.back()));
            }
        }
        for (Descending& one : batches_) {
            one.gradient = lossGradient(model_, *one.batch, one.inputs.back());
            one.inputs.pop_back();
        }
        return {};
    }

    Status descend(LayerGradients& gradients)
    {
        for (std::int64_t layer = layers_ - 1; layer >= 0; --layer) {
            HILO_CHECK(model_.loadLayer(layer));
            std::vector<Gathered> training(modules_.columns());
            std::vector<Gathered> validation(modules_.columns());
            for (Descending& one : batches_) {
                HILO_CHECK(say(2 * layers_ - 1 - layer));
                const GradientCapture capture = backward(one);
                auto& gathered = one.training ? training : validation;
                for (const ModuleShape& shape : modules_.layer(static_cast<std::size_t>(layer))) {
                    const auto module = static_cast<std::size_t>(shape.column);
                    gathered[module].add(*one.batch, capture.input(module), capture.gradient(module));
                }
            }
            const torch::NoGradGuard noGradients;
            for (const ModuleShape& shape : modules_.layer(static_cast<std::size_t>(layer))) {
                const auto module = static_cast<std::size_t>(shape.column);
                gradients.addModule(layer, shape, model_.moduleWeight(shape.column), training[module].joined(),
                                    validation[module].joined());
                training[module] = validation[module] = {};
                if (progress_.isCancelled())
                    return failure(cancelled());
            }
            gradients.finishLayer(layer);
            if (!gradients.finite())
                return failure(badInput({}, "layer " + std::to_string(layer),
                                        "The gradients are not finite, so they can't be profiled.",
                                        "Use another checkpoint or other data."));
        }
        return {};
    }

  private:
    GradientCapture backward(Descending& one)
    {
        GradientCapture capture(modules_.columns());
        ForwardOptions options;
        options.adapter = &capture;
        one.gradient = model_.backward(*one.context, one.inputs.back(), one.gradient, options);
        one.inputs.pop_back();
        return capture;
    }

    Status say(std::int64_t done) const
    {
        if (progress_.isCancelled())
            return failure(cancelled());
        progress_.report({"Gradients", done, 2 * layers_, {}});
        return {};
    }

    StreamedModel& model_;
    const Progress& progress_;
    std::int64_t layers_ = 0;
    ModuleGrid modules_;
    std::vector<Descending> batches_;
};

} // namespace

Result<SignalSet> measureGradients(StreamedModel& model, const std::vector<CalibrationBatch>& training,
                                   const std::vector<CalibrationBatch>& validation, const std::set<std::string>& wanted,
                                   const Progress& progress)
{
    const Stopwatch cost;
    std::int64_t firstHalf = 0;
    for (const CalibrationBatch& batch : training)
        if (batch.half == 0)
            firstHalf += batch.packed.sequences();
    GradientPass pass(model, progress);
    pass.add(training, true);
    pass.add(validation, false);
    HILO_CHECK(pass.forward());
    LayerGradients gradients(moduleGrid(model.config()), firstHalf, wanted);
    HILO_CHECK(pass.descend(gradients));
    SignalSet set = gradients.take();
    set.seconds = cost.seconds();
    return set;
}

} // namespace hilo
