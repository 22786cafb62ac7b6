// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/map_timeline.h"

#include "run/adapter_place.h"
#include "run/event_stream.h"
#include "run/run_event.h"

#include <cstdint>

namespace hilo {
namespace {

namespace fs = std::filesystem;

Result<AllocationMap> mapIn(const Json& document, const std::string& file)
{
    HILO_TRY(const JsonObject object, JsonObject::of(document, file));
    HILO_TRY(const JsonObject map, object.object("map"));
    return parseAllocationMap(map.json(), file);
}

std::string methodOf(const Json& run)
{
    const auto method = Json::json_pointer("/training/reallocation/method");
    return run.contains(method) && run[method].is_string() ? run[method].get<std::string>() : "none";
}

} // namespace

const AllocationMap& MapTimeline::last() const
{
    return kept ? *kept : changes.empty() ? first : changes.back().map;
}

Result<MapTimeline> readMapTimeline(const fs::path& runFolder)
{
    const fs::path runFile = runFolder / "run.json";
    HILO_TRY(const Json run, readJsonFile(runFile));
    MapTimeline timeline;
    HILO_TRY(timeline.first, mapIn(run, runFile.string()));
    timeline.method = methodOf(run);
    if (timeline.method == "none")
        return timeline;
    const std::string eventsFile = (runFolder / "events.ndjson").string();
    HILO_TRY([[maybe_unused]] const EventFollowing followed,
             followEvents(
                 runFolder, {},
                 [&](const Json& event) -> Status {
                     const RunEvent read = readRunEvent(event);
                     if (!read.step)
                         return {};
                     // What a resumed run trains again it moves again; what stands behind its checkpoint is gone.
                     const auto forget = [&](bool itself) {
                         std::erase_if(timeline.changes, [&](const MapMoment& one) {
                             return one.step > *read.step || (itself && one.step == *read.step);
                         });
                     };
                     if (std::holds_alternative<RunEvent::Started>(read.what))
                         forget(false);
                     const auto* moved = std::get_if<RunEvent::Reallocation>(&read.what);
                     if (!moved)
                         return {};
                     forget(true);
                     HILO_TRY(AllocationMap map, mapIn(event, eventsFile));
                     timeline.changes.push_back(
                         {*read.step, std::move(map), moved->moved.value_or(0), moved->trainableParameters});
                     return {};
                 },
                 UINT64_MAX));
    if (hasAdapter(runFolder)) {
        const fs::path adapter = runFolder / "adapter" / "adapter.json";
        HILO_TRY(const Json document, readJsonFile(adapter));
        HILO_TRY(timeline.kept, mapIn(document, adapter.string()));
    }
    return timeline;
}

} // namespace hilo
