// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace hilo {

/// Where what can be made again is kept, by kind ("rows", "profiles"): in $XDG_CACHE_HOME/hilo, else in
/// $HOME/.cache/hilo. Empty where neither is set. The folder need not exist.
inline std::filesystem::path cacheFolder(const std::string& kind)
{
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && *cache)
        return std::filesystem::path(cache) / "hilo" / kind;
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::filesystem::path(home) / ".cache/hilo" / kind;
    return {};
}

} // namespace hilo
