// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/run_checkpoint.h"
#include "engine/train/run_inputs.h"
#include "engine/train/selection.h"
#include "engine/train/token_rate.h"
#include "engine/train/train_run.h"
#include "engine/train/trainer.h"
#include "run/event_writer.h"

#include <chrono>
#include <memory>

namespace hilo {

/// One process' share of a run: from the newest checkpoint to the end, or to where it is stopped. LibTorch's errors
/// leave as exceptions.
class TrainingSession
{
  public:
    /// Loads the model and the newest checkpoint, or makes a fresh adapter. events and parallel, which is null for one
    /// process, must outlive the session. Errors: the processes of a run have not found the same.
    static Result<TrainingSession> open(RunInputs inputs, const std::filesystem::path& runFolder, EventWriter& events,
                                        Parallel* parallel, const Progress& progress);

    /// Trains to the end, evaluates, writes adapter/. Stopped: a checkpoint and the event "stopped".
    Result<RunOutcome> run();

  private:
    using Clock = std::chrono::steady_clock;

    TrainingSession(RunInputs inputs, std::filesystem::path runFolder, EventWriter& events, Parallel* parallel,
                    Progress progress);
    /// What all processes must have found alike: spec, rows, checkpoint.
    Status agree(std::int64_t checkpointStep);

    /// How pairs and judged answers are learnt from, with the reference's part of it; null for other rows.
    Result<std::unique_ptr<const PreferenceStep>> preferences(const torch::Device& device);
    Status writeStarted(bool resumed);
    Status writeStep(const StepReport& report);
    /// A GPU is asked for a step's numbers only when somebody reads them, and before something else waits for it, whose
    /// time would then have the step's.
    bool isMeasured(std::int64_t step) const;
    /// All processes take part in the sums at the same steps; rank 0 alone writes.
    bool routingIsDue(std::int64_t step) const;
    struct Loads
    {
        std::vector<ExpertLoad> all;
        std::vector<std::vector<ExpertLoad>> ofTasks; ///< empty with one task
    };
    Loads takeExpertLoads();
    Status writeRouting();
    /// Where training.reallocation moves the map at this step: the event of it.
    Status reallocate();
    /// The same of a process that writes nothing.
    Result<std::optional<Reallocated>> takeNewMap();
    /// isFinal: it is the run's result, of the weights of selectedStep_.
    Result<EvaluationResult> measure(const TaskInputs& task, const EvaluationData& data, MixtureAdapter& adapter);
    void keepWatched(const TaskInputs& task, const EvaluationResult& result);
    Status watchKept(const TaskInputs& task, MixtureAdapter& kept);
    Result<EvaluationResult> score(const TaskInputs& task, const EvaluationData& data, MixtureAdapter& adapter,
                                   bool isFinal);
    /// Whether the task's rows are scored on the way, at this step.
    bool isWatched(const TaskInputs& task) const;
    /// At this step something is to be scored that has not been.
    bool watchIsDue() const;
    /// Scores what is to be scored on the way; keeps a checkpoint where it is the best.
    Status watch();
    /// The adapter that the run ends with, saying what it is.
    Result<std::shared_ptr<MixtureAdapter>> selectAdapter();
    bool checkpointIsDue() const;
    Status checkpoint();
    /// The part of a process that is not rank 0: steps, until rank 0 says stop.
    Result<RunOutcome> follow();
    /// After the first step on a GPU: which layers need not be recomputed.
    void planRecomputation();
    bool isFirst() const { return !parallel_ || parallel_->isFirst(); }
    /// Obeys the control file; true when the run shall stop.
    Result<bool> obey();
    Result<RunOutcome> stopped();
    Result<RunOutcome> finish();
    RunOutcome outcomeSoFar() const;

    RunInputs inputs_;
    std::filesystem::path folder_;
    EventWriter& events_;
    Progress progress_;
    Compute compute_;
    Parallel* parallel_ = nullptr;
    std::shared_ptr<Decoder> decoder_;
    std::shared_ptr<MixtureAdapter> adapter_;
    std::shared_ptr<MixtureAdapter> reference_; ///< of preferences, where a run starts from an adapter; else null
    std::unique_ptr<Trainer> trainer_;
    ParameterCount parameters_;
    BestSoFar best_;
    std::vector<TaskResult> watched_; ///< the newest
    std::int64_t selectedStep_ = 0;
    bool recomputationPlanned_ = false;
    double smoothLoss_ = 0;
    TokenRate rateSinceMeasured_;
    TokenRate rateSinceEvent_;
    double shownRate_ = 0; ///< tokens/s up to the last measured step
    Clock::time_point lastCheckpoint_ = Clock::now();
};

} // namespace hilo
