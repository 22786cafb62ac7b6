// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/pretrain.h"

#include "base/atomic_file.h"
#include "base/log.h"
#include "base/model_companions.h"
#include "base/sha256.h"
#include "base/text_format.h"
#include "data/shuffle.h"
#include "engine/base/compute.h"
#include "engine/base/tensor_file.h"
#include "engine/base/torch_border.h"
#include "engine/model/decoder.h"
#include "engine/model/weight_tensors.h"
#include "engine/train/schedule.h"
#include "gpu/kernels/counter_random.h"
#include "gpu/operators/adamw.h"
#include "gpu/operators/cross_entropy.h"
#include "tokenizer/tokenizer.h"

#include <chrono>
#include <cmath>
#include <fstream>

namespace hilo {
namespace fs = std::filesystem;
namespace {

using torch::Tensor;

/// The ids of all paragraphs behind one another, each between the tokenizer's special tokens and the end token.
Result<std::vector<std::int32_t>> readTokens(const Tokenizer& tokenizer, const fs::path& path, const Progress& progress)
{
    std::ifstream file(path);
    if (!file)
        return failure(badInput(path.string(), {}, "The text could not be opened."));
    std::error_code code;
    const auto size = static_cast<std::int64_t>(fs::file_size(path, code));
    std::vector<std::int32_t> tokens;
    std::string line;
    std::int64_t bytes = 0;
    while (std::getline(file, line)) {
        bytes += static_cast<std::int64_t>(line.size()) + 1;
        if (line.empty())
            continue;
        HILO_TRY(std::vector<std::int32_t> ids, tokenizer.encode(line, true));
        if (tokenizer.eos())
            ids.push_back(*tokenizer.eos());
        HILO_CHECK(tokenizer.checkIds(ids));
        tokens.insert(tokens.end(), ids.begin(), ids.end());
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Reading " + path.filename().string(), bytes, size, {}});
    }
    return tokens;
}

/// Trains on windows of the text in an order that depends on (seed, epoch) alone.
class Windows
{
  public:
    Windows(std::vector<std::int32_t> tokens, std::int64_t length, std::int64_t seed)
        : tokens_(std::move(tokens)), length_(length), seed_(static_cast<std::uint64_t>(seed))
    {
    }

    std::int64_t count() const { return (static_cast<std::int64_t>(tokens_.size()) - 1) / length_; }

    /// number-th window since the beginning of training.
    std::int64_t windowOf(std::int64_t number)
    {
        const std::int64_t epoch = number / count();
        if (epoch != epoch_) {
            epoch_ = epoch;
            order_.resize(static_cast<std::size_t>(count()));
            for (std::size_t i = 0; i < order_.size(); ++i)
                order_[i] = static_cast<std::int64_t>(i);
            const std::uint64_t key = gpu::randomKey(seed_, epoch);
            shuffle(order_, key);
        }
        return order_[static_cast<std::size_t>(number % count())];
    }

    PackedBatch batch(const std::vector<std::int64_t>& windows) const
    {
        PackedBatch batch;
        const auto sequences = static_cast<std::int64_t>(windows.size());
        batch.tokens = torch::empty({sequences * length_}, torch::kInt64);
        batch.labels = torch::empty({sequences * length_}, torch::kInt64);
        batch.positions = torch::arange(length_, torch::kInt64).repeat({sequences});
        auto* tokens = batch.tokens.data_ptr<std::int64_t>();
        auto* labels = batch.labels.data_ptr<std::int64_t>();
        batch.starts = {0};
        for (const std::int64_t window : windows) {
            const std::int32_t* from = tokens_.data() + window * length_;
            for (std::int64_t i = 0; i < length_; ++i) {
                *tokens++ = from[i];
                *labels++ = from[i + 1];
            }
            batch.starts.push_back(batch.starts.back() + length_);
        }
        return batch;
    }

  private:
    std::vector<std::int32_t> tokens_;
    std::int64_t length_;
    std::uint64_t seed_;
    std::int64_t epoch_ = -1;
    std::vector<std::int64_t> order_;
};

struct Trainable
{
    std::string name;
    Tensor value;
    Tensor first;
    Tensor second;
};

Tensor lossOf(const Decoder& decoder, const PackedBatch& batch)
{
    gpu::CrossEntropyOptions options;
    options.logitSoftcap = decoder.config().logitSoftcap;
    return gpu::chunkedCrossEntropy(decoder.hidden(batch), decoder.outputWeight(), batch.labels, options) /
           static_cast<double>(batch.tokenCount());
}

double heldOutLoss(const Decoder& decoder, const Windows& windows)
{
    const torch::NoGradGuard noGradient;
    double sum = 0;
    for (std::int64_t window = 0; window < windows.count(); ++window)
        sum += lossOf(decoder, windows.batch({window})).item<double>();
    return windows.count() > 0 ? sum / static_cast<double>(windows.count()) : 0;
}

/// Where a pre-training stands.
struct Position
{
    std::int64_t step = 0;
    double loss = 0; ///< smoothed over steps; 0 before the first
};

/// What the batches and the schedule of a pre-training depend on: one that goes on must have the same.
std::string settingsOf(const PretrainSpec& spec)
{
    Json settings = {{"tokens", spec.tokens},
                     {"context", spec.context},
                     {"batch", spec.batch},
                     {"learning_rate", spec.learningRate},
                     {"warmup_steps", spec.warmupSteps},
                     {"weight_decay", spec.weightDecay},
                     {"seed", spec.seed}};
    if (!spec.startFrom.empty())
        settings["start_from"] = spec.startFrom.string();
    return settings.dump();
}

/// Copies the weights of another model of the same shape; returns what the report says about it.
Result<Json> startFrom(const fs::path& model, std::vector<Trainable>& trainables, const Progress& progress)
{
    HILO_TRY(const ModelSource source, openModel(model));
    if (!source.weights)
        return failure(weightsMissing(source, "a start from this model"));
    for (Trainable& one : trainables) {
        const auto info = source.weights->find(one.name);
        if (!info || torch::IntArrayRef(info->shape) != one.value.sizes())
            return failure(badInput(model.string(), one.name,
                                    "The model to start from has another shape: this tensor is " +
                                        std::string(info ? "of another size." : "missing."),
                                    "Start from a model with the same config.json."));
        HILO_CHECK(source.weights->readFloat32(
            one.name, {one.value.data_ptr<float>(), static_cast<std::size_t>(one.value.numel())}));
        if (const auto broken = brokenTensor({{one.name, one.value}}, source.weights.get()))
            return failure(*broken);
    }
    HILO_TRY(const std::string hash, modelHash(source, progress));
    Json report = {{"model_sha256", hash}};
    if (const auto earlier = readJsonFile(model / "pretraining.json"))
        report["pretraining"] = *earlier;
    return report;
}

/// The whole state of a pre-training: weights, moments, position.
Status saveCheckpoint(const PretrainSpec& spec, const std::vector<Trainable>& trainables, const Position& position)
{
    std::vector<NamedTensor> tensors;
    for (const Trainable& one : trainables) {
        tensors.push_back({one.name, one.value.detach()});
        tensors.push_back({"first." + one.name, one.first});
        tensors.push_back({"second." + one.name, one.second});
    }
    return writeTensorFile(
        spec.out / "checkpoint.safetensors", tensors,
        {{"settings", settingsOf(spec)}, {"position", Json{{"step", position.step}, {"loss", position.loss}}.dump()}});
}

Result<Position> loadCheckpoint(const PretrainSpec& spec, std::vector<Trainable>& trainables)
{
    std::error_code code;
    const fs::path file = spec.out / "checkpoint.safetensors";
    if (!fs::exists(file, code))
        return Position{};
    const std::string hint = "Give another output folder, or remove the checkpoint.";
    HILO_TRY(const TensorFile loaded, readTensorFile(file));
    const auto settings = loaded.metadata.find("settings");
    if (settings == loaded.metadata.end() || settings->second != settingsOf(spec))
        return failure(badInput(file.string(), "settings",
                                "The checkpoint is of a pre-training with other settings: expected " +
                                    settingsOf(spec) + ", found " +
                                    (settings == loaded.metadata.end() ? "none" : settings->second),
                                hint));
    for (Trainable& one : trainables)
        for (auto [name, target] : {std::pair{one.name, one.value.detach()},
                                    {"first." + one.name, one.first},
                                    {"second." + one.name, one.second}}) {
            const auto found = loaded.tensors.find(name);
            if (found == loaded.tensors.end() || found->second.sizes() != target.sizes())
                return failure(badInput(file.string(), name, "The checkpoint is of another model.", hint));
            target.copy_(found->second);
        }
    const auto position = loaded.metadata.find("position");
    const Json values = Json::parse(position == loaded.metadata.end() ? "" : position->second, nullptr, false);
    if (!values.is_object() || !values.contains("step") || !values["step"].is_number_integer() ||
        !values.contains("loss") || !values["loss"].is_number())
        return failure(badInput(file.string(), "position", "The checkpoint does not say where it stands.", hint));
    return Position{values["step"].get<std::int64_t>(), values["loss"].get<double>()};
}

Status train(const PretrainSpec& spec, const Decoder& decoder, Windows& windows, std::vector<Trainable>& trainables,
             std::int64_t steps, Position& position, const Progress& progress)
{
    HILO_TRY(position, loadCheckpoint(spec, trainables));
    const std::int64_t firstStep = position.step;
    const auto start = std::chrono::steady_clock::now();
    while (position.step < steps) {
        const std::int64_t step = position.step;
        if (progress.isCancelled()) {
            HILO_CHECK(saveCheckpoint(spec, trainables, position));
            return failure(cancelled());
        }
        std::vector<std::int64_t> chosen;
        for (std::int64_t i = 0; i < spec.batch; ++i)
            chosen.push_back(windows.windowOf(step * spec.batch + i));
        const Tensor loss = lossOf(decoder, windows.batch(chosen));
        loss.backward();
        double square = 0;
        for (const Trainable& one : trainables) {
            const double norm = gpu::gradientNorm(one.value.grad()).item<double>();
            square += norm * norm;
        }
        gpu::AdamwSettings settings;
        settings.learningRate = learningRateAt(step, steps, spec.learningRate, spec.warmupSteps, Schedule::Linear);
        settings.beta2 = 0.98;
        settings.step = step + 1;
        settings.gradientFactor = gpu::clipFactor(std::sqrt(square), spec.clipNorm);
        settings.clearGradients = true;
        for (Trainable& one : trainables) {
            settings.weightDecay = one.value.dim() > 1 ? spec.weightDecay : 0;
            gpu::adamwStep(one.value, one.value.grad(), one.first, one.second, settings);
        }
        const double value = loss.item<double>();
        position = {step + 1, position.loss == 0 ? value : 0.98 * position.loss + 0.02 * value};
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const double rate = static_cast<double>((step + 1 - firstStep) * spec.batch * spec.context) / seconds;
        const std::string detail = printed("loss %.3f, %.0f tokens/s", position.loss, rate);
        progress.report({"Pre-training", step + 1, steps, detail});
        if ((step + 1) % 50 == 0)
            logger("train")->info("step {} of {}: {}", step + 1, steps, detail);
        if (!std::isfinite(value))
            return failure(internalError("The loss is not finite at step " + std::to_string(step) + ".",
                                         step > 0 ? "Lower the learning rate."
                                                  : "No step has changed the weights yet: are the sizes and "
                                                    "norms in the model's config.json right?"));
        if (spec.checkpointEvery > 0 && (step + 1) % spec.checkpointEvery == 0)
            HILO_CHECK(saveCheckpoint(spec, trainables, position));
    }
    return {};
}

Status copyBeside(const fs::path& from, const fs::path& to, const std::string& name)
{
    std::error_code code;
    if (!fs::exists(from / name, code) || fs::equivalent(from, to, code))
        return {};
    HILO_TRY(const std::string content, readFile(from / name));
    return writeFileAtomically(to / name, content);
}

} // namespace

Result<Json> pretrain(const PretrainSpec& spec, const Progress& progress)
{
    HILO_TRY(const ModelSource source, openModel(spec.model));
    if (source.config.mixture.isMixture())
        return failure(badInput(spec.model.string(), "model_type",
                                "The model is a mixture of experts, whose routers need a balance loss to be trained; "
                                "pre-training has none.",
                                "Pre-train a dense model; mixtures of experts can be fine-tuned."));
    HILO_TRY(const auto tokenizer, Tokenizer::load(spec.model));
    HILO_TRY(std::vector<std::int32_t> tokens, readTokens(*tokenizer, spec.text, progress));
    std::vector<std::int32_t> heldTokens;
    if (!spec.heldOut.empty()) {
        HILO_TRY(heldTokens, readTokens(*tokenizer, spec.heldOut, progress));
    }
    const auto corpusTokens = static_cast<std::int64_t>(tokens.size());
    Windows windows(std::move(tokens), spec.context, spec.seed);
    const Windows held(std::move(heldTokens), spec.context, spec.seed);
    if (windows.count() < 1)
        return failure(
            badInput(spec.text.string(), {},
                     "The text has fewer tokens than one sequence of " + std::to_string(spec.context) + "."));
    std::error_code code;
    fs::create_directories(spec.out, code);
    const std::int64_t steps = std::max<std::int64_t>(1, spec.tokens / (spec.batch * spec.context));

    Json report;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        Compute compute;
        compute.threads = spec.threads;
        applyCompute(compute);
        const auto decoder = Decoder::random(source.config, spec.seed);
        std::vector<Trainable> trainables;
        for (const auto& [name, value] : decoder->parameters())
            trainables.push_back({name, value, torch::zeros_like(value.detach()), torch::zeros_like(value.detach())});
        Json startedFrom;
        if (!spec.startFrom.empty()) {
            HILO_TRY(startedFrom, startFrom(spec.startFrom, trainables, progress));
        }
        Position position;
        HILO_CHECK(train(spec, *decoder, windows, trainables, steps, position, progress));
        std::vector<NamedTensor> weights;
        const torch::Dtype dtype = spec.dtype == "float32" ? torch::kFloat32 : torch::kBFloat16;
        for (const Trainable& one : trainables)
            weights.push_back({one.name, one.value.detach().to(dtype)});
        report = {{"format", "hilo.pretraining/1"},
                  {"tokens", steps * spec.batch * spec.context},
                  {"corpus_tokens", corpusTokens},
                  {"steps", steps},
                  {"context", spec.context},
                  {"batch", spec.batch},
                  {"learning_rate", spec.learningRate},
                  {"warmup_steps", spec.warmupSteps},
                  {"weight_decay", spec.weightDecay},
                  {"seed", spec.seed},
                  {"training_loss", position.loss}};
        HILO_TRY(const std::string digest, sha256File(spec.text));
        report["text_sha256"] = digest;
        if (!startedFrom.is_null())
            report["started_from"] = startedFrom;
        if (held.count() > 0)
            report["held_out_loss"] = heldOutLoss(*decoder, held);
        return writeTensorFile(spec.out / "model.safetensors", weights);
    }));
    HILO_CHECK(copyBeside(spec.model, spec.out, "config.json"));
    for (const std::string_view name : modelCompanions)
        HILO_CHECK(copyBeside(spec.model, spec.out, std::string(name)));
    HILO_CHECK(writeJsonFile(spec.out / "pretraining.json", report));
    fs::remove(spec.out / "checkpoint.safetensors", code);
    return report;
}

} // namespace hilo
