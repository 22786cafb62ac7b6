// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/resume_check.h"

#include "base/sha256.h"

namespace hilo {
namespace {

/// May be changed between two parts of a run: they say where it is computed, what is kept of it, and where its first
/// part began.
constexpr const char* freeSettings[] = {
    "device",    "threads",   "activation_checkpointing", "checkpoint_every", "checkpoint_minutes", "keep_checkpoints",
    "log_every", "start_from"};

const char* const advice = "Put run.json back as it was, or make a new run; start_from lets it begin with the adapter.";

} // namespace

Json settingsToKeep(const RunSpec& spec)
{
    Json settings = toJson(spec)["training"];
    for (const char* name : freeSettings)
        settings.erase(name);
    return settings;
}

std::string mapHash(const AllocationMap& map)
{
    return sha256(toJson(map)["layers"].dump());
}

Status checkGoesOn(const Json& kept, const AllocationMap& map, const std::string& firstMap, const RunSpec& now,
                   const std::string& runFile)
{
    if (now.training.reallocation.moves() ? firstMap != mapHash(now.map) : map.layers != now.map.layers)
        return failure(badInput(runFile, "map", "The run's checkpoint has another allocation map.", advice));
    const Json settings = settingsToKeep(now);
    for (const auto& [name, value] : kept.items())
        if (const auto found = settings.find(name); found != settings.end() && *found != value)
            return failure(badInput(
                runFile, "training." + name,
                "The run's checkpoint was trained with " + value.dump() + ", not with " + found->dump() + ".", advice));
    return {};
}

} // namespace hilo
