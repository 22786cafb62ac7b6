// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/search/guided_search.h"

#include "base/sha256.h"
#include "base/text_format.h"
#include "engine/base/compute.h"
#include "engine/base/torch_border.h"
#include "engine/data/batch_plan.h"
#include "engine/data/training_batch.h"
#include "engine/model/decoder.h"
#include "engine/search/guided_adapter.h"
#include "engine/search/search_checkpoint.h"
#include "engine/train/run_inputs.h"
#include "formats/module_grid.h"
#include "gpu/operators/adamw.h"
#include "gpu/operators/cross_entropy.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <span>

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
        gpu::adamwStep(parameters, values, first, second, settings);
        steps_ += keep;
    }

    /// Both moments, alive; and how many steps they are of.
    std::map<std::string, Tensor> moments(const std::string& name) const
    {
        return {{name + ".first_moment", first_}, {name + ".second_moment", second_}};
    }
    void setSteps(std::int64_t steps) { steps_ = steps; }

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

    /// Everything that a step changes, alive.
    std::map<std::string, Tensor> tensors() const
    {
        std::map<std::string, Tensor> all = weightOptimiser_.moments("weights");
        all.merge(vectorOptimiser_.moments("vectors"));
        all.emplace("weights", adapter_.weights().detach());
        all.emplace("vectors", adapter_.vectors().detach());
        return all;
    }

    Status restore(const SearchCheckpoint& state, const std::string& file)
    {
        for (auto& [name, tensor] : tensors()) {
            const auto found = state.tensors.find(name);
            if (found == state.tensors.end() || found->second.sizes() != tensor.sizes() ||
                found->second.scalar_type() != tensor.scalar_type())
                return failure(badInput(file, name,
                                        "expected " + std::to_string(tensor.numel()) +
                                            " float32 values for this search's supernet"));
            tensor.copy_(found->second);
        }
        const auto steps = static_cast<std::int64_t>(state.losses.size());
        weightOptimiser_.setSteps(steps);
        vectorOptimiser_.setSteps(steps);
        return {};
    }

  private:
    Gradients gradients(const TrainingBatch& batch)
    {
        for (Tensor* parameters : {&adapter_.weights(), &adapter_.vectors()})
            parameters->mutable_grad() = torch::zeros_like(parameters->detach());
        ForwardOptions options;
        options.adapter = &adapter_;
        gpu::CrossEntropyOptions lossOptions;
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

Json toJson(const SearchSettings& settings)
{
    return {{"experts", settings.experts},
            {"rank", settings.rank},
            {"steps", settings.steps},
            {"weight_rate", settings.weightRate},
            {"vector_rate", settings.vectorRate}};
}

/// Of all that decides the result: settings, model, batches and the rows themselves.
std::string identityOf(const RunInputs& inputs, const SearchSettings& settings)
{
    const TrainingSpec& training = inputs.spec.training;
    std::vector<std::int64_t> rows;
    for (const TokenisedExample& example : inputs.training) {
        rows.push_back(static_cast<std::int64_t>(example.tokens.size()));
        rows.insert(rows.end(), example.tokens.begin(), example.tokens.end());
        for (const auto& [begin, end] : example.answers)
            rows.insert(rows.end(), {begin, end});
    }
    Json all = {{"settings", toJson(settings)},
                {"model", inputs.spec.modelSha256},
                {"batch_size", training.batchSize},
                {"packing", training.packing},
                {"max_length", training.maxLength},
                {"group_by_length", training.groupByLength},
                {"seed", training.seed},
                {"loss_on", static_cast<int>(training.lossOn)},
                {"rows", sha256(std::as_bytes(std::span(rows)))}};
    if (inputs.mixture.tasks() > 1)
        all["rows_of_epoch"] = inputs.mixture.rowsOfEpoch();
    return sha256(all.dump());
}

Json resultOf(const RunInputs& inputs, const SearchSettings& settings, std::int64_t steps, const GuidedAdapter& adapter,
              const std::vector<std::pair<double, double>>& losses)
{
    const ModuleGrid grid = moduleGrid(inputs.model.config);
    Json layers = Json::array();
    for (std::int64_t layer = 0; layer < inputs.model.config.layers; ++layer) {
        Json modules = Json::object();
        for (const ModuleShape& shape : grid.layer(static_cast<std::size_t>(layer)))
            modules[shape.name] = adapter.ranksOf(layer, shape.column);
        layers.push_back(std::move(modules));
    }
    Json all = toJson(settings);
    all.update({{"steps", steps}, {"seed", inputs.spec.training.seed}});
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
            {"settings", std::move(all)},
            {"losses", {{"training", std::move(training)}, {"validation", std::move(validation)}}},
            {"layers", std::move(layers)}};
}

/// The loop over the steps, with its state on the disk.
class SearchLoop
{
  public:
    SearchLoop(const RunInputs& inputs, const SearchSettings& settings, const Progress& progress,
               std::filesystem::path stateFile)
        : inputs_(inputs), settings_(settings), progress_(progress), stateFile_(std::move(stateFile))
    {
        state_.identity = identityOf(inputs, settings);
        state_.settings = toJson(settings);
    }

    /// From the file where it exists.
    Status readState()
    {
        if (stateFile_.empty())
            return {};
        HILO_TRY(std::optional<SearchCheckpoint> found, readSearchCheckpoint(stateFile_));
        if (!found)
            return {};
        if (found->identity != state_.identity)
            return failure(badInput(stateFile_.string(), {},
                                    "This is the state of another search: its settings, rows or model are not these.",
                                    "Remove it, or give another --out."));
        found->settings = state_.settings;
        state_ = std::move(*found);
        return {};
    }

    /// Those that the search was begun with, else what the spec says.
    int threads() const { return state_.losses.empty() ? inputs_.spec.training.threads : state_.threads; }

    Result<Json> run(const Decoder& decoder, int threads)
    {
        const TrainingSpec& training = inputs_.spec.training;
        GuidedAdapter adapter(inputs_.model.config, {settings_.experts, settings_.rank, 2, 16}, training.seed);
        Search search(decoder, adapter, settings_);
        if (!state_.losses.empty())
            HILO_CHECK(search.restore(state_, stateFile_.string()));
        std::vector<std::int64_t> lengths;
        for (std::size_t row = 0; row < inputs_.training.size(); ++row)
            lengths.push_back(inputs_.training.tokens(row));
        BatchPlan plan(training, lengths, inputs_.mixture);
        state_.threads = threads;
        state_.steps =
            settings_.steps > 0 ? settings_.steps : std::max<std::int64_t>(1, 4 * plan.microBatchesPerEpoch() / 2);
        state_.tensors = search.tensors();
        const auto batch = [&](std::int64_t index) {
            return makeTrainingBatch(inputs_.training, plan.microBatch(index), training.lossOn);
        };
        for (std::int64_t step = done(); step < state_.steps; step = done()) {
            if (progress_.isCancelled())
                return failure(stopped());
            state_.losses.push_back(search.step(batch(2 * step), batch(2 * step + 1)));
            const auto [loss, validation] = state_.losses.back();
            const bool finite = std::isfinite(loss) && std::isfinite(validation);
            if (const auto broken = finite ? std::optional<Error>() : decoder.brokenWeight())
                return failure(*broken);
            if (!finite)
                return failure(internalError("The search's loss is not finite at step " + std::to_string(step) + ".",
                                             "Lower the learning rates."));
            progress_.report(
                {"Searching", step + 1, state_.steps, printed("loss %.4f, validation %.4f", loss, validation)});
            if (saveIsDue())
                HILO_CHECK(save());
        }
        return resultOf(inputs_, settings_, state_.steps, adapter, state_.losses);
    }

  private:
    using Clock = std::chrono::steady_clock;

    std::int64_t done() const { return static_cast<std::int64_t>(state_.losses.size()); }

    bool saveIsDue() const
    {
        const TrainingSpec& training = inputs_.spec.training;
        if (training.checkpointEvery > 0 && done() % training.checkpointEvery == 0)
            return true;
        const std::chrono::duration<double, std::ratio<60>> minutes = Clock::now() - saved_;
        return training.checkpointMinutes > 0 && minutes.count() >= training.checkpointMinutes;
    }

    Status save()
    {
        saved_ = Clock::now();
        return stateFile_.empty() ? Status() : writeSearchCheckpoint(stateFile_, state_);
    }

    Error stopped()
    {
        if (stateFile_.empty() || state_.losses.empty())
            return cancelled();
        if (const Status status = save(); !status)
            return status.error();
        Error error = cancelled();
        error.hint = printed("The same command goes on from step %lld of %lld.", static_cast<long long>(done()),
                             static_cast<long long>(state_.steps));
        return error;
    }

    const RunInputs& inputs_;
    const SearchSettings& settings_;
    const Progress& progress_;
    std::filesystem::path stateFile_;
    SearchCheckpoint state_; ///< its tensors are the search's own
    Clock::time_point saved_ = Clock::now();
};

} // namespace

Result<Json> guidedSearch(RunSpec spec, const SearchSettings& settings, const Progress& progress,
                          const std::filesystem::path& stateFile)
{
    HILO_TRY(const RunInputs inputs, readRunInputs(std::move(spec), progress));
    const ModuleGrid grid = moduleGrid(inputs.model.config);
    for (std::size_t layer = 0; layer < grid.layers(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer))
            if (settings.rank > shape.width())
                return failure(wrongUsage("the supernet's rank " + std::to_string(settings.rank) +
                                          " is above the width of " + shape.name));
    SearchLoop loop(inputs, settings, progress, stateFile);
    HILO_CHECK(loop.readState());
    HILO_TRY(const Compute compute, chooseCompute(inputs.model.config, "cpu", "float32", loop.threads()));
    applyCompute(compute);
    HILO_TRY(const auto decoder, Decoder::load(inputs.model, torch::kFloat32, torch::kCPU, progress));
    return atTorchBorder([&] { return loop.run(*decoder, compute.threads); });
}

} // namespace hilo
