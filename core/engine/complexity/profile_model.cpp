// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/profile_model.h"

#include "allocation/profile_writer.h"
#include "allocation/signal_catalogue.h"
#include "base/sha256.h"
#include "engine/base/compute.h"
#include "engine/base/torch_border.h"
#include "engine/complexity/activation_signals.h"
#include "engine/complexity/expert_distance.h"
#include "engine/complexity/gradient_signals.h"
#include "engine/complexity/necessity.h"
#include "engine/complexity/profile_cache.h"
#include "engine/complexity/trained_update.h"
#include "engine/complexity/weight_signals.h"
#include "engine/data/run_data.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::int64_t tokensPerBatch = 2048;

/// Rows of the calibration data as batches, and what the profile says about them.
struct Calibration
{
    std::vector<CalibrationBatch> activations;
    std::vector<CalibrationBatch> gradients;
    std::vector<CalibrationBatch> validation;
    std::vector<CalibrationBatch> necessity;
    Json description = Json::object();
};

std::set<std::string> ofKind(const std::vector<std::string>& names, SignalKind kind)
{
    std::set<std::string> chosen;
    for (const std::string& name : names)
        if (findSignalDescription(name)->kind == kind)
            chosen.insert(name);
    return chosen;
}

bool wantsInfluence(const std::set<std::string>& names)
{
    return std::any_of(names.begin(), names.end(),
                       [](const std::string& name) { return name.starts_with("influence"); });
}

/// Rows that have a label, for the gradient of an unlabelled one is nothing.
std::vector<TokenisedExample> labelled(const std::vector<TokenisedExample>& examples)
{
    std::vector<TokenisedExample> rows;
    std::copy_if(examples.begin(), examples.end(), std::back_inserter(rows), [](const TokenisedExample& one) {
        return std::any_of(one.answers.begin(), one.answers.end(),
                           [](const auto& range) { return range.second > std::max<std::int64_t>(range.first, 1); });
    });
    return rows;
}

std::string hashOf(const std::vector<CalibrationBatch>& batches)
{
    std::string all;
    for (const CalibrationBatch& batch : batches)
        for (const torch::Tensor& part : {batch.packed.tokens, batch.packed.positions, batch.packed.labels}) {
            const torch::Tensor values = part.contiguous();
            all += sha256(
                std::as_bytes(std::span(values.data_ptr<std::int64_t>(), static_cast<std::size_t>(values.numel()))));
        }
    return sha256(all);
}

class ProfileJob
{
  public:
    ProfileJob(const ProfileRequest& request, const Progress& progress)
        : request_(request), progress_(progress), cache_(request.cache)
    {
    }

    Result<ComplexityProfile> run()
    {
        const Stopwatch all;
        const std::set<std::string> weights = ofKind(request_.signals, SignalKind::Weights);
        const std::set<std::string> activations = ofKind(request_.signals, SignalKind::Activations);
        const std::set<std::string> gradients = ofKind(request_.signals, SignalKind::Gradients);
        if (!request_.data && !(activations.empty() && gradients.empty()))
            return failure(wrongUsage(
                "the signal " + (activations.empty() ? *gradients.begin() : *activations.begin()) + " needs data",
                "give --data, or ask for --signals weights"));
        for (const std::string& name : weights)
            if (findSignalDescription(name)->needsAdapter && request_.adapter.empty())
                return failure(wrongUsage("the signal " + name + " needs a trained adapter", "give --adapter"));
        HILO_TRY(model_, openModel(request_.model));
        if (!model_.weights)
            return failure(weightsMissing(model_, "a profile"));
        HILO_TRY(const Compute compute, chooseCompute(model_.config, "cpu", "float32", request_.threads));
        applyCompute(compute);
        HILO_TRY(profile_.modelSha256, modelHash(model_, progress_));
        profile_.architecture = model_.config.architecture;
        profile_.layers = model_.config.layers;
        profile_.modelPath = std::filesystem::absolute(model_.path).lexically_normal().string();
        profile_.cost = {{"seconds", 0.0}, {"threads", compute.threads}, {"cached", Json::array()}};
        if (!weights.empty())
            HILO_CHECK(measureAllWeights(weights));
        if (!activations.empty() || !gradients.empty())
            HILO_CHECK(atTorchBorder([&] { return measureData(activations, gradients); }));
        measureAgreement(profile_);
        profile_.cost["seconds"] = all.seconds();
        profile_.cost["peak_memory_bytes"] = peakResidentMemory();
        return std::move(profile_);
    }

  private:
    void take(SignalSet set)
    {
        profile_.signals.merge(set.signals);
        profile_.notes.insert(profile_.notes.end(), set.notes.begin(), set.notes.end());
    }

    Status measureAllWeights(std::set<std::string> wanted)
    {
        std::set<std::string> ofAdapter;
        for (const SignalDescription& signal : signalCatalogue())
            if (signal.needsAdapter && wanted.erase(signal.name) > 0)
                ofAdapter.insert(signal.name);
        const Stopwatch cost;
        if (!wanted.empty()) {
            HILO_TRY(SignalSet set, measureWeights(model_, wanted, cache_, progress_));
            take(std::move(set));
        }
        if (!ofAdapter.empty())
            HILO_CHECK(measureAdapter(ofAdapter));
        profile_.cost["weights_seconds"] = cost.seconds();
        return {};
    }

    Status measureAdapter(const std::set<std::string>& wanted)
    {
        HILO_TRY(const TrainedExperts trained, readTrainedExperts(model_.config, request_.adapter));
        const bool wantsUpdate = wanted.contains("trained_update");
        if (wantsUpdate) {
            HILO_TRY(SignalSet set, measureTrainedUpdate(model_.config, trained));
            take(std::move(set));
        }
        if (wanted.contains("expert_redundancy")) {
            Result<SignalSet> set = measureExpertDistance(model_.config, trained);
            if (set)
                take(std::move(*set));
            else if (wantsUpdate) // a pilot run of single experts has something to say nevertheless
                profile_.notes.push_back("expert_redundancy is left out: " + set.error().message);
            else
                return failure(set.error());
        }
        return {};
    }

    Status measureData(const std::set<std::string>& activations, const std::set<std::string>& gradients)
    {
        HILO_TRY(Calibration calibration, calibrate(!activations.empty(), gradients));
        profile_.data = calibration.description;
        std::optional<StreamedModel> streamed;
        const auto open = [&]() -> Status {
            if (!streamed) {
                HILO_TRY(StreamedModel opened, StreamedModel::open(model_, torch::kFloat32, torch::kCPU));
                streamed.emplace(std::move(opened));
            }
            return {};
        };
        if (!activations.empty())
            HILO_CHECK(pass("activations", activations, {&calibration.activations}, [&]() -> Result<SignalSet> {
                HILO_CHECK(open());
                HILO_TRY(ActivationSignals found,
                         measureActivations(*streamed, calibration.activations, activations, progress_));
                profile_.cost["forward_seconds"] = found.forwardSeconds;
                return std::move(found.set);
            }));
        std::set<std::string> byBackward = gradients;
        byBackward.erase("necessity");
        if (!byBackward.empty())
            HILO_CHECK(pass("gradients", byBackward, {&calibration.gradients, &calibration.validation},
                            [&]() -> Result<SignalSet> {
                                HILO_CHECK(open());
                                return measureGradients(*streamed, calibration.gradients, calibration.validation,
                                                        byBackward, progress_);
                            }));
        if (gradients.contains("necessity"))
            HILO_CHECK(pass("necessity", {"necessity"}, {&calibration.necessity}, [&]() -> Result<SignalSet> {
                HILO_CHECK(open());
                return measureNecessity(*streamed, calibration.necessity, progress_);
            }));
        return {};
    }

    /// One kind of pass over the data: from the cache, or measured and kept.
    template <class Work>
    Status pass(const std::string& kind, const std::set<std::string>& wanted,
                const std::vector<const std::vector<CalibrationBatch>*>& batches, const Work& measure)
    {
        // Version 1 had no values of the base's own experts.
        std::string key = (model_.config.mixture.isMixture() ? "2 " : "1 ") + kind + " " + profile_.modelSha256;
        for (const std::string& name : wanted)
            key += " " + name;
        for (const auto* list : batches)
            key += " " + hashOf(*list);
        key = kind + "-" + sha256(std::string_view(key));
        if (const auto kept = cache_.find(key)) {
            if (auto cached = parseComplexityProfile(*kept, key); cached && cached->layers == profile_.layers) {
                profile_.signals.merge(cached->signals);
                profile_.notes.insert(profile_.notes.end(), cached->notes.begin(), cached->notes.end());
                profile_.cost.update(cached->cost);
                profile_.cost["cached"].push_back(kind);
                return {};
            }
        }
        HILO_TRY(SignalSet set, measure());
        ComplexityProfile part;
        part.architecture = profile_.architecture;
        part.layers = profile_.layers;
        part.cost[kind + "_seconds"] = set.seconds;
        if (kind == "activations")
            part.cost["forward_seconds"] = profile_.cost["forward_seconds"];
        part.signals = set.signals;
        part.notes = set.notes;
        cache_.keep(key, toJson(part));
        profile_.cost[kind + "_seconds"] = set.seconds;
        take(std::move(set));
        return {};
    }

    Result<Calibration> calibrate(bool activations, const std::set<std::string>& gradients)
    {
        HILO_TRY(auto tokenizer, Tokenizer::load(request_.model));
        HILO_TRY(RunData data, RunData::load(std::move(tokenizer), *request_.data, progress_));
        maxLength_ = withinPositions(model_.config, request_.maxLength);
        HILO_TRY(const TokenRows found, data.training(request_.split, maxLength_, progress_));
        const std::vector<TokenisedExample> rows(found.begin(), found.end());
        Calibration result;
        result.description = {{"path", request_.data->path},
                              {"template", request_.data->template_},
                              {"split", request_.split},
                              {"max_length", maxLength_}};
        if (activations) {
            result.activations =
                calibrationBatches(rows, spreadRows(rows, request_.sequences), tokensPerBatch, LossOn::Answer);
            HILO_CHECK(atLeastTwo(result.activations, "rows of two tokens or more"));
            result.description["sequences"] = sequencesOf(result.activations);
            result.description["tokens"] = tokenCount(result.activations);
        }
        if (!gradients.empty())
            HILO_CHECK(calibrateGradients(result, data, rows, gradients));
        return result;
    }

    Status calibrateGradients(Calibration& result, RunData& data, const std::vector<TokenisedExample>& rows,
                              const std::set<std::string>& gradients)
    {
        std::vector<TokenisedExample> training = labelled(rows);
        std::vector<TokenisedExample> validation;
        if (data.has(request_.validationSplit) && request_.validationSplit != request_.split) {
            HILO_TRY(const TokenRows other, data.training(request_.validationSplit, maxLength_, progress_));
            validation = labelled({other.begin(), other.end()});
            result.description["validation_split"] = request_.validationSplit;
        } else {
            // Every third row is kept away from those that gradients are taken of.
            std::vector<TokenisedExample> rest;
            for (std::size_t row = 0; row < training.size(); ++row)
                (row % 3 == 2 ? validation : rest).push_back(std::move(training[row]));
            training = std::move(rest);
            result.description["validation_split"] = request_.split + ", every third row";
        }
        const auto batches = [&](const std::vector<TokenisedExample>& from, std::int64_t count, std::int64_t tokens) {
            return calibrationBatches(from, spreadRows(from, count, tokens), tokensPerBatch, LossOn::Answer);
        };
        result.gradients = batches(training, request_.gradientSequences, request_.gradientTokens);
        HILO_CHECK(atLeastTwo(result.gradients, "rows with an answer"));
        if (wantsInfluence(gradients)) {
            result.validation = batches(validation, request_.gradientSequences, request_.gradientTokens / 2);
            HILO_CHECK(atLeastTwo(result.validation, "validation rows with an answer"));
        }
        if (gradients.contains("necessity")) {
            result.necessity = batches(validation, request_.gradientSequences, request_.gradientTokens / 4);
            HILO_CHECK(atLeastTwo(result.necessity, "validation rows with an answer"));
        }
        result.description["gradient_sequences"] = sequencesOf(result.gradients);
        result.description["gradient_tokens"] = tokenCount(result.gradients);
        result.description["validation_sequences"] = sequencesOf(result.validation);
        result.description["necessity_sequences"] = sequencesOf(result.necessity);
        return {};
    }

    static std::int64_t sequencesOf(const std::vector<CalibrationBatch>& batches)
    {
        std::int64_t sequences = 0;
        for (const CalibrationBatch& batch : batches)
            sequences += batch.packed.sequences();
        return sequences;
    }

    Status atLeastTwo(const std::vector<CalibrationBatch>& batches, const std::string& what) const
    {
        if (sequencesOf(batches) >= 2)
            return {};
        return failure(badInput(request_.data->path, {},
                                "A profile needs at least two " + what + " in the split " + request_.split +
                                    ", found " + std::to_string(sequencesOf(batches)) + ".",
                                "Give more data, or a template whose answers are labelled."));
    }

    const ProfileRequest& request_;
    std::int64_t maxLength_ = 0; ///< of rows, within the model's positions
    const Progress& progress_;
    ProfileCache cache_;
    ModelSource model_;
    ComplexityProfile profile_;
};

} // namespace

Result<ComplexityProfile> profileModel(const ProfileRequest& request, const Progress& progress)
{
    return ProfileJob(request, progress).run();
}

} // namespace hilo
