// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/checkpoints.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "run/run_id.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* manifestName = "manifest.json";
constexpr const char* manifestFormat = "hilo.checkpoint/1";

std::optional<std::int64_t> stepOfName(const std::string& name)
{
    constexpr std::string_view start = "step-";
    std::int64_t step = 0;
    const char* const end = name.data() + name.size();
    if (!name.starts_with(start) || name.size() == start.size())
        return {};
    const auto [stop, problem] = std::from_chars(name.data() + start.size(), end, step);
    return problem == std::errc() && stop == end && step >= 0 ? std::optional(step) : std::nullopt;
}

/// The step of the best checkpoint as a checkpoint's state.json names it ("selection"), which the trainer writes.
std::optional<std::int64_t> bestStepIn(const fs::path& checkpoint)
{
    const auto state = readJsonFile(checkpoint / "state.json", {1 << 20, 16});
    if (!state || !state->is_object() || !state->contains("selection") || !(*state)["selection"].is_object())
        return {};
    const Json& selection = (*state)["selection"];
    if (selection.value("select", Json()) != "best")
        return {};
    const auto step = selection.find("best_step");
    return step != selection.end() && step->is_number_integer() ? std::optional(step->get<std::int64_t>())
                                                                : std::nullopt;
}

/// "adapter.safetensors: what is wrong with it".
std::string problemOf(const Error& error)
{
    return error.file.empty() ? error.message : fs::path(error.file).filename().string() + ": " + error.message;
}

std::uint64_t bytesBelow(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    std::error_code code;
    for (const auto& entry : fs::recursive_directory_iterator(folder, code))
        if (entry.is_regular_file(code))
            bytes += entry.file_size(code);
    return bytes;
}

} // namespace

Status writeManifest(const fs::path& checkpointFolder, std::int64_t step)
{
    std::vector<fs::path> files;
    std::error_code code;
    for (const auto& entry : fs::recursive_directory_iterator(checkpointFolder, code))
        if (entry.is_regular_file(code))
            files.push_back(entry.path());
    if (code)
        return failure(
            badInput(checkpointFolder.string(), {}, "The checkpoint cannot be read: " + code.message() + "."));
    std::sort(files.begin(), files.end());
    Json list = Json::array();
    for (const fs::path& file : files) {
        HILO_TRY(const std::string hash, sha256File(file));
        HILO_CHECK(syncPath(file));
        list.push_back({{"path", file.lexically_relative(checkpointFolder).generic_string()},
                        {"bytes", fs::file_size(file, code)},
                        {"sha256", hash}});
    }
    return writeJsonFile(checkpointFolder / manifestName,
                         {{"format", manifestFormat}, {"step", step}, {"files", list}});
}

Status verifyCheckpoint(const fs::path& checkpointFolder, std::int64_t step, bool hashes, const Progress& progress)
{
    const fs::path manifest = checkpointFolder / manifestName;
    HILO_TRY(const Json document, readJsonFile(manifest, {16 << 20, 8}));
    HILO_TRY(const JsonObject root, JsonObject::of(document, manifest.string()));
    HILO_TRY(const std::int64_t named, root.integer("step", 0, INT64_MAX));
    if (named != step)
        return failure(root.errorAt("step", "The folder is of step " + std::to_string(step) +
                                                ", its manifest of step " + std::to_string(named) + "."));
    HILO_TRY(const Json* const files, root.array("files"));
    for (std::size_t i = 0; i < files->size(); ++i) {
        const std::string place = "files[" + std::to_string(i) + "]";
        HILO_TRY(const JsonObject entry, JsonObject::of((*files)[i], manifest.string(), place));
        HILO_TRY(const std::string name, entry.text("path"));
        HILO_TRY(const std::int64_t bytes, entry.integer("bytes", 0, INT64_MAX));
        HILO_TRY(const std::string hash, entry.text("sha256"));
        HILO_TRY(const fs::path file, pathInside(checkpointFolder, name, manifest.string(), place));
        std::error_code code;
        const auto size = fs::is_regular_file(file, code) ? fs::file_size(file, code) : std::uintmax_t{0};
        if (code || !fs::exists(file, code) || size != static_cast<std::uintmax_t>(bytes))
            return failure(badInput(file.string(), {},
                                    "The file has " + std::to_string(size) + " bytes; its manifest names " +
                                        std::to_string(bytes) + ".",
                                    "Resume from an earlier checkpoint."));
        if (!hashes)
            continue;
        HILO_TRY(const std::string found, sha256File(file, progress));
        if (found != hash)
            return failure(badInput(file.string(), {}, "The content is not what its manifest names.",
                                    "Resume from an earlier checkpoint."));
    }
    return {};
}

Result<std::vector<Checkpoint>> listCheckpoints(const fs::path& runFolder, bool hashes, const Progress& progress)
{
    std::vector<Checkpoint> found;
    const std::set<std::int64_t> pins = pinnedSteps(runFolder);
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(runFolder / "checkpoints", code)) {
        const auto step = stepOfName(entry.path().filename().string());
        if (!step || !entry.is_directory(code) || entry.is_symlink(code))
            continue;
        const Status valid = verifyCheckpoint(entry.path(), *step, hashes, progress);
        if (!valid && valid.error().code == ErrorCode::Cancelled)
            return failure(valid.error());
        found.push_back({*step, entry.path(), bytesBelow(entry.path()), valid.has_value(), pins.contains(*step),
                         valid ? std::string() : problemOf(valid.error())});
    }
    std::sort(found.begin(), found.end(), [](const Checkpoint& a, const Checkpoint& b) { return a.step < b.step; });
    const auto newest = std::find_if(found.rbegin(), found.rend(), [](const Checkpoint& one) { return one.valid; });
    if (const auto best = newest == found.rend() ? std::nullopt : bestStepIn(newest->folder))
        for (Checkpoint& one : found)
            one.best = one.step == *best;
    return found;
}

std::int64_t newestCheckpointStep(const fs::path& runFolder)
{
    std::int64_t newest = -1;
    if (const auto checkpoints = listCheckpoints(runFolder, false))
        for (const Checkpoint& checkpoint : *checkpoints)
            newest = checkpoint.valid ? std::max(newest, checkpoint.step) : newest;
    return newest;
}

std::set<std::int64_t> pinnedSteps(const fs::path& runFolder)
{
    std::set<std::int64_t> steps;
    const auto document = readJsonFile(runFolder / "pins.json", {1 << 20, 8});
    if (document && document->is_object() && document->contains("steps") && (*document)["steps"].is_array())
        for (const Json& step : (*document)["steps"])
            if (step.is_number_integer())
                steps.insert(step.get<std::int64_t>());
    return steps;
}

Status pinStep(const fs::path& runFolder, std::int64_t step, bool pinned)
{
    std::error_code code;
    if (pinned && !fs::is_directory(runFolder / "checkpoints" / ("step-" + std::to_string(step)), code))
        return failure(badInput(runFolder.string(), "checkpoints",
                                "There is no checkpoint of step " + std::to_string(step) + "."));
    std::set<std::int64_t> steps = pinnedSteps(runFolder);
    if (pinned)
        steps.insert(step);
    else
        steps.erase(step);
    return writeJsonFile(runFolder / "pins.json", {{"steps", steps}});
}

std::vector<Checkpoint> prunable(const std::vector<Checkpoint>& checkpoints, std::size_t keep)
{
    std::vector<Checkpoint> removable;
    std::size_t newerValid = 0;
    for (auto checkpoint = checkpoints.rbegin(); checkpoint != checkpoints.rend(); ++checkpoint) {
        const bool needed = checkpoint->valid ? newerValid < std::max<std::size_t>(keep, 1) : newerValid == 0;
        newerValid += checkpoint->valid ? 1 : 0;
        if (!needed && !checkpoint->pinned && !checkpoint->best)
            removable.insert(removable.begin(), *checkpoint);
    }
    return removable;
}

Status removeCheckpoint(const Checkpoint& checkpoint)
{
    const fs::path hidden =
        checkpoint.folder.parent_path() / ("." + checkpoint.folder.filename().string() + ".removed");
    std::error_code code;
    fs::remove_all(hidden, code);
    fs::rename(checkpoint.folder, hidden, code);
    if (!code)
        fs::remove_all(hidden, code);
    if (code)
        return failure(badInput(checkpoint.folder.string(), {}, "Cannot be removed: " + code.message() + ".",
                                "Make the folder writable."));
    return {};
}

} // namespace hilo
