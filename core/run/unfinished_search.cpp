// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/unfinished_search.h"

#include "base/json.h"
#include "formats/safetensors.h"

namespace hilo {
namespace fs = std::filesystem;

fs::path searchStateFile(const fs::path& result)
{
    fs::path file = result;
    file += ".state";
    return file;
}

Result<UnfinishedSearch> readUnfinishedSearch(const fs::path& stateFile)
{
    constexpr std::int64_t most = std::int64_t{1} << 40;
    HILO_TRY(const SafetensorsFile file, openSafetensors(stateFile));
    const auto found = file.metadata.find("search");
    if (found == file.metadata.end())
        return failure(badInput(stateFile.string(), "__metadata__", "This is not the state of a search."));
    HILO_TRY(const Json document, parseJson(found->second, stateFile.string()));
    HILO_TRY(const JsonObject object, JsonObject::of(document, stateFile.string(), "__metadata__.search"));
    UnfinishedSearch search;
    HILO_TRY(search.step, object.integer("step", 0, most));
    HILO_TRY(search.steps, object.integer("steps", 0, most));
    HILO_TRY(const JsonObject settings, object.object("settings"));
    HILO_TRY(search.experts, settings.integer("experts", 1, most));
    HILO_TRY(search.rank, settings.integer("rank", 1, most));
    HILO_TRY(search.askedSteps, settings.integer("steps", 0, most));
    return search;
}

} // namespace hilo
