// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/run_checkpoint.h"

#include "base/atomic_file.h"
#include "base/log.h"
#include "engine/train/averaged_checkpoints.h"
#include "engine/train/resume_check.h"
#include "run/checkpoints.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t large = std::int64_t{1} << 60;

Json stateOf(const Trainer& trainer, const Compute& compute, const RunSpec& spec, const BestSoFar& selection)
{
    const TrainingPosition& position = trainer.position();
    return {{"format", "hilo.training-state/1"},
            {"step", position.step},
            {"micro_batch", position.microBatch},
            {"tokens", position.tokens},
            {"seconds", position.seconds},
            {"device", compute.device},
            {"dtype", compute.dtype},
            {"threads", compute.threads},
            {"peak_flops", compute.peakFlops},
            {"training", settingsToKeep(spec)},
            {"first_map", mapHash(spec.map)},
            {"selection", selection.toJson()}};
}

} // namespace

Result<fs::path> saveCheckpoint(const fs::path& runFolder, const Trainer& trainer, const MixtureAdapter& adapter,
                                const Compute& compute, const RunSpec& spec, const BestSoFar& selection)
{
    const std::int64_t step = trainer.position().step;
    // Of a GPU's steps not every one is looked at; what they have spoilt must not replace what is good.
    if (!trainer.isFinite())
        return failure(internalError("The weights are not finite at step " + std::to_string(step) +
                                         "; the checkpoints before it are kept.",
                                     "Lower learning_rate, or turn clip_norm on."));
    const fs::path target = runFolder / "checkpoints" / ("step-" + std::to_string(step));
    std::error_code code;
    fs::create_directories(target.parent_path(), code);
    if (fs::exists(target, code)) {
        // A valid checkpoint of this step is this very state; a damaged one makes room.
        if (verifyCheckpoint(target, step, false))
            return target;
        fs::remove_all(target, code);
    }
    HILO_TRY(AtomicFolder folder, AtomicFolder::create(target));
    HILO_CHECK(adapter.save(folder.path()));
    HILO_CHECK(trainer.saveMoments(folder.path() / "optimiser.safetensors"));
    HILO_CHECK(writeJsonFile(folder.path() / "state.json", stateOf(trainer, compute, spec, selection)));
    HILO_CHECK(writeManifest(folder.path(), step));
    HILO_CHECK(folder.commit());
    HILO_TRY(const std::vector<Checkpoint> all, listCheckpoints(runFolder, false));
    for (const Checkpoint& old : prunable(all, static_cast<std::size_t>(spec.training.keepCheckpoints)))
        if (!isAveragedLater(spec.training, old.step, step))
            HILO_CHECK(removeCheckpoint(old));
    return target;
}

Result<std::optional<fs::path>> newestValidCheckpoint(const fs::path& runFolder)
{
    HILO_TRY(const std::vector<Checkpoint> all, listCheckpoints(runFolder, true));
    for (auto checkpoint = all.rbegin(); checkpoint != all.rend(); ++checkpoint) {
        if (checkpoint->valid)
            return std::optional(checkpoint->folder);
        logger("train")->warn("{} is not used: {}", checkpoint->folder.string(), checkpoint->problem);
    }
    return std::optional<fs::path>();
}

Result<CheckpointState> readCheckpointState(const fs::path& checkpoint)
{
    const fs::path file = checkpoint / "state.json";
    HILO_TRY(const Json document, readJsonFile(file));
    HILO_TRY(const JsonObject object, JsonObject::of(document, file.string()));
    CheckpointState state;
    HILO_TRY(state.position.step, object.integer("step", 0, large));
    HILO_TRY(state.position.microBatch, object.integer("micro_batch", 0, large));
    HILO_TRY(state.position.tokens, object.integer("tokens", 0, large));
    HILO_TRY(state.position.seconds, object.number("seconds", 0, 1e12));
    HILO_TRY(state.compute.device, object.text("device"));
    HILO_TRY(state.compute.dtype, object.text("dtype"));
    HILO_TRY(const std::int64_t threads, object.integer("threads", 1, 4096));
    state.compute.threads = static_cast<int>(threads);
    HILO_TRY(state.compute.peakFlops, object.numberOr("peak_flops", 0, 0, 1e18));
    state.settings = Json::object();
    if (const auto kept = document.find("training"); kept != document.end() && kept->is_object())
        state.settings = *kept;
    HILO_TRY(state.firstMap, object.textOr("first_map", ""));
    state.selection = Json::object();
    if (const auto kept = document.find("selection"); kept != document.end() && kept->is_object())
        state.selection = *kept;
    return state;
}

} // namespace hilo
