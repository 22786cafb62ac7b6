// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/training_session.h"

#include "allocation/memory_estimate.h"
#include "base/atomic_file.h"
#include "base/log.h"
#include "base/sha256.h"
#include "base/text_format.h"
#include "engine/base/torch_device.h"
#include "engine/evaluate/evaluator.h"
#include "engine/load/load_model.h"
#include "engine/train/local_ranks.h"
#include "engine/train/rank_device.h"
#include "engine/train/recompute_plan.h"
#include "engine/train/resume_check.h"
#include "formats/expected_tensors.h"
#include "run/control.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// A step whose numbers are no use.
Error notFinite(const StepReport& report, std::int64_t step)
{
    std::string message = std::string(std::isfinite(report.loss) ? "The gradient" : "The loss") +
                          " is not finite at step " + std::to_string(step);
    if (!report.notFinite.empty())
        message += "; the first place where a number is infinite or none: " + report.notFinite;
    return internalError(message + ".", "Lower learning_rate, or turn clip_norm on.");
}

std::int64_t leadingBits(const std::string& hexadecimal)
{
    return static_cast<std::int64_t>(std::stoull(hexadecimal.substr(0, 15), nullptr, 16));
}

} // namespace

TrainingSession::TrainingSession(RunInputs inputs, fs::path runFolder, EventWriter& events, Parallel* parallel,
                                 Progress progress)
    : inputs_(std::move(inputs)), folder_(std::move(runFolder)), events_(events), progress_(std::move(progress)),
      parallel_(parallel)
{
}

Result<TrainingSession> TrainingSession::open(RunInputs inputs, const fs::path& runFolder, EventWriter& events,
                                              Parallel* parallel, const Progress& progress)
{
    TrainingSession session(std::move(inputs), runFolder, events, parallel, progress);
    const RunSpec& spec = session.inputs_.spec;
    const TrainingSpec& training = spec.training;
    const ModelConfig& config = session.inputs_.model.config;
    HILO_TRY(const ParallelPlace place, parallelPlace());
    HILO_TRY(const std::optional<fs::path> checkpoint, newestValidCheckpoint(runFolder));
    CheckpointState state;
    if (checkpoint) {
        HILO_TRY(state, readCheckpointState(*checkpoint));
    }
    const std::string deviceName = deviceOfThisProcess(
        training.device, checkpoint ? state.compute.device : std::string(), place.size, place.localRank);
    if (checkpoint) {
        session.compute_ = state.compute;
        session.compute_.device = deviceName;
        HILO_CHECK(checkCompute(session.compute_.device, session.compute_.dtype));
    } else {
        HILO_TRY(session.compute_, chooseCompute(config, deviceName, training.dtype, training.threads));
    }
    HILO_CHECK(checkFixedShape(training, config, session.compute_));
    applyCompute(session.compute_);
    const torch::Device device = torchDevice(session.compute_);
    if (parallel) {
        HILO_CHECK(session.agree(checkpoint ? state.position.step : 0));
        parallel->openSums(device);
        // What each process has measured for itself may differ; the numbers must not.
        session.compute_.dtype =
            parallel->fromFirst(session.compute_.dtype == "bfloat16" ? 1 : 0) == 1 ? "bfloat16" : "float32";
    }
    HILO_TRY(session.decoder_, Decoder::load(session.inputs_.model, torchType(session.compute_), device, progress,
                                             weightFormat(training.quantisation)));

    if (checkpoint) {
        HILO_TRY(session.adapter_, MixtureAdapter::load(*checkpoint, config, device));
        HILO_CHECK(checkGoesOn(state.settings, session.adapter_->map(), spec, (session.folder_ / "run.json").string()));
    } else if (!training.startFrom.empty()) {
        HILO_TRY(session.adapter_, MixtureAdapter::load(training.startFrom, config, device));
        if (session.adapter_->map().layers != spec.map.layers)
            return failure(badInput(training.startFrom, {},
                                    "The adapter to start from has another allocation map than the run.",
                                    "Use the adapter's own map in the run."));
    } else {
        session.adapter_ = MixtureAdapter::create(config, spec.map, adapterSettings(training), device);
    }
    session.adapter_->setBaseModel({fs::path(spec.modelPath).filename().string(), spec.modelSha256});
    session.parameters_ = countParameters(spec.map, config);
    session.trainer_ = std::make_unique<Trainer>(session.decoder_, session.adapter_,
                                                 std::move(session.inputs_.training), training, parallel);
    if (checkpoint) {
        HILO_CHECK(session.trainer_->loadMoments(*checkpoint / "optimiser.safetensors"));
        session.trainer_->position() = state.position;
    }
    // Nobody changes the checkpoints before all have read them.
    if (parallel)
        parallel->meet();
    if (!session.isFirst())
        return session;
    HILO_CHECK(session.writeStarted(checkpoint.has_value()));
    return session;
}

Status TrainingSession::agree(std::int64_t checkpointStep)
{
    std::int64_t tokens = 0;
    for (const TokenisedExample& example : inputs_.training)
        tokens += static_cast<std::int64_t>(example.tokens.size());
    const std::pair<const char*, std::int64_t> found[] = {
        {"settings, or another model", leadingBits(sha256(toJson(inputs_.spec).dump()))},
        {"training rows", static_cast<std::int64_t>(inputs_.training.size())},
        {"tokens in its training rows", tokens},
        {"checkpoint", checkpointStep},
    };
    for (const auto& [what, own] : found)
        if (parallel_->fromFirst(own) != own)
            return failure(badInput(folder_.string(), {},
                                    std::string("This process has found other ") + what + " than the one of rank 0.",
                                    "All processes of a run need the same files at the same paths."));
    return {};
}

Status TrainingSession::writeStarted(bool resumed)
{
    const ModelConfig& config = inputs_.model.config;
    logger("train")->info("{} at step {} of {}: {} on {}, threads: {}, trainable parameters: {}",
                          resumed ? "resumed" : "started", trainer_->position().step, trainer_->steps(), compute_.dtype,
                          compute_.device, compute_.threads, parameters_.trainable());
    Json fields = {{"step", trainer_->position().step},
                   {"steps", trainer_->steps()},
                   {"resumed", resumed},
                   {"model", config.architecture},
                   {"model_sha256", inputs_.spec.modelSha256},
                   {"map", inputs_.spec.map.name},
                   {"base_parameters", parameterCount(config)},
                   {"trainable_parameters", parameters_.trainable()},
                   {"active_parameters", parameters_.active},
                   {"device", compute_.device},
                   {"dtype", compute_.dtype},
                   {"quantisation", inputs_.spec.training.quantisation},
                   {"processes", parallel_ ? parallel_->size() : 1},
                   {"threads", compute_.threads},
                   {"peak_flops", compute_.peakFlops},
                   {"training_rows", inputs_.trainingRows},
                   {"rejected_rows", inputs_.rejected.size()},
                   {"truncated_rows", inputs_.truncatedRows},
                   {"truncated_evaluation_rows", inputs_.truncatedEvaluationRows},
                   {"rows_sha256", inputs_.rowsSha256},
                   {"version", HILO_VERSION},
                   {"libtorch", torchVersion()}};
    if (const std::string devices = devicesOfRanks(); !devices.empty())
        fields["devices"] = devices;
    return events_.write("started", fields);
}

Status TrainingSession::writeStep(const StepReport& report)
{
    rateSinceMeasured_.add(report.tokens, report.seconds);
    rateSinceEvent_.add(report.tokens, report.seconds);
    if (report.measured) {
        smoothLoss_ = smoothLoss_ == 0 ? report.loss : 0.95 * smoothLoss_ + 0.05 * report.loss;
        shownRate_ = rateSinceMeasured_.take();
    }
    const std::string detail = printed("loss %.3f, %.0f tokens/s", smoothLoss_, shownRate_);
    const std::int64_t step = trainer_->position().step;
    progress_.report({"Training", step, trainer_->steps(), detail});
    if (step % inputs_.spec.training.logEvery != 0 && step != trainer_->steps())
        return {};
    const double rate = rateSinceEvent_.take();
    // 4N operations a token: forward and the gradient by the activations; frozen weights get no gradient.
    const double mfu = compute_.peakFlops > 0 ? rate * 4 * static_cast<double>(parameterCount(inputs_.model.config)) /
                                                    (compute_.peakFlops * (parallel_ ? parallel_->size() : 1))
                                              : 0;
    Json fields = {{"step", step},
                   {"loss", report.loss},
                   {"lr", report.learningRate},
                   {"grad_norm", report.gradientNorm},
                   {"tokens_per_second", rate},
                   {"memory_bytes", memoryInUse(compute_)},
                   {"mfu", mfu}};
    if (inputs_.spec.training.auxiliaryLoss > 0)
        fields["auxiliary_loss"] = report.auxiliaryLoss;
    return events_.write("step", fields);
}

bool TrainingSession::isMeasured(std::int64_t step) const
{
    const TrainingSpec& training = inputs_.spec.training;
    const auto isDue = [step](std::int64_t every) { return every > 0 && step % every == 0; };
    return !compute_.onGpu() || isDue(training.logEvery) || step == trainer_->steps() || routingIsDue(step) ||
           isDue(training.checkpointEvery) || (inputs_.watching && isDue(inputs_.spec.evaluation.every));
}

bool TrainingSession::routingIsDue(std::int64_t step) const
{
    const std::int64_t every = std::max({std::int64_t{1}, inputs_.spec.training.logEvery, trainer_->steps() / 100});
    return step % every == 0;
}

std::vector<ExpertLoad> TrainingSession::takeExpertLoads()
{
    if (!parallel_)
        return adapter_->takeExpertLoads();
    return adapter_->takeExpertLoads([this](torch::Tensor& values) { parallel_->sum(values); });
}

Status TrainingSession::writeRouting()
{
    const std::vector<ModuleShape> shapes = moduleShapes(inputs_.model.config);
    Json modules = Json::array();
    for (const ExpertLoad& load : takeExpertLoads())
        modules.push_back({{"layer", load.layer},
                           {"module", shapes[static_cast<std::size_t>(load.module)].name},
                           {"load", load.load},
                           {"weight", load.weight}});
    if (modules.empty())
        return {};
    return events_.write("routing", {{"step", trainer_->position().step}, {"modules", std::move(modules)}});
}

Result<EvaluationResult> TrainingSession::score(const EvaluationData& data, bool isFinal)
{
    adapter_->startEvaluation();
    HILO_TRY(EvaluationResult result,
             evaluate(*decoder_, adapter_.get(), *inputs_.tokenizer, data, inputs_.spec.evaluation, progress_));
    Json fields = {{"step", trainer_->position().step}};
    fields.update(toJson(result));
    if (isFinal)
        fields["final"] = true;
    HILO_CHECK(events_.write("evaluation", fields));
    logger("train")->info("step {}: accuracy {:.4f} on {} rows of {}", trainer_->position().step, result.accuracy(),
                          result.total, result.split);
    return result;
}

bool TrainingSession::checkpointIsDue() const
{
    const TrainingSpec& training = inputs_.spec.training;
    if (training.checkpointEvery > 0 && trainer_->position().step % training.checkpointEvery == 0)
        return true;
    const std::chrono::duration<double, std::ratio<60>> minutes = Clock::now() - lastCheckpoint_;
    return training.checkpointMinutes > 0 && minutes.count() >= training.checkpointMinutes;
}

Status TrainingSession::checkpoint()
{
    lastCheckpoint_ = Clock::now();
    HILO_TRY(const fs::path folder, saveCheckpoint(folder_, *trainer_, *adapter_, compute_, inputs_.spec));
    return events_.write(
        "checkpoint", {{"step", trainer_->position().step}, {"path", fs::relative(folder, folder_).generic_string()}});
}

Result<bool> TrainingSession::obey()
{
    bool paused = false;
    for (;;) {
        const auto word = takeControl(folder_);
        if (progress_.isCancelled() || word == ControlWord::Stop)
            return true;
        if (word == ControlWord::Checkpoint)
            HILO_CHECK(checkpoint());
        if (word == ControlWord::Pause && !paused) {
            paused = true;
            HILO_CHECK(checkpoint());
            HILO_CHECK(events_.write("paused", {{"step", trainer_->position().step}}));
        }
        if (!paused)
            return false;
        if (word == ControlWord::Resume)
            break;
        if (parallel_)
            parallel_->link().checkOthers();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    HILO_CHECK(events_.write("resumed", {{"step", trainer_->position().step}}));
    return false;
}

Result<RunOutcome> TrainingSession::follow()
{
    while (trainer_->position().step < trainer_->steps() && parallel_->fromFirst(0) == 0) {
        trainer_->step(false);
        if (!recomputationPlanned_)
            planRecomputation();
        if (routingIsDue(trainer_->position().step))
            takeExpertLoads();
    }
    RunOutcome outcome;
    outcome.finished = trainer_->position().step == trainer_->steps();
    outcome.step = trainer_->position().step;
    outcome.steps = trainer_->steps();
    return outcome;
}

void TrainingSession::planRecomputation()
{
    recomputationPlanned_ = true;
    if (!compute_.onGpu() || !inputs_.spec.training.activationCheckpointing)
        return;
    const ModelConfig& config = inputs_.model.config;
    RecomputeMeasurement measured;
    measured.layers = config.layers;
    measured.keptBytes =
        largestLayerBytes(inputs_.spec.map, config, compute_.dtype == "bfloat16" ? 2 : 4) *
        std::max(trainer_->mostTokens(), inputs_.spec.training.batchSize * inputs_.spec.training.maxLength);
    measured.peakBytes = static_cast<std::int64_t>(peakMemory(compute_));
    measured.usableBytes = static_cast<std::int64_t>(usableMemory(compute_));
    const std::int64_t layers = layersToRecompute(measured);
    trainer_->setRecomputedLayers(layers);
    logger("train")->info("activations of {} of {} layers are recomputed", layers, config.layers);
}

Result<RunOutcome> TrainingSession::run()
{
    if (!isFirst())
        return follow();
    const std::int64_t every = inputs_.spec.evaluation.every;
    while (trainer_->position().step < trainer_->steps()) {
        HILO_TRY(const bool stop, obey());
        if (parallel_)
            parallel_->fromFirst(stop ? 1 : 0);
        if (stop)
            return stopped();
        const StepReport report = trainer_->step(isMeasured(trainer_->position().step + 1));
        const std::int64_t step = trainer_->position().step;
        if (!recomputationPlanned_)
            planRecomputation();
        if (!std::isfinite(report.loss) || !std::isfinite(report.gradientNorm)) {
            if (const auto broken = decoder_->brokenWeight())
                return failure(*broken);
            return failure(notFinite(report, step));
        }
        HILO_CHECK(writeStep(report));
        if (routingIsDue(step))
            HILO_CHECK(writeRouting());
        if (checkpointIsDue() && step < trainer_->steps())
            HILO_CHECK(checkpoint());
        if (inputs_.watching && step % every == 0 && step < trainer_->steps()) {
            auto scored = score(*inputs_.watching, false);
            if (!scored && scored.error().code == ErrorCode::Cancelled)
                continue;
            HILO_CHECK(scored);
        }
    }
    return finish();
}

Result<RunOutcome> TrainingSession::stopped()
{
    // A shutdown of the machine ends the process, too; the queue goes on with the run then.
    const char* const by = readControl(folder_) == ControlWord::Stop ? "word" : "signal";
    clearControl(folder_);
    HILO_CHECK(checkpoint());
    HILO_CHECK(events_.write("stopped", {{"step", trainer_->position().step}, {"by", by}}));
    RunOutcome outcome;
    outcome.step = trainer_->position().step;
    outcome.steps = trainer_->steps();
    outcome.parameters = parameters_;
    outcome.seconds = trainer_->position().seconds;
    outcome.tokens = trainer_->position().tokens;
    outcome.peakMemory = peakMemory(compute_);
    return outcome;
}

Result<RunOutcome> TrainingSession::finish()
{
    HILO_CHECK(checkpoint());
    auto scored = score(inputs_.final, true);
    if (!scored && scored.error().code == ErrorCode::Cancelled)
        return stopped();
    HILO_TRY(const EvaluationResult result, std::move(scored));
    std::error_code code;
    const fs::path target = folder_ / "adapter";
    fs::remove_all(target, code);
    HILO_TRY(AtomicFolder adapterFolder, AtomicFolder::create(target));
    HILO_CHECK(adapter_->save(adapterFolder.path()));
    HILO_CHECK(adapterFolder.commit());

    RunOutcome outcome;
    outcome.finished = true;
    outcome.step = outcome.steps = trainer_->steps();
    outcome.evaluation = result;
    outcome.parameters = parameters_;
    outcome.seconds = trainer_->position().seconds;
    outcome.tokens = trainer_->position().tokens;
    outcome.peakMemory = peakMemory(compute_);
    const auto [low, high] = result.interval();
    HILO_CHECK(events_.write("finished", {{"step", outcome.step},
                                          {"accuracy", result.accuracy()},
                                          {"interval", {low, high}},
                                          {"correct", result.correct},
                                          {"total", result.total},
                                          {"unparsable", result.unparsable},
                                          {"majority_floor", result.majorityFloor()},
                                          {"trainable_parameters", parameters_.trainable()},
                                          {"active_parameters", parameters_.active},
                                          {"seconds", outcome.seconds},
                                          {"tokens", outcome.tokens},
                                          {"peak_memory_bytes", outcome.peakMemory}}));
    return outcome;
}

} // namespace hilo
