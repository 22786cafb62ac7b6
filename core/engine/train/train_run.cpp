// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/train_run.h"

#include "allocation/memory_estimate.h"
#include "base/atomic_file.h"
#include "base/log.h"
#include "data/rejected_rows.h"
#include "engine/base/compute.h"
#include "engine/base/torch_border.h"
#include "engine/train/parallel.h"
#include "engine/train/run_inputs.h"
#include "engine/train/training_session.h"
#include "run/event_stream.h"
#include "run/provenance.h"
#include "run/run_event.h"
#include "run/run_lock.h"

#include <functional>
#include <optional>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// What would fit, for a run that did not.
std::string adviceFor(const RunSpec& spec, const ModelConfig& model)
{
    const auto compute = chooseCompute(model, spec.training.device, spec.training.dtype, 1);
    if (!compute)
        return {};
    EstimateSettings settings;
    settings.baseBytes = compute->dtype == "bfloat16" ? 2 : 4;
    settings.linearBytes = quantisedBytes(spec.training.quantisation);
    settings.onGpu = compute->onGpu();
    settings.recomputeActivations = spec.training.activationCheckpointing;
    const auto usable = static_cast<std::int64_t>(usableMemory(*compute));
    const EstimateConstants constants = settings.onGpu ? gpuConstants() : cpuConstants();
    const auto fitting = [&] {
        return fittingBatchSize(spec.map, model, settings, std::max<std::int64_t>(1, spec.training.batchSize - 1),
                                spec.training.maxLength, usable, constants);
    };
    const std::string memory = std::to_string(usable >> 20) + " MiB can be used";
    if (const std::int64_t size = fitting(); size > 0)
        return memory + "; by estimate batch_size " + std::to_string(size) + " would fit.";
    if (!settings.recomputeActivations) {
        settings.recomputeActivations = true;
        if (const std::int64_t size = fitting(); size > 0)
            return memory + "; by estimate batch_size " + std::to_string(size) +
                   " with activation_checkpointing would fit.";
    }
    if (settings.linearBytes == 0) {
        settings.linearBytes = quantisedBytes("nf4");
        if (const std::int64_t size = fitting(); size > 0)
            return memory + "; by estimate batch_size " + std::to_string(size) +
                   " with activation_checkpointing and quantisation \"nf4\" would fit.";
    }
    return memory + "; by estimate no batch size fits: use a smaller max_length or model.";
}

Status writeFailure(EventWriter& events, const Error& error)
{
    return events.write("failed", {{"code", static_cast<int>(error.code)},
                                   {"message", error.message},
                                   {"hint", error.hint},
                                   {"file", error.file},
                                   {"place", error.place}});
}

/// Where those that the log does not name can be found.
Status keepRejectedRows(const fs::path& runFolder, const std::vector<RejectedRow>& rejected)
{
    HILO_CHECK(writeRejectedRows(runFolder / rejectedRowsFile, rejected));
    if (!rejected.empty())
        logger("data")->warn("the rows that cannot be used are listed in {}", (runFolder / rejectedRowsFile).string());
    return {};
}

/// A run whose process was killed is no failed one: it goes on from its checkpoint.
bool isFailure(const RankTrouble& trouble)
{
    return !trouble.vanished && trouble.error.code != ErrorCode::Cancelled;
}

/// The end by an error of this process or of another one: the others are told first, and may be what it is about.
/// events: of the process that writes them, or null.
tl::unexpected<Error> ended(const Error& error, EventWriter* events, Parallel* parallel)
{
    const RankTrouble trouble = parallel ? parallel->fail(error) : RankTrouble{0, error, false};
    if (events && isFailure(trouble))
        if (const Status written = writeFailure(*events, trouble.error); !written)
            logger("train")->error("{}", describe(written.error()));
    return failure(trouble.error);
}

/// From the thread that ends a process by force. events: its file, where this process writes it.
void sayLastWords(const RankTrouble& trouble, const fs::path& events)
{
    logger("train")->error("{}", describe(trouble.error));
    if (events.empty() || !isFailure(trouble))
        return;
    if (auto writer = EventWriter::open(events))
        if (const Status written = writeFailure(*writer, trouble.error); !written)
            logger("train")->error("{}", describe(written.error()));
}

/// Trains in a run folder. parallel: null for one process.
Result<RunOutcome> runInFolder(RunInputs inputs, const fs::path& runFolder, Parallel* parallel,
                               const Progress& progress)
{
    const bool isFirst = !parallel || parallel->isFirst();
    // Rank 0 alone writes into the run folder.
    if (isFirst)
        HILO_CHECK(recordProvenance(runFolder, torchVersion(), progress));
    HILO_TRY(EventWriter events, EventWriter::open(isFirst ? runFolder / "events.ndjson" : fs::path("/dev/null")));
    RunOutcome outcome;
    if (isFirst)
        HILO_CHECK(keepRejectedRows(runFolder, inputs.rejected));
    const auto rejectedRows = static_cast<std::int64_t>(inputs.rejected.size());
    const std::int64_t truncatedRows = inputs.truncatedRows;
    const std::int64_t truncatedEvaluationRows = inputs.truncatedEvaluationRows;
    const std::int64_t rowsBeyondPositions = inputs.rowsBeyondPositions;
    const RunSpec spec = inputs.spec;
    const ModelConfig model = inputs.model.config;
    // Outlives the message to the others: its sums may wait for them when they end.
    std::optional<TrainingSession> session;
    const Status status = atTorchBorder([&]() -> Status {
        HILO_TRY(TrainingSession opened,
                 TrainingSession::open(std::move(inputs), runFolder, events, parallel, progress));
        session.emplace(std::move(opened));
        HILO_TRY(outcome, session->run());
        return {};
    });
    outcome.rejectedRows = rejectedRows;
    outcome.truncatedRows = truncatedRows;
    outcome.truncatedEvaluationRows = truncatedEvaluationRows;
    outcome.rowsBeyondPositions = rowsBeyondPositions;
    if (!status) {
        Error error = status.error();
        if (error.code == ErrorCode::NoSpace && error.message.find("memory") != std::string::npos)
            error.hint = adviceFor(spec, model);
        return ended(error, isFirst ? &events : nullptr, parallel);
    }
    return outcome;
}

/// What a killed save has left is no checkpoint and no adapter.
void removeLeftovers(const fs::path& runFolder)
{
    std::error_code code;
    std::vector<fs::path> leftovers;
    for (const auto& entry : fs::directory_iterator(runFolder / "checkpoints", code))
        if (entry.path().filename().string().starts_with("."))
            leftovers.push_back(entry.path());
    for (const auto& entry : fs::directory_iterator(runFolder, code))
        if (entry.path().filename().string().starts_with(".adapter.tmp-"))
            leftovers.push_back(entry.path());
    for (const fs::path& leftover : leftovers)
        fs::remove_all(leftover, code);
}

/// The part of rank 0, or of the only process, from the moment when there is a run folder.
Result<RunOutcome> lead(const fs::path& runFolder, Parallel* parallel, const Progress& progress,
                        const std::function<Result<RunInputs>()>& read)
{
    addLogFile(runFolder / "log.txt");
    HILO_TRY(const auto lock, lockRunForTraining(runFolder));
    const fs::path log = runFolder / "events.ndjson";
    if (parallel)
        parallel->link().setLastWords([log](const RankTrouble& trouble) { sayLastWords(trouble, log); });
    removeLeftovers(runFolder);
    auto inputs = read();
    if (!inputs) {
        HILO_TRY(EventWriter events, EventWriter::open(log));
        return ended(inputs.error(), &events, parallel);
    }
    return runInFolder(std::move(*inputs), runFolder, parallel, progress);
}

/// Work of one of the processes that train a run, from its beginning: what ends one of them is told to all.
Result<RunOutcome> together(const Progress& progress,
                            const std::function<Result<RunOutcome>(Parallel*, const Progress&)>& work)
{
    HILO_TRY(const ParallelPlace place, parallelPlace());
    HILO_TRY(const std::unique_ptr<Parallel> parallel, Parallel::join(place, progress));
    if (!parallel)
        return work(nullptr, progress);
    // What is to be said of the rows rank 0 says for all.
    if (!parallel->isFirst())
        logger("data")->set_level(spdlog::level::err);
    parallel->link().setLastWords([](const RankTrouble& trouble) { sayLastWords(trouble, {}); });
    Result<RunOutcome> outcome = work(parallel.get(), parallel->link().progress());
    if (!outcome)
        return failure(parallel->fail(outcome.error()).error);
    parallel->link().leave();
    return outcome;
}

Status eachEvent(const fs::path& runFolder, const EventReceiver& receive)
{
    HILO_TRY([[maybe_unused]] const EventFollowing followed,
             followEvents(runFolder, {}, receive, std::uint64_t{1} << 40));
    return {};
}

Result<bool> isFinished(const fs::path& runFolder)
{
    bool finished = false;
    HILO_CHECK(eachEvent(runFolder, [&](const Json& event) -> Status {
        finished = finished || std::holds_alternative<RunEvent::Finished>(readRunEvent(event).what);
        return {};
    }));
    return finished;
}

/// Runs of older versions, whose spec does not say how data without splits is split, have been trained on all of it.
Status keepOldSplits(const fs::path& file, RunSpec& spec)
{
    HILO_TRY(const Json document, readJsonFile(file));
    const Json& data = document["data"];
    for (std::size_t i = 0; i < spec.tasks.size(); ++i)
        if (!(data.is_array() ? data[i] : data).contains("split"))
            spec.tasks[i].data.holdsOut = false;
    return {};
}

/// W processes with A micro-batches each take steps of W·A: with another W it would be another run.
Status checkProcesses(const fs::path& runFolder, int size)
{
    HILO_TRY(const TrainedOn before, lastTrainedOn(runFolder));
    if (before.processes == 0 || before.processes == size)
        return {};
    return failure(badInput(runFolder.string(), {},
                            "The run was begun with " + std::to_string(before.processes) +
                                (before.processes == 1 ? " process, not " : " processes, not ") + std::to_string(size) +
                                ", and each step takes as many batches as there are processes.",
                            before.processes == 1
                                ? "Name one device, or none."
                                : "Name as many devices: hilo resume " + runFolder.string() + " --devices " +
                                      (before.devices.empty() ? "0,1,…" : before.devices)));
}

/// The optimiser's state and the place in the epoch belong to the rows that were trained on.
Status checkRows(const fs::path& runFolder, const RunInputs& inputs, bool changedData)
{
    HILO_TRY(const TrainedOn before, lastTrainedOn(runFolder));
    if (before.rowsSha256.empty() || before.rowsSha256 == inputs.rowsSha256)
        return {};
    const std::string what =
        "The rows are not those that the run was begun with: " +
        (before.trainingRows != inputs.trainingRows
             ? "it had " + std::to_string(before.trainingRows) + " to train on, now there are " +
                   std::to_string(inputs.trainingRows)
             : std::string("their tokens or labels differ, by changed data, template or tokenizer")) +
        ".";
    if (!changedData)
        return failure(badInput(runFolder.string(), {}, what,
                                "Put the data back or make a new run; or go on with the changed rows: hilo resume " +
                                    runFolder.string() + " --changed-data"));
    logger("train")->warn("{} The run goes on with them, as it was told to.", what);
    return {};
}

} // namespace

Result<RunOutcome> startRun(RunSpec spec, const fs::path& runFolder, const Progress& progress)
{
    return together(progress, [&](Parallel* parallel, const Progress& own) -> Result<RunOutcome> {
        if (parallel && !parallel->isFirst()) {
            HILO_TRY(RunInputs inputs, readRunInputs(std::move(spec), own));
            return runInFolder(std::move(inputs), runFolder, parallel, own);
        }
        std::error_code code;
        if (fs::exists(runFolder, code) && !(fs::is_directory(runFolder, code) && fs::is_empty(runFolder, code)))
            return failure(
                badInput(runFolder.string(), {}, "The folder exists and is not empty.",
                         "Give another folder, or continue the run in it: hilo resume " + runFolder.string()));
        HILO_TRY(RunInputs inputs, readRunInputs(std::move(spec), own));
        {
            HILO_TRY(AtomicFolder folder, AtomicFolder::create(runFolder));
            HILO_CHECK(writeJsonFile(folder.path() / "run.json", toJson(inputs.spec)));
            HILO_CHECK(folder.commit());
        }
        return lead(runFolder, parallel, own, [&] { return Result<RunInputs>(std::move(inputs)); });
    });
}

Result<RunOutcome> continueRun(const fs::path& runFolder, const Progress& progress, bool changedData)
{
    return together(progress, [&](Parallel* parallel, const Progress& own) -> Result<RunOutcome> {
        HILO_TRY(RunSpec spec, readRunSpec(runFolder / "run.json"));
        HILO_CHECK(keepOldSplits(runFolder / "run.json", spec));
        HILO_CHECK(checkProcesses(runFolder, parallel ? parallel->size() : 1));
        const auto read = [&]() -> Result<RunInputs> {
            HILO_TRY(RunInputs inputs, readRunInputs(std::move(spec), own));
            HILO_CHECK(checkRows(runFolder, inputs, changedData));
            return inputs;
        };
        if (parallel && !parallel->isFirst()) {
            HILO_TRY(RunInputs inputs, read());
            return runInFolder(std::move(inputs), runFolder, parallel, own);
        }
        HILO_TRY(const bool finished, isFinished(runFolder));
        if (finished)
            return failure(badInput(runFolder.string(), {}, "The run is finished already.",
                                    "Make a new run, with start_from set to its adapter to train on."));
        return lead(runFolder, parallel, own, read);
    });
}

Result<TrainedOn> lastTrainedOn(const fs::path& runFolder)
{
    TrainedOn last;
    HILO_CHECK(eachEvent(runFolder, [&](const Json& event) -> Status {
        const RunEvent read = readRunEvent(event);
        if (const auto* started = std::get_if<RunEvent::Started>(&read.what))
            last = {started->processes, started->devices, started->rowsSha256, started->trainingRows};
        return {};
    }));
    return last;
}

} // namespace hilo
