// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/environment.h"

#include <filesystem>
#include <string>

namespace hilo {

/// Where what can be made again is kept, by kind ("rows", "profiles"): in $XDG_CACHE_HOME/hilo, else in
/// $HOME/.cache/hilo. Empty where neither is set. The folder need not exist.
inline std::filesystem::path cacheFolder(const std::string& kind)
{
    if (const std::string cache = environmentText("XDG_CACHE_HOME"); !cache.empty())
        return std::filesystem::path(cache) / "hilo" / kind;
    if (const std::string home = environmentText("HOME"); !home.empty())
        return std::filesystem::path(home) / ".cache/hilo" / kind;
    return {};
}

} // namespace hilo
