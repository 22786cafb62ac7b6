// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/gradient_signals.h"

#include "engine/complexity/layer_gradients.h"
#include "engine/complexity/sample_losses.h"
#include "formats/base_expert_modules.h"

#include <array>

namespace hilo {
namespace {

using torch::Tensor;

/// What the base's own experts of one layer saw and got back: rows of one expert behind one another.
struct ExpertRows
{
    Tensor input, gradient;
    std::vector<std::int64_t> counts;
};

/// Keeps each module's input, and the gradient that its output gets in the backward pass; of the base's own experts the
/// rows that were routed to each.
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

    bool adaptsExperts(std::int64_t) const override { return true; }

    Tensor addToExperts(std::int64_t, BaseExpertWeight which, const Tensor& input, std::span<const std::int64_t> counts,
                        const Tensor& output) override
    {
        ExpertRows& rows = experts_[static_cast<std::size_t>(which)];
        rows = {input.detach().to(torch::kFloat32),
                torch::zeros_like(output, torch::kFloat32),
                {counts.begin(), counts.end()}};
        output.register_hook(
            [&rows](const Tensor& gradient) { rows.gradient = gradient.detach().to(torch::kFloat32); });
        return output;
    }

    const ExpertRows& experts(BaseExpertWeight which) const { return experts_[static_cast<std::size_t>(which)]; }
    const Tensor& input(std::size_t module) const { return inputs_[module]; }
    const Tensor& gradient(std::size_t module) const { return gradients_[module]; }

  private:
    std::vector<Tensor> inputs_;
    std::vector<Tensor> gradients_;
    std::array<ExpertRows, 2> experts_;
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
        add(batch.packed.starts, input, gradient);
    }
    /// begins: the first row of each sequence, and the number of rows.
    void add(const std::vector<std::int64_t>& begins, const Tensor& input, const Tensor& gradient)
    {
        const std::int64_t offset = starts.back();
        for (std::size_t sequence = 1; sequence < begins.size(); ++sequence)
            starts.push_back(offset + begins[sequence]);
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

/// The first row of each sequence among rows of these tokens, which rise, and the number of rows.
std::vector<std::int64_t> beginsOf(const PackedBatch& batch, const Tensor& tokens)
{
    const Tensor starts = torch::tensor(batch.starts, torch::kInt64);
    const Tensor found = torch::searchsorted(tokens.to(torch::kCPU).contiguous(), starts).contiguous();
    return {found.data_ptr<std::int64_t>(), found.data_ptr<std::int64_t>() + found.numel()};
}

/// Rows of the base's own experts of a layer from all batches of a kind: by weight and expert.
class GatheredExperts
{
  public:
    explicit GatheredExperts(std::int64_t experts)
    {
        for (std::vector<Gathered>& weight : gathered_)
            weight.resize(static_cast<std::size_t>(experts));
    }

    /// tokens: of each row.
    void add(const CalibrationBatch& batch, const GradientCapture& capture, const Tensor& tokens)
    {
        for (const BaseExpertWeight which : {BaseExpertWeight::In, BaseExpertWeight::Down}) {
            const ExpertRows& rows = capture.experts(which);
            std::int64_t first = 0;
            for (std::size_t expert = 0; expert < rows.counts.size(); ++expert) {
                const std::int64_t count = rows.counts[expert];
                gathered_[static_cast<std::size_t>(which)][expert].add(
                    beginsOf(batch.packed, tokens.narrow(0, first, count)), rows.input.narrow(0, first, count),
                    rows.gradient.narrow(0, first, count));
                first += count;
            }
        }
    }

    /// By expert; nothing where no batch was added.
    std::vector<TokenGradients> joined(BaseExpertWeight which) const
    {
        std::vector<TokenGradients> experts;
        for (const Gathered& expert : gathered_[static_cast<std::size_t>(which)])
            experts.push_back(expert.joined());
        return experts;
    }

  private:
    std::array<std::vector<Gathered>, 2> gathered_;
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
            const std::vector<ModuleShape> experts = baseExpertModules(model_.config(), layer);
            const std::int64_t count = experts.empty() ? 0 : experts.front().baseExperts;
            GatheredExperts trainingExperts(count), validationExperts(count);
            for (Descending& one : batches_) {
                HILO_CHECK(say(2 * layers_ - 1 - layer));
                Tensor tokens;
                const GradientCapture capture = backward(one, tokens);
                if (count > 0)
                    (one.training ? trainingExperts : validationExperts).add(*one.batch, capture, tokens);
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
            for (const ModuleShape& shape : experts) {
                const auto which =
                    shape.inputGroup == inputGroupOfExpertsDown ? BaseExpertWeight::Down : BaseExpertWeight::In;
                gradients.addExperts(
                    layer, shape, [this, which](std::int64_t expert) { return model_.expertWeight(which, expert); },
                    trainingExperts.joined(which), validationExperts.joined(which));
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
    /// tokens: of each row of the base's own experts; undefined where the layer has none.
    GradientCapture backward(Descending& one, Tensor& tokens)
    {
        GradientCapture capture(modules_.columns());
        ForwardObserver observer;
        observer.expertInput = [&tokens](std::int64_t, BaseExpertWeight, const Tensor&, std::span<const std::int64_t>,
                                         const Tensor& ofRows) { tokens = ofRows; };
        ForwardOptions options;
        options.adapter = &capture;
        options.observer = &observer;
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
    LayerGradients gradients(mapGrid(model.config()), firstHalf, wanted);
    HILO_CHECK(pass.descend(gradients));
    SignalSet set = gradients.take();
    if (set.hasExperts())
        set.notes.push_back(
            "Signals of the gradients: a value of the base's own experts is the mean over them; one that "
            "no token passed has gradients of zero.");
    set.seconds = cost.seconds();
    return set;
}

} // namespace hilo
