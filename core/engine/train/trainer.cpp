// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/trainer.h"

#include "data/shuffle.h"
#include "engine/tensor_file.h"
#include "engine/train/schedule.h"
#include "gpu/chunked_loss.h"
#include "gpu/optimiser.h"

#include <algorithm>
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

TrainingSpec joined(TrainingSpec training, const Parallel* parallel)
{
    training.accumulation *= parallel ? parallel->size() : 1;
    return training;
}

/// Logits that exist at once: a GPU is idle with the few that suit a CPU's cache.
constexpr std::int64_t logitBytesOnGpu = std::int64_t{512} << 20;

} // namespace

Trainer::Trainer(std::shared_ptr<const Decoder> decoder, std::shared_ptr<MixtureAdapter> adapter,
                 std::vector<TokenisedExample> examples, const TrainingSpec& training, Parallel* parallel)
    : decoder_(std::move(decoder)), adapter_(std::move(adapter)), examples_(std::move(examples)),
      training_(joined(training, parallel)), parallel_(parallel), plan_(training_, lengthsOf(examples_)),
      steps_(plan_.steps()), firstMoment_(torch::zeros_like(adapter_->parameters().detach())),
      secondMoment_(torch::zeros_like(adapter_->parameters().detach()))
{
}

std::vector<TrainingBatch> Trainer::takeBatches(StepReport& report, std::int64_t& labels)
{
    const std::int64_t size = parallel_ ? parallel_->size() : 1;
    const std::int64_t rank = parallel_ ? parallel_->rank() : 0;
    std::vector<TrainingBatch> batches(static_cast<std::size_t>(training_.accumulation));
    for (std::int64_t i = 0; i < training_.accumulation; ++i) {
        const std::int64_t index = position_.microBatch + i;
        const PromptDropout dropout{training_.promptDropout, counterNumber(static_cast<std::uint64_t>(training_.seed),
                                                                           static_cast<std::uint64_t>(index))};
        TrainingBatch batch = makeTrainingBatch(examples_, plan_.microBatch(index), training_.lossOn, dropout);
        labels += batch.labels;
        report.tokens += batch.packed.tokenCount();
        // The others' micro-batches are only counted: every process knows all rows.
        if (i % size == rank) {
            mostTokens_ = std::max(mostTokens_, batch.packed.tokenCount());
            batches[static_cast<std::size_t>(i)] = std::move(batch);
        }
    }
    return batches;
}

StepReport Trainer::step(bool measured)
{
    const auto start = std::chrono::steady_clock::now();
    const torch::Device device = decoder_->device();
    StepReport report;
    report.measured = measured;
    std::int64_t labels = 0;
    std::vector<TrainingBatch> batches = takeBatches(report, labels);
    ForwardOptions options;
    options.adapter = adapter_.get();
    options.recomputeActivations = training_.activationCheckpointing;
    options.recomputedLayers = recomputedLayers_;
    gpu::ChunkedLossOptions lossOptions;
    lossOptions.logitSoftcap = decoder_->config().logitSoftcap;
    if (device.is_cuda())
        lossOptions.logitBytes = logitBytesOnGpu;
    // Loss and auxiliary loss; on a GPU nobody looks at them before the end.
    Tensor sums = torch::zeros({2}, torch::TensorOptions().dtype(torch::kFloat64).device(device));
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (batches[i].packed.starts.empty())
            continue;
        const PackedBatch packed = batches[i].packed.to(device);
        adapter_->startTraining(position_.step, static_cast<std::int64_t>(i), packed.starts);
        const Tensor hidden = decoder_->hidden(packed, options);
        lossOptions.labelled = packed.labelled;
        const Tensor sum = gpu::chunkedCrossEntropy(hidden, decoder_->outputWeight(), packed.labels, lossOptions);
        // The mean over the labels of the whole step, however they are spread over the micro-batches.
        Tensor loss = sum / static_cast<double>(std::max<std::int64_t>(1, labels));
        sums.select(0, 0).add_(loss.detach());
        if (const Tensor auxiliary = adapter_->takeAuxiliaryLoss(); auxiliary.defined()) {
            const Tensor share = auxiliary / static_cast<double>(training_.accumulation);
            sums.select(0, 1).add_(share.detach());
            loss = loss + share;
        }
        if (loss.requires_grad())
            loss.backward();
        batches[i] = {};
    }
    if (parallel_)
        parallel_->sum(sums);
    update(report, measured);
    if (measured) {
        const Tensor found = sums.to(torch::kCPU);
        report.loss = found[0].item<double>();
        report.auxiliaryLoss = found[1].item<double>();
    }
    ++position_.step;
    position_.microBatch += training_.accumulation;
    position_.tokens += report.tokens;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    position_.seconds += report.seconds;
    return report;
}

void Trainer::update(StepReport& report, bool measured)
{
    Tensor& parameters = adapter_->parameters();
    Tensor& gradient = parameters.mutable_grad();
    if (!gradient.defined() || parameters.numel() == 0)
        return;
    if (parallel_)
        parallel_->sum(gradient);
    const Tensor norm = gpu::gradientNormOf(gradient);
    report.learningRate =
        learningRateAt(position_.step, steps_, training_.learningRate, training_.warmupSteps, training_.schedule);
    gpu::AdamwSettings settings;
    settings.learningRate = report.learningRate;
    settings.beta1 = training_.beta1;
    settings.beta2 = training_.beta2;
    settings.epsilon = training_.epsilon;
    settings.weightDecay = training_.weightDecay;
    settings.step = position_.step + 1;
    settings.clearGradients = true;
    gpu::adamwStepOf(parameters, gradient, firstMoment_, secondMoment_, norm, training_.clipNorm, settings);
    if (measured)
        report.gradientNorm = norm.item<double>();
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
