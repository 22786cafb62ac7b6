// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/trainer.h"

#include "data/shuffle.h"
#include "engine/base/tensor_file.h"
#include "engine/train/embedding_noise.h"
#include "engine/train/not_finite.h"
#include "engine/train/schedule.h"
#include "gpu/operators/adamw.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;

TrainingSpec joined(TrainingSpec training, const Parallel* parallel)
{
    training.accumulation *= parallel ? parallel->size() : 1;
    return training;
}

/// Logits that exist at once: a GPU is idle with the few that suit a CPU's cache.
constexpr std::int64_t logitBytesOnGpu = std::int64_t{512} << 20;

} // namespace

Trainer::Trainer(std::shared_ptr<const Decoder> decoder, std::shared_ptr<MixtureAdapter> adapter, TokenRows examples,
                 const TrainingSpec& training, Parallel* parallel, TaskMixture mixture,
                 std::unique_ptr<const PreferenceStep> preferences)
    : decoder_(std::move(decoder)), adapter_(std::move(adapter)), examples_(std::move(examples)),
      training_(joined(training, parallel)), parallel_(parallel), mixture_(std::move(mixture)),
      preferences_(std::move(preferences)), plan_(training_, examples_.lengths(), mixture_), steps_(plan_.steps()),
      microBatches_(plan_.microBatches()),
      sums_(torch::zeros({2}, torch::TensorOptions(torch::kFloat64).device(decoder_->device()))),
      moving_(Reallocation::create(training_, decoder_->config(), *adapter_, steps_))
{
    firstMoment_ = torch::zeros_like(optimised().values);
    secondMoment_ = torch::zeros_like(firstMoment_);
    setStretches();
    if (preferences_)
        preferenceSums_ =
            torch::zeros({PreferenceSums::Count}, torch::TensorOptions(torch::kFloat64).device(decoder_->device()));
    if (training_.cudaGraph)
        fixed_ = std::make_unique<FixedBatch>(FixedShape::of(training_, sizesOf(examples_, training_.lossOn, mixture_)),
                                              decoder_->device());
}

std::vector<TrainingBatch> Trainer::takeBatches(StepReport& report, std::int64_t& labels)
{
    const std::int64_t size = parallel_ ? parallel_->size() : 1;
    const std::int64_t rank = parallel_ ? parallel_->rank() : 0;
    std::vector<TrainingBatch> batches(static_cast<std::size_t>(training_.accumulation));
    likelihoods_ = 0;
    for (std::int64_t i = 0; i < microBatchesOfStep(); ++i) {
        const std::int64_t index = position_.microBatch + i;
        TrainingBatch batch = batchOf(index);
        if (preferences_)
            likelihoods_ += preferences_->likelihoods(examples_, plan_.microBatch(index));
        labels += batch.labels;
        report.tokens += batch.packed.tokenCount();
        // The others' micro-batches are only counted: every process knows all rows.
        if (i % size == rank) {
            mostTokens_ = std::max(mostTokens_, fixed_ ? fixed_->packed().tokens.size(0) : batch.packed.tokenCount());
            batches[static_cast<std::size_t>(i)] = std::move(batch);
        }
    }
    return batches;
}

TrainingBatch Trainer::batchOf(std::int64_t index)
{
    const std::span<const std::int64_t> rows = plan_.microBatch(index);
    if (preferences_)
        return preferences_->batch(examples_, rows, mixture_);
    const PromptDropout dropout{training_.promptDropout, counterNumber(static_cast<std::uint64_t>(training_.seed),
                                                                       static_cast<std::uint64_t>(index))};
    return makeTrainingBatch(examples_, rows, training_.lossOn, dropout, mixture_);
}

std::int64_t Trainer::microBatchesOfStep() const
{
    return std::clamp<std::int64_t>(microBatches_ - position_.microBatch, 1, training_.accumulation);
}

gpu::CrossEntropyOptions Trainer::lossOptions() const
{
    gpu::CrossEntropyOptions options;
    options.logitSoftcap = decoder_->config().logitSoftcap;
    if (decoder_->device().is_cuda())
        options.logitBytes = logitBytesOnGpu;
    return options;
}

ForwardOptions Trainer::forwardOptions(const PackedBatch& packed, std::int64_t index) const
{
    ForwardOptions options;
    if (const double alpha = training_.variants.neftuneAlpha; alpha > 0)
        options.embeddingNoise =
            embeddingNoise(packed.starts, decoder_->config().hidden, alpha, {training_.seed, position_.step, index});
    options.adapter = adapter_.get();
    options.recomputeActivations = training_.activationCheckpointing;
    options.recomputedLayers = recomputedLayers_;
    return options;
}

template <class Count>
void Trainer::differentiate(const PackedBatch& packed, std::int64_t index, const gpu::CrossEntropyOptions& lossOptions,
                            const Count& labels, const Count& microBatches)
{
    const Tensor hidden = decoder_->hidden(packed, forwardOptions(packed, index));
    const Tensor sum = gpu::chunkedCrossEntropy(hidden, decoder_->outputWeight(), packed.labels, lossOptions);
    // The mean over the labels of the whole step, however they are spread over the micro-batches.
    const Tensor loss = sum / labels;
    sums_.select(0, 0).add_(loss.detach());
    differentiateLoss(loss, microBatches);
}

template <class Count>
void Trainer::differentiateLoss(Tensor loss, const Count& microBatches)
{
    if (const Tensor auxiliary = adapter_->takeAuxiliaryLoss(); auxiliary.defined()) {
        const Tensor share = auxiliary / microBatches;
        sums_.select(0, 1).add_(share.detach());
        loss = loss + share;
    }
    if (loss.requires_grad())
        loss.backward();
}

void Trainer::runPreferences(const TrainingBatch& batch, std::int64_t index, std::int64_t rowsOfStep)
{
    const std::span<const std::int64_t> rows = plan_.microBatch(position_.microBatch + index);
    const std::int64_t microBatches = microBatchesOfStep();
    adapter_->startEvaluation();
    const double divergence = preferences_->divergence(*decoder_, adapter_.get(), examples_, rows);
    const PackedBatch packed = batch.packed.to(decoder_->device());
    TokenTasks tasks;
    if (batch.tasks.defined())
        tasks = {batch.tasks.to(decoder_->device()), mixture_.tasks()};
    adapter_->startTraining(position_.step, index, packed.starts, {}, tasks);
    gpu::CrossEntropyOptions options = lossOptions();
    options.labelled = packed.labelled;
    const Tensor hidden = decoder_->hidden(packed, forwardOptions(packed, index));
    differentiateLoss(preferences_->loss(*decoder_, hidden, packed, rows, examples_, divergence,
                                         {rowsOfStep, likelihoods_}, options, preferenceSums_),
                      static_cast<double>(microBatches));
}

void Trainer::runMicroBatch(const TrainingBatch& batch, std::int64_t index, std::int64_t labels)
{
    if (preferences_)
        return runPreferences(batch, index, labels);
    gpu::CrossEntropyOptions options = lossOptions();
    if (!fixed_) {
        const PackedBatch packed = batch.packed.to(decoder_->device());
        TokenTasks tasks;
        if (batch.tasks.defined())
            tasks = {batch.tasks.to(decoder_->device()), mixture_.tasks()};
        adapter_->startTraining(position_.step, index, packed.starts, {}, tasks);
        options.labelled = packed.labelled;
        differentiate(packed, index, options, static_cast<double>(std::max<std::int64_t>(1, labels)),
                      static_cast<double>(microBatchesOfStep()));
        return;
    }
    // What the recorded work reads and what the host keeps count of is set before it; nothing below looks at the batch.
    fixed_->load(batch, labels, microBatchesOfStep());
    TokenTasks tasks;
    if (batch.tasks.defined())
        tasks = {fixed_->tasks(), mixture_.tasks()};
    adapter_->startTraining(position_.step, index, {}, fixed_->rowTokens(), tasks);
    options.labelled = fixed_->packed().labelled;
    options.places = fixed_->places();
    const auto work = [&] {
        differentiate(fixed_->packed(), index, options, fixed_->labelsOfStep(), fixed_->microBatchesOfStep());
    };
    if (decoder_->device().is_cuda())
        graph_.run(work);
    else
        work();
}

StepReport Trainer::step(bool measured)
{
    const auto start = std::chrono::steady_clock::now();
    StepReport report;
    report.measured = measured;
    std::int64_t labels = 0;
    std::vector<TrainingBatch> batches = takeBatches(report, labels);
    sums_.zero_();
    if (preferences_)
        preferenceSums_.zero_();
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (batches[i].packed.starts.empty())
            continue;
        runMicroBatch(batches[i], static_cast<std::int64_t>(i), labels);
        batches[i] = {};
    }
    if (preferences_) {
        // Each process' share is divided by the rows of the whole step already.
        sums_.select(0, 0).copy_(preferenceSums_.select(0, PreferenceSums::Loss));
        if (parallel_)
            parallel_->sum(preferenceSums_);
    }
    if (parallel_)
        parallel_->sum(sums_);
    update(report, measured);
    if (measured) {
        const Tensor found = sums_.to(torch::kCPU);
        report.loss = found[0].item<double>();
        report.auxiliaryLoss = found[1].item<double>();
        if (preferences_)
            report.preferences = preferenceMetrics(preferences_->objective(), preferenceSums_);
        if (!std::isfinite(report.loss) || !std::isfinite(report.gradientNorm))
            report.notFinite = firstNotFinite();
    }
    ++position_.step;
    position_.microBatch += training_.accumulation;
    position_.tokens += report.tokens;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    position_.seconds += report.seconds;
    return report;
}

void Trainer::setStretches()
{
    const std::int64_t size = firstMoment_.numel();
    stretches_ = rateStretches(adapter_->layout(), decoder_->config().layers, training_);
    const std::int64_t known = adapter_->parameters().numel();
    if (const std::int64_t rest = size - known; rest > 0 && !stretches_.empty() && stretches_.back().factor == 1)
        stretches_.back().size += rest;
    else if (rest > 0)
        stretches_.push_back({known, rest, 1});
}

Optimised Trainer::optimised()
{
    Tensor& parameters = adapter_->parameters();
    return moving_ ? moving_->optimised(*adapter_) : Optimised{parameters.detach(), parameters.mutable_grad()};
}

SumOverProcesses Trainer::sumOverProcesses() const
{
    if (!parallel_)
        return {};
    return [this](Tensor& values) { parallel_->sum(values); };
}

void Trainer::update(StepReport& report, bool measured)
{
    Tensor& ofAdapter = adapter_->parameters().mutable_grad();
    if (!ofAdapter.defined() || adapter_->parameters().numel() == 0)
        return;
    if (parallel_)
        parallel_->sum(ofAdapter);
    const auto [values, gradient] = optimised();
    const Tensor norm = gpu::gradientNorm(gradient);
    if (measured) {
        report.gradientNorm = norm.item<double>();
        if (!std::isfinite(report.gradientNorm))
            return;
    }
    report.learningRate =
        learningRateAt(position_.step, steps_, training_.learningRate, training_.warmupSteps, training_.schedule);
    gpu::AdamwSettings settings;
    settings.learningRate = report.learningRate;
    settings.beta1 = training_.beta1;
    settings.beta2 = training_.beta2;
    settings.epsilon = training_.epsilon;
    settings.weightDecay = training_.weightDecay;
    settings.step = position_.step + 1;
    settings.clearGradients = !moving_ || !moving_->readsGradient();
    for (const RateStretch& stretch : stretches_) {
        const auto part = [&](const Tensor& whole) { return whole.narrow(0, stretch.begin, stretch.size); };
        settings.learningRate = report.learningRate * stretch.factor;
        gpu::adamwStep(part(values), part(gradient), part(firstMoment_), part(secondMoment_), settings, norm,
                       training_.clipNorm);
    }
    if (moving_)
        moving_->updated(*adapter_, position_.step + 1, sumOverProcesses());
}

std::optional<Reallocated> Trainer::reallocate()
{
    if (!moving_ || !moving_->isDue(position_.step))
        return std::nullopt;
    OptimiserView view{firstMoment_, secondMoment_, 0, training_.beta1, training_.beta2, position_.step};
    for (std::int64_t step = position_.step; step < steps_; ++step)
        view.rateAhead +=
            learningRateAt(step, steps_, training_.learningRate, training_.warmupSteps, training_.schedule);
    std::optional<Reallocation::Proposal> proposal = moving_->propose(*adapter_, view);
    if (!proposal)
        return std::nullopt;
    if (proposal->change) {
        const Repacking repacking = adapter_->change(decoder_->config(), *proposal->change, position_.step);
        firstMoment_ = moving_->firstMoment(repacking, firstMoment_);
        secondMoment_ = moving_->secondMoment(repacking, secondMoment_);
        moving_->repacked(*adapter_, repacking);
        setStretches();
    }
    return std::move(proposal->event);
}

std::string Trainer::firstNotFinite()
{
    StepReport unused;
    std::int64_t labels = 0;
    const std::vector<TrainingBatch> batches = takeBatches(unused, labels);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (batches[i].packed.starts.empty())
            continue;
        const PackedBatch packed = batches[i].packed.to(decoder_->device());
        adapter_->startTraining(position_.step, static_cast<std::int64_t>(i), packed.starts);
        if (const std::string found = hilo::firstNotFinite(*decoder_, *adapter_, packed); !found.empty())
            return found;
    }
    return firstGradientNotFinite(*adapter_);
}

bool Trainer::isFinite() const
{
    for (const Tensor& values : {adapter_->parameters().detach(), firstMoment_, secondMoment_})
        if (!torch::isfinite(values).all().item<bool>())
            return false;
    return true;
}

Status Trainer::saveMoments(const std::filesystem::path& file) const
{
    std::vector<NamedTensor> tensors{{"first_moment", firstMoment_}, {"second_moment", secondMoment_}};
    if (moving_)
        for (NamedTensor& one : moving_->state())
            tensors.push_back(std::move(one));
    return writeTensorFile(file, tensors);
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
    return moving_ ? moving_->restore(*adapter_, loaded.tensors, file.string()) : Status();
}

} // namespace hilo
