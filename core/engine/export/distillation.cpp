// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/distillation.h"

#include "base/text_format.h"
#include "data/shuffle.h"
#include "engine/data/training_batch.h"
#include "engine/export/content.h"
#include "engine/export/content_tensors.h"
#include "engine/export/divergence.h"
#include "engine/train/schedule.h"
#include "gpu/operators/adamw.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

constexpr std::int64_t rowsAtOnce = 16;
constexpr std::int64_t mostKeptBack = 128;
constexpr std::int64_t looks = 10; ///< at the rows that were kept back, on the way
constexpr double clipNorm = 1;

/// Row numbers in the order in which they are trained on, epoch by epoch.
class RowOrder
{
  public:
    RowOrder(std::vector<std::int64_t> rows, std::int64_t seed)
        : rows_(std::move(rows)), seed_(static_cast<std::uint64_t>(seed))
    {
        next_ = rows_.size();
    }

    std::int64_t next()
    {
        if (next_ == rows_.size()) {
            order_ = rows_;
            shuffle(order_, counterNumber(seed_, epoch_++));
            next_ = 0;
        }
        return order_[next_++];
    }

  private:
    std::vector<std::int64_t> rows_, order_;
    std::uint64_t seed_ = 0, epoch_ = 0;
    std::size_t next_ = 0;
};

class Distillation
{
  public:
    Distillation(const Decoder& decoder, ModuleAdapter& teacher, MixtureAdapter& student, const TokenRows& rows,
                 LossOn lossOn, const DistillationSettings& settings)
        : decoder_(decoder), teacher_(teacher), student_(student), rows_(rows), lossOn_(lossOn), settings_(settings)
    {
        divergence_.logitSoftcap = decoder.config().logitSoftcap;
        first_ = torch::zeros_like(student.parameters().detach());
        second_ = torch::zeros_like(first_);
    }

    /// Mean divergence per token of the rows.
    Result<double> measure(std::span<const std::int64_t> rows, const Progress& progress)
    {
        const torch::NoGradGuard noGradients;
        student_.startEvaluation();
        double sum = 0;
        std::int64_t tokens = 0;
        for (std::size_t begin = 0; begin < rows.size(); begin += rowsAtOnce) {
            if (progress.isCancelled())
                return failure(cancelled());
            const TrainingBatch batch = batchOf(rows, begin);
            const Tensor places = placesOf(batch);
            sum += summedDivergence(hiddenAt(batch, &student_, places, nullptr),
                                    hiddenAt(batch, &teacher_, places, nullptr), decoder_.outputWeight(), divergence_)
                       .item<double>();
            tokens += places.size(0);
        }
        return sum / static_cast<double>(std::max<std::int64_t>(1, tokens));
    }

    /// One update from so many rows; returns their mean divergence before it, not finite where the weights went astray.
    double step(std::int64_t step, std::span<const std::int64_t> rows)
    {
        std::vector<TrainingBatch> batches;
        std::int64_t tokens = 0, all = 0;
        for (std::size_t begin = 0; begin < rows.size(); begin += rowsAtOnce) {
            batches.push_back(batchOf(rows, begin));
            tokens += placesOf(batches.back()).size(0);
            all += batches.back().packed.tokenCount();
        }
        double sum = 0;
        for (std::size_t i = 0; i < batches.size(); ++i)
            sum += differentiate(batches[i], step, static_cast<std::int64_t>(i), std::max<std::int64_t>(1, tokens),
                                 std::max<std::int64_t>(1, all));
        tokens_ += all;
        const Tensor values = student_.parameters().detach();
        Tensor& gradient = student_.parameters().mutable_grad();
        if (!std::isfinite(sum) || !gradient.defined())
            return sum;
        gpu::AdamwSettings adamw;
        adamw.learningRate = learningRateAt(step, settings_.steps, settings_.learningRate,
                                            std::max<std::int64_t>(1, settings_.steps / 20), Schedule::Cosine);
        adamw.step = step + 1;
        adamw.clearGradients = true;
        gpu::adamwStep(values, gradient, first_, second_, adamw, gpu::gradientNorm(gradient), clipNorm);
        return sum;
    }

    std::int64_t tokens() const { return tokens_; }

  private:
    TrainingBatch batchOf(std::span<const std::int64_t> rows, std::size_t begin) const
    {
        return makeTrainingBatch(rows_, rows.subspan(begin, std::min<std::size_t>(rowsAtOnce, rows.size() - begin)),
                                 lossOn_);
    }

    /// The tokens at which both shall say the same.
    Tensor placesOf(const TrainingBatch& batch) const
    {
        return settings_.tokens == DistilledTokens::All ? torch::arange(batch.packed.tokenCount())
                                                        : batch.packed.labelled;
    }

    Tensor hiddenAt(const TrainingBatch& batch, ModuleAdapter* adapter, const Tensor& places,
                    std::vector<Tensor>* layers) const
    {
        ForwardOptions options;
        options.adapter = adapter;
        ForwardObserver observer;
        // The next layer may write into what it is given.
        observer.block = [layers](std::int64_t, const Tensor&, const Tensor& output) {
            layers->push_back(output.clone());
        };
        if (layers)
            options.observer = &observer;
        return decoder_.hidden(batch.packed, options).index_select(0, places);
    }

    double differentiate(const TrainingBatch& batch, std::int64_t step, std::int64_t micro, std::int64_t tokens,
                         std::int64_t all)
    {
        const bool byLayer = settings_.layerWeight > 0;
        const Tensor places = placesOf(batch);
        std::vector<Tensor> wanted, own;
        Tensor target;
        {
            const torch::NoGradGuard noGradients;
            target = hiddenAt(batch, &teacher_, places, byLayer ? &wanted : nullptr);
        }
        student_.startTraining(step, micro, batch.packed.starts);
        const Tensor hidden = hiddenAt(batch, &student_, places, byLayer ? &own : nullptr);
        Tensor loss =
            summedDivergence(hidden, target, decoder_.outputWeight(), divergence_) / static_cast<double>(tokens);
        const double divergence = loss.item<double>();
        for (std::size_t layer = 0; layer < own.size(); ++layer) {
            const Tensor missed = (own[layer] - wanted[layer]).square().sum(1);
            loss = loss + (missed / wanted[layer].square().sum(1).clamp_min(1e-12)).sum() *
                              (settings_.layerWeight / static_cast<double>(all) / static_cast<double>(own.size()));
        }
        if (loss.requires_grad())
            loss.backward();
        return divergence;
    }

    const Decoder& decoder_;
    ModuleAdapter& teacher_;
    MixtureAdapter& student_;
    const TokenRows& rows_;
    LossOn lossOn_;
    DistillationSettings settings_;
    DivergenceOptions divergence_;
    Tensor first_, second_;
    std::int64_t tokens_ = 0;
};

/// Rows to train on, and those that are kept back: spread over all, so that every task has some.
std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>> shareOut(std::int64_t count)
{
    const std::int64_t kept = std::min(mostKeptBack, count / 10);
    std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>> shares;
    std::int64_t next = 0;
    for (std::int64_t row = 0; row < count; ++row) {
        const bool isKept = next < kept && row == next * count / kept;
        (isKept ? shares.second : shares.first).push_back(row);
        next += isKept;
    }
    return shares;
}

ExpertContent balanced(const ExpertContent& expert, const ModuleShape& shape, std::int64_t rank)
{
    const torch::NoGradGuard noGradients;
    const Tensor a = matrixOf(expert.a, expert.rank, shape.in).to(torch::kFloat64);
    const Tensor b = matrixOf(expert.b, shape.out, expert.rank).to(torch::kFloat64) * expert.scale;
    const auto [qb, rb] = torch::linalg_qr(b, "reduced");
    const auto [qa, ra] = torch::linalg_qr(a.t(), "reduced");
    const auto [u, s, vh] = torch::linalg_svd(rb.matmul(ra.t()), false);
    const std::int64_t kept = rank > 0 ? std::min(rank, s.size(0)) : s.size(0);
    const Tensor values = s.narrow(0, 0, kept);
    // A rank of which nothing is used begins as a fresh one does: a is there, b is zero. With both at zero it would
    // stay so for ever.
    const double least = std::max(0.1 * std::sqrt(s[0].item<double>()), 1e-2);
    const Tensor ofA = values.sqrt().clamp_min(least);
    const Tensor halfA = ofA.unsqueeze(1) * vh.narrow(0, 0, kept).matmul(qa.t());
    const Tensor halfB = qb.matmul(u.narrow(1, 0, kept)) * (values / ofA);
    return {kept, 1, floatsOf(halfA), floatsOf(halfB)};
}

} // namespace

AdapterContent balancedStart(const AdapterContent& content, const std::vector<std::int64_t>& ranks)
{
    AdapterContent start = content;
    for (std::size_t i = 0; i < start.modules.size(); ++i) {
        ModuleContent& module = start.modules[i];
        if (!module.ofBase)
            module.experts = {balanced(module.experts.front(), module.shape, ranks[i])};
    }
    return start;
}

Result<Distilled> distilAdapter(const Decoder& decoder, ModuleAdapter& teacher, const AdapterContent& start,
                                const TokenRows& rows, LossOn lossOn, const DistillationSettings& settings,
                                const Progress& progress)
{
    if (rows.empty())
        return failure(badInput("distillation", {}, "There are no training rows to distil with."));
    HILO_TRY(const std::shared_ptr<MixtureAdapter> student, adapterOf(start, "distilled"));
    const auto [trained, keptBack] = shareOut(static_cast<std::int64_t>(rows.size()));
    Distillation distillation(decoder, teacher, *student, rows, lossOn, settings);
    Distilled result;
    result.rows = static_cast<std::int64_t>(trained.size());
    result.rowsKeptBack = static_cast<std::int64_t>(keptBack.size());
    const std::span<const std::int64_t> measured =
        keptBack.empty() ? std::span(trained).first(std::min<std::size_t>(trained.size(), mostKeptBack))
                         : std::span(keptBack);
    HILO_TRY(result.divergenceBefore, distillation.measure(measured, progress));
    result.divergenceAfter = result.divergenceBefore;
    Tensor best = student->parameters().detach().clone();
    RowOrder order(trained, settings.seed);
    const std::int64_t every = std::max<std::int64_t>(1, settings.steps / looks);
    const std::int64_t batchSize = std::min(settings.batchSize, result.rows);
    for (std::int64_t step = 0; step < settings.steps; ++step) {
        if (progress.isCancelled())
            return failure(cancelled());
        std::vector<std::int64_t> batch;
        while (static_cast<std::int64_t>(batch.size()) < batchSize)
            batch.push_back(order.next());
        const double divergence = distillation.step(step, batch);
        if (!std::isfinite(divergence))
            return failure(
                badInput("distillation", {},
                         "The divergence from the mixture is not finite any more at step " + std::to_string(step) + ".",
                         "Give a smaller --distill-learning-rate."));
        progress.report({"Distilling", step + 1, settings.steps, printed("divergence %.4f", divergence)});
        const bool isLast = step + 1 == settings.steps;
        if (!isLast && (keptBack.empty() || (step + 1) % every != 0))
            continue;
        HILO_TRY(const double found, distillation.measure(measured, progress));
        if (found < result.divergenceAfter) {
            result.divergenceAfter = found;
            result.keptStep = step + 1;
            best = student->parameters().detach().clone();
        }
    }
    const torch::NoGradGuard noGradients;
    student->parameters().detach().copy_(best);
    result.tokens = distillation.tokens();
    result.content = contentOf(*student, start.model);
    return result;
}

} // namespace hilo
