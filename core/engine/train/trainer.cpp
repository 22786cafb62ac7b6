// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/trainer.h"

#include "engine/tensor_file.h"
#include "engine/train/schedule.h"
#include "engine/train/training_batch.h"
#include "gpu/adamw.h"
#include "gpu/chunked_loss.h"

#include <chrono>

namespace hilo {
namespace {

using torch::Tensor;

std::vector<std::int64_t> lengthsOf(const std::vector<TokenisedExample>& examples)
{
    std::vector<std::int64_t> lengths;
    for (const TokenisedExample& example : examples)
        lengths.push_back(static_cast<std::int64_t>(example.tokens.size()));
    return lengths;
}

} // namespace

Trainer::Trainer(std::shared_ptr<const Decoder> decoder, std::shared_ptr<MixtureAdapter> adapter,
                 std::vector<TokenisedExample> examples, const TrainingSpec& training)
    : decoder_(std::move(decoder)), adapter_(std::move(adapter)), examples_(std::move(examples)), training_(training),
      plan_(training, lengthsOf(examples_)), steps_(plan_.steps()),
      firstMoment_(torch::zeros_like(adapter_->parameters().detach())),
      secondMoment_(torch::zeros_like(adapter_->parameters().detach()))
{
}

StepReport Trainer::step()
{
    const auto start = std::chrono::steady_clock::now();
    StepReport report;
    std::vector<TrainingBatch> batches;
    std::int64_t labels = 0;
    for (std::int64_t i = 0; i < training_.accumulation; ++i) {
        batches.push_back(makeTrainingBatch(examples_, plan_.microBatch(position_.microBatch + i), training_.lossOn));
        labels += batches.back().labels;
        report.tokens += batches.back().packed.tokenCount();
    }
    ForwardOptions options;
    options.adapter = adapter_.get();
    options.recomputeActivations = training_.activationCheckpointing;
    gpu::ChunkedLossOptions lossOptions;
    lossOptions.logitSoftcap = decoder_->config().logitSoftcap;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        adapter_->startTraining(position_.step, static_cast<std::int64_t>(i));
        const Tensor hidden = decoder_->hidden(batches[i].packed, options);
        const Tensor sum =
            gpu::chunkedCrossEntropy(hidden, decoder_->outputWeight(), batches[i].packed.labels, lossOptions);
        // The mean over the labels of the whole step, however they are spread over the micro-batches.
        Tensor loss = sum / static_cast<double>(std::max<std::int64_t>(1, labels));
        report.loss += loss.item<double>();
        if (const Tensor auxiliary = adapter_->takeAuxiliaryLoss(); auxiliary.defined()) {
            const Tensor share = auxiliary / static_cast<double>(training_.accumulation);
            report.auxiliaryLoss += share.item<double>();
            loss = loss + share;
        }
        if (loss.requires_grad())
            loss.backward();
        batches[i] = {};
    }

    Tensor& parameters = adapter_->parameters();
    Tensor& gradient = parameters.mutable_grad();
    if (gradient.defined() && parameters.numel() > 0) {
        report.gradientNorm = gpu::gradientNorm(gradient.data_ptr<float>(), gradient.numel());
        report.learningRate =
            learningRateAt(position_.step, steps_, training_.learningRate, training_.warmupSteps, training_.schedule);
        gpu::AdamwSettings settings;
        settings.learningRate = report.learningRate;
        settings.beta1 = training_.beta1;
        settings.beta2 = training_.beta2;
        settings.epsilon = training_.epsilon;
        settings.weightDecay = training_.weightDecay;
        settings.step = position_.step + 1;
        settings.gradientFactor = gpu::clipFactor(report.gradientNorm, training_.clipNorm);
        settings.clearGradients = true;
        gpu::adamwStep(parameters.data_ptr<float>(), gradient.data_ptr<float>(), firstMoment_.data_ptr<float>(),
                       secondMoment_.data_ptr<float>(), parameters.numel(), settings);
    }
    ++position_.step;
    position_.microBatch += training_.accumulation;
    position_.tokens += report.tokens;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    position_.seconds += report.seconds;
    return report;
}

Status Trainer::saveMoments(const std::filesystem::path& file) const
{
    return writeTensorFile(file, {{"first_moment", firstMoment_}, {"second_moment", secondMoment_}});
}

Status Trainer::loadMoments(const std::filesystem::path& file)
{
    HILO_TRY(const TensorFile loaded, readTensorFile(file));
    for (auto [name, target] : {std::pair{"first_moment", firstMoment_}, {"second_moment", secondMoment_}}) {
        const auto found = loaded.tensors.find(name);
        if (found == loaded.tensors.end() || found->second.sizes() != target.sizes() ||
            found->second.scalar_type() != torch::kFloat32)
            return failure(
                badInput(file.string(), name,
                         "expected " + std::to_string(target.numel()) + " float32 values for this run's adapter"));
        target.copy_(found->second);
    }
    return {};
}

} // namespace hilo
