// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/training_session.h"

#include "allocation/memory_estimate.h"
#include "base/atomic_file.h"
#include "base/counted.h"
#include "base/log.h"
#include "base/sha256.h"
#include "base/shown_text.h"
#include "base/text_format.h"
#include "engine/base/torch_device.h"
#include "engine/evaluate/evaluator.h"
#include "engine/evaluate/preference_measure.h"
#include "engine/load/load_model.h"
#include "engine/train/averaged_checkpoints.h"
#include "engine/train/kept_predictions.h"
#include "engine/train/rank_device.h"
#include "engine/train/recompute_plan.h"
#include "engine/train/reference_scores.h"
#include "engine/train/resume_check.h"
#include "engine/train/run_report.h"
#include "engine/train/starting_adapter.h"
#include "formats/expected_tensors.h"
#include "formats/module_grid.h"
#include "hub/local_place.h"
#include "run/checkpoints.h"
#include "run/control.h"
#include "run/objective_spec.h"
#include "run/run_parameters.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// What rank 0 tells the others before each step.
enum class Word : std::int64_t { GoOn = 0, Stop = 1, End = 2 };

std::int64_t leadingBits(const std::string& hexadecimal)
{
    return static_cast<std::int64_t>(std::stoull(hexadecimal.substr(0, 15), nullptr, 16));
}

} // namespace

TrainingSession::TrainingSession(RunInputs inputs, fs::path runFolder, EventWriter& events, Parallel* parallel,
                                 Progress progress)
    : inputs_(std::move(inputs)), folder_(std::move(runFolder)), events_(events), progress_(std::move(progress)),
      parallel_(parallel), best_(inputs_.spec)
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
        HILO_CHECK(checkGoesOn(state.settings, session.adapter_->map(), state.firstMap, spec,
                               (session.folder_ / "run.json").string()));
    } else if (!training.startFrom.empty()) {
        HILO_TRY(session.adapter_, startingAdapter(training, spec.map, config, device));
    } else {
        session.adapter_ = MixtureAdapter::create(config, spec.map, adapterSettings(training), device);
    }
    session.adapter_->setBaseModel({modelTitle(spec.modelPath), spec.modelSha256});
    session.parameters_ = countParameters(session.adapter_->map(), config, training.router);
    HILO_TRY(auto preferences, session.preferences(device));
    session.trainer_ =
        std::make_unique<Trainer>(session.decoder_, session.adapter_, std::move(session.inputs_.training), training,
                                  parallel, session.inputs_.mixture, std::move(preferences));
    if (checkpoint) {
        HILO_CHECK(
            session.best_.restore(state.selection, state.position.step, (session.folder_ / "run.json").string()));
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

Result<std::unique_ptr<const PreferenceStep>> TrainingSession::preferences(const torch::Device& device)
{
    const TrainingSpec& training = inputs_.spec.training;
    const Objective& objective = objectiveOf(training);
    if (objective.rows == ObjectiveRows::Answers)
        return nullptr;
    std::vector<AnswerLogProbabilities> references;
    if (objective.needsReference) {
        std::string adapterHash;
        if (!training.startFrom.empty()) {
            HILO_TRY(reference_, MixtureAdapter::load(training.startFrom, inputs_.model.config, device));
            reference_->startEvaluation();
            HILO_TRY(adapterHash, sha256File(fs::path(training.startFrom) / "adapter.safetensors"));
        }
        const std::string key = sha256(inputs_.rowsSha256 + "\n" + inputs_.spec.modelSha256 + "\n" + adapterHash +
                                       "\n" + compute_.dtype + "\n" + training.quantisation);
        HILO_TRY(references, referenceScores(*decoder_, reference_.get(), inputs_.training, folder_, key,
                                             inputs_.spec.evaluation.batchSize, parallel_, progress_));
    }
    return std::make_unique<const PreferenceStep>(objective, training.objectiveSettings, std::move(references),
                                                  reference_.get());
}

Status TrainingSession::agree(std::int64_t checkpointStep)
{
    std::int64_t tokens = 0;
    for (std::size_t row = 0; row < inputs_.training.size(); ++row)
        tokens += inputs_.training.tokens(row);
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
    logger("train")->info("{} at step {} of {}: {} on {}, threads: {}, trainable parameters: {}",
                          resumed ? "resumed" : "started", trainer_->position().step, trainer_->steps(), compute_.dtype,
                          compute_.device, compute_.threads, parameters_.trainable());
    Json fields = {{"step", trainer_->position().step}, {"steps", trainer_->steps()}, {"resumed", resumed}};
    fields.update(startedFields(inputs_, compute_, parameters_, parallel_ ? parallel_->size() : 1));
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
    for (const auto& [name, value] : report.preferences)
        fields[name] = value;
    if (inputs_.spec.training.auxiliaryLoss > 0)
        fields["auxiliary_loss"] = report.auxiliaryLoss;
    return events_.write("step", fields);
}

bool TrainingSession::isMeasured(std::int64_t step) const
{
    const TrainingSpec& training = inputs_.spec.training;
    const auto isDue = [step](std::int64_t every) { return every > 0 && step % every == 0; };
    return !compute_.onGpu() || isDue(training.logEvery) || step == trainer_->steps() || routingIsDue(step) ||
           isDue(training.checkpointEvery) || isDue(inputs_.spec.evaluation.every);
}

bool TrainingSession::routingIsDue(std::int64_t step) const
{
    const std::int64_t every = std::max({std::int64_t{1}, inputs_.spec.training.logEvery, trainer_->steps() / 100});
    return step % every == 0;
}

TrainingSession::Loads TrainingSession::takeExpertLoads()
{
    SumOverProcesses sum;
    if (parallel_)
        sum = [this](torch::Tensor& values) { parallel_->sum(values); };
    Loads loads{adapter_->takeExpertLoads(sum), {}};
    if (inputs_.mixture.tasks() > 1)
        loads.ofTasks = adapter_->takeTaskLoads(inputs_.mixture.tasks(), sum);
    return loads;
}

Status TrainingSession::writeRouting()
{
    const std::vector<std::string> names = moduleGrid(inputs_.model.config).names();
    const Loads loads = takeExpertLoads();
    if (loads.all.empty())
        return {};
    Json fields = {{"step", trainer_->position().step}, {"modules", loadsAsJson(loads.all, names)}};
    if (loads.ofTasks.empty())
        return events_.write("routing", fields);
    fields["tasks"] = Json::object();
    for (std::size_t task = 0; task < loads.ofTasks.size(); ++task)
        fields["tasks"][inputs_.tasks[task].name] = loadsAsJson(loads.ofTasks[task], names);
    HILO_CHECK(events_.write("routing", fields));
    Json file = {{"format", "hilo.routing/1"}};
    file.update(fields);
    return writeJsonFile(folder_ / "routing.json", file);
}

Result<std::optional<Reallocated>> TrainingSession::takeNewMap()
{
    std::optional<Reallocated> moved = trainer_->reallocate();
    const std::int64_t own = moved ? leadingBits(mapHash(moved->map)) : 0;
    if (parallel_ && trainer_->mapMovesNow() && parallel_->fromFirst(own) != own)
        return failure(internalError("This process has found another map to go on with than the one of rank 0.",
                                     "All processes of a run need processors of one kind."));
    return moved;
}

Status TrainingSession::reallocate()
{
    // The loads since the last event are of the experts that there were.
    if (trainer_->mapMovesNow() && !routingIsDue(trainer_->position().step))
        HILO_CHECK(writeRouting());
    HILO_TRY(const std::optional<Reallocated> moved, takeNewMap());
    if (!moved)
        return {};
    const ParameterCount count = countParameters(moved->map, inputs_.model.config, inputs_.spec.training.router);
    parameters_ = countParameters(adapter_->map(), inputs_.model.config, inputs_.spec.training.router);
    const std::int64_t step = trainer_->position().step;
    logger("train")->info("step {}: the map has moved, {}, trainable parameters: {}", step,
                          counted(moved->moved, "rank"), count.trainable());
    Json fields = {{"step", step}, {"method", inputs_.spec.training.reallocation.method}};
    fields.update(reallocationFields(*moved, count));
    return events_.write("reallocation", fields);
}

Result<EvaluationResult> TrainingSession::measure(const TaskInputs& task, const EvaluationData& data,
                                                  MixtureAdapter& adapter)
{
    adapter.startEvaluation();
    HILO_TRY(EvaluationResult result,
             evaluate(*decoder_, &adapter, *inputs_.tokenizer, data, task.evaluation, progress_));
    const TrainingSpec& training = inputs_.spec.training;
    if (const Objective& objective = objectiveOf(training); objective.rows != ObjectiveRows::Answers)
        HILO_CHECK(measurePreferences(*decoder_, &adapter, reference_.get(), data, objective,
                                      training.objectiveSettings, task.evaluation.batchSize, progress_, result));
    return result;
}

Result<EvaluationResult> TrainingSession::score(const TaskInputs& task, const EvaluationData& data,
                                                MixtureAdapter& adapter, bool isFinal)
{
    HILO_TRY(const EvaluationResult result, measure(task, data, adapter));
    const std::int64_t step = trainer_->position().step;
    Json fields = {{"step", step}, {"task", task.name}};
    fields.update(toJson(result));
    fields["task"] = task.name;
    if (isFinal) {
        fields["final"] = true;
        fields["selected_step"] = selectedStep_;
    }
    HILO_CHECK(events_.write("evaluation", fields));
    logger("train")->info("step {}: {}{} on {} of {}", isFinal ? selectedStep_ : step,
                          inputs_.tasks.size() > 1 ? shown(task.name) + ": " : std::string(), describedResult(result),
                          counted(static_cast<std::int64_t>(data.examples.size()), "row"), result.split);
    return result;
}

bool TrainingSession::isWatched(const TaskInputs& task) const
{
    const std::int64_t step = trainer_->position().step;
    const std::int64_t every = inputs_.spec.evaluation.every;
    if (!task.watching)
        return false;
    // At the end what is the result's is scored anyway, by the weights that are kept.
    if (step == trainer_->steps())
        return task.watchesValidation() &&
               (!task.final || task.final->split != "validation" || inputs_.spec.training.select == Selection::Best);
    return every > 0 && step % every == 0;
}

bool TrainingSession::watchIsDue() const
{
    const std::int64_t step = trainer_->position().step;
    return step > 0 && best_.evaluatedStep() != step &&
           std::any_of(inputs_.tasks.begin(), inputs_.tasks.end(),
                       [this](const TaskInputs& task) { return isWatched(task); });
}

void TrainingSession::keepWatched(const TaskInputs& task, const EvaluationResult& result)
{
    std::erase_if(watched_, [&task](const TaskResult& old) { return old.task == task.name; });
    watched_.push_back({task.name, result});
}

/// What is told beside the adapter is the adapter's: of a task without a result the validation rows again, where the
/// weights that are kept are not the last that were measured, or nothing was since the run went on.
Status TrainingSession::watchKept(const TaskInputs& task, MixtureAdapter& kept)
{
    const bool isKnown =
        std::any_of(watched_.begin(), watched_.end(), [&task](const TaskResult& one) { return one.task == task.name; });
    if (!task.watching || !task.watchesValidation() ||
        (isKnown && selectedStep_ == trainer_->position().step && !inputs_.spec.training.variants.averages()))
        return {};
    HILO_TRY(const EvaluationResult result, measure(task, *task.watching, kept));
    keepWatched(task, result);
    return {};
}

Status TrainingSession::watch()
{
    const std::int64_t step = trainer_->position().step;
    double sum = 0;
    double weights = 0;
    for (const TaskInputs& task : inputs_.tasks) {
        if (!isWatched(task))
            continue;
        HILO_TRY(const EvaluationResult result, score(task, *task.watching, *adapter_, false));
        keepWatched(task, result);
        const auto value = result.valueOf(inputs_.spec.evaluation.metric);
        if (task.watchesValidation() && value) {
            sum += task.weight * *value;
            weights += task.weight;
        }
    }
    const bool isBest = best_.add(step, weights > 0 ? std::optional(sum / weights) : std::nullopt);
    if (isBest && inputs_.spec.training.select == Selection::Best)
        return checkpoint();
    return {};
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
    HILO_TRY(const fs::path folder, saveCheckpoint(folder_, *trainer_, *adapter_, compute_, inputs_.spec, best_));
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
    auto word = Word::GoOn;
    while (trainer_->position().step < trainer_->steps()) {
        word = static_cast<Word>(parallel_->fromFirst(0));
        if (word != Word::GoOn)
            break;
        trainer_->step(false);
        if (!recomputationPlanned_)
            planRecomputation();
        if (routingIsDue(trainer_->position().step) || trainer_->mapMovesNow())
            takeExpertLoads();
        HILO_CHECK(takeNewMap());
    }
    RunOutcome outcome;
    outcome.isFollower = true;
    outcome.finished = word == Word::End || trainer_->position().step == trainer_->steps();
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
        largestLayerBytes(adapter_->map(), config, compute_.dtype == "bfloat16" ? 2 : 4) *
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
    for (bool hasStepped = false;; hasStepped = true) {
        // Before a checkpoint of the step, which then knows how good it is.
        if (watchIsDue()) {
            const Status watched = watch();
            const bool isCancelled = !watched && watched.error().code == ErrorCode::Cancelled;
            if (isCancelled && trainer_->position().step == trainer_->steps())
                return stopped();
            if (!isCancelled)
                HILO_CHECK(watched);
        }
        if (trainer_->position().step == trainer_->steps())
            return finish();
        if (hasStepped && checkpointIsDue())
            HILO_CHECK(checkpoint());
        HILO_TRY(const bool stop, obey());
        const Word word = stop ? Word::Stop : best_.isOver() ? Word::End : Word::GoOn;
        if (parallel_)
            parallel_->fromFirst(static_cast<std::int64_t>(word));
        if (word == Word::Stop)
            return stopped();
        if (word == Word::End)
            return finish();
        const StepReport report = trainer_->step(isMeasured(trainer_->position().step + 1));
        const std::int64_t step = trainer_->position().step;
        if (!recomputationPlanned_)
            planRecomputation();
        if (!std::isfinite(report.loss) || !std::isfinite(report.gradientNorm)) {
            if (const auto broken = decoder_->brokenWeight())
                return failure(*broken);
            return failure(notFiniteError(report, step));
        }
        HILO_CHECK(writeStep(report));
        if (routingIsDue(step))
            HILO_CHECK(writeRouting());
        HILO_CHECK(reallocate());
    }
}

RunOutcome TrainingSession::outcomeSoFar() const
{
    RunOutcome outcome;
    outcome.step = trainer_->position().step;
    outcome.steps = trainer_->steps();
    outcome.parameters = parameters_;
    outcome.seconds = trainer_->position().seconds;
    outcome.tokens = trainer_->position().tokens;
    outcome.peakMemory = peakMemory(compute_);
    return outcome;
}

Result<RunOutcome> TrainingSession::stopped()
{
    // A shutdown of the machine ends the process, too; the queue goes on with the run then.
    const char* const by = readControl(folder_) == ControlWord::Stop ? "word" : "signal";
    clearControl(folder_);
    HILO_CHECK(checkpoint());
    HILO_CHECK(events_.write("stopped", {{"step", trainer_->position().step}, {"by", by}}));
    return outcomeSoFar();
}

Result<std::shared_ptr<MixtureAdapter>> TrainingSession::selectAdapter()
{
    const std::int64_t step = trainer_->position().step;
    const std::string& metric = inputs_.spec.evaluation.metric;
    const bool wantsBest = inputs_.spec.training.select == Selection::Best;
    if (wantsBest && !best_.bestStep())
        logger("train")->warn("no evaluation gave a finite {}: the last weights are kept", metric);
    selectedStep_ = wantsBest ? best_.bestStep().value_or(step) : step;
    std::shared_ptr<MixtureAdapter> chosen = adapter_;
    AdapterOrigin origin{step, "last", metric, best_.evaluatedStep() == step ? best_.value() : std::nullopt};
    if (wantsBest && best_.bestStep()) {
        origin = {selectedStep_, "best", metric, best_.bestValue()};
        logger("train")->info("the best weights are those of step {}: {} {:.4f}", selectedStep_, metric,
                              best_.bestValue().value_or(0));
    }
    if (selectedStep_ != step) {
        const fs::path folder = folder_ / "checkpoints" / ("step-" + std::to_string(selectedStep_));
        if (const Status valid = verifyCheckpoint(folder, selectedStep_, true); !valid)
            return failure(badInput(folder.string(), {},
                                    "The run's best weights are in this checkpoint, and it cannot be used: " +
                                        describe(valid.error()),
                                    "Put it back; or remove it and all later ones, and the run trains that part again: "
                                    "hilo resume " +
                                        folder_.string()));
        HILO_TRY(chosen, MixtureAdapter::load(folder, inputs_.model.config, torchDevice(compute_)));
        chosen->setBaseModel(adapter_->baseModel());
    }
    if (inputs_.spec.training.variants.averages()) {
        HILO_TRY(chosen, averagedAdapter(folder_, averagedSteps(inputs_.spec.training, step), inputs_.model.config,
                                         torchDevice(compute_)));
        origin = {step, "average", metric, std::nullopt};
    }
    chosen->setOrigin(std::move(origin));
    return chosen;
}

Result<RunOutcome> TrainingSession::finish()
{
    HILO_CHECK(checkpoint());
    HILO_TRY(const std::shared_ptr<MixtureAdapter> chosen, selectAdapter());
    RunOutcome outcome = outcomeSoFar();
    // Of the weights that are kept: the map may have moved since.
    outcome.map = chosen->map();
    outcome.parameters = countParameters(outcome.map, inputs_.model.config, inputs_.spec.training.router);
    for (const TaskInputs& task : inputs_.tasks) {
        if (!task.final) {
            outcome.notMeasured[task.name] = task.notMeasured;
            const Status watched = watchKept(task, *chosen);
            if (!watched && watched.error().code == ErrorCode::Cancelled)
                return stopped();
            HILO_CHECK(watched);
            continue;
        }
        auto scored = score(task, *task.final, *chosen, true);
        if (!scored && scored.error().code == ErrorCode::Cancelled)
            return stopped();
        HILO_CHECK(scored);
        outcome.results.push_back({task.name, std::move(*scored)});
    }
    HILO_CHECK(keepPredictions(folder_, outcome.results));
    std::error_code code;
    fs::remove_all(folder_ / "adapter", code);
    HILO_TRY(AtomicFolder adapterFolder, AtomicFolder::create(folder_ / "adapter"));
    HILO_CHECK(chosen->save(adapterFolder.path()));
    HILO_CHECK(adapterFolder.commit());
    outcome.finished = true;
    outcome.peakMemory = peakMemory(compute_);
    outcome.watched = watched_;
    outcome.stoppedEarly = outcome.step < outcome.steps;
    outcome.selectedStep = selectedStep_;
    if (!outcome.results.empty())
        outcome.evaluation = outcome.results.front().result;
    HILO_CHECK(events_.write("finished", finishedFields(outcome, inputs_, best_)));
    return outcome;
}

} // namespace hilo
