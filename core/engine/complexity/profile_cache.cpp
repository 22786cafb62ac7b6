// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/profile_cache.h"

#include "base/atomic_file.h"
#include "base/cache_folder.h"
#include "base/log.h"

namespace hilo {
namespace fs = std::filesystem;

fs::path ProfileCache::usualFolder()
{
    return cacheFolder("profiles");
}

std::optional<Json> ProfileCache::find(const std::string& key) const
{
    std::error_code code;
    if (folder_.empty() || !fs::exists(folder_ / (key + ".json"), code))
        return std::nullopt;
    auto result = readJsonFile(folder_ / (key + ".json"));
    if (!result)
        return std::nullopt;
    return std::move(*result);
}

void ProfileCache::keep(const std::string& key, const Json& result) const
{
    if (folder_.empty())
        return;
    std::error_code code;
    fs::create_directories(folder_, code);
    if (const Status status = writeFileAtomically(folder_ / (key + ".json"), result.dump()); !status)
        logger("profile")->info("The profile cache can't be written: {}", describe(status.error()));
}

} // namespace hilo
