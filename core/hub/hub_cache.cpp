// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub_cache.h"

#include "base/environment.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// An empty path where the home folder is asked for and not known.
fs::path withHome(const std::string& text)
{
    if (text != "~" && !text.starts_with("~/"))
        return text;
    const std::string home = environmentText("HOME");
    return home.empty() ? fs::path() : fs::path(home + text.substr(1));
}

} // namespace

fs::path huggingFaceHome()
{
    if (const std::string home = environmentText("HF_HOME"); !home.empty())
        return withHome(home);
    if (const std::string cache = environmentText("XDG_CACHE_HOME"); !cache.empty())
        return withHome(cache) / "huggingface";
    const fs::path cache = withHome("~/.cache");
    return cache.empty() ? cache : cache / "huggingface";
}

fs::path hubCacheFolder()
{
    for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"})
        if (const std::string folder = environmentText(name); !folder.empty())
            return withHome(folder);
    const fs::path home = huggingFaceHome();
    return home.empty() ? home : home / "hub";
}

Error cacheError(const fs::path& place, const std::string& what, const std::error_code& code)
{
    Error error = badInput(place.string(), {}, what + ": " + code.message() + ".",
                           "Make the cache writable, or set HF_HUB_CACHE to a folder that is.");
    if (code == std::errc::no_space_on_device)
        error.code = ErrorCode::NoSpace;
    return error;
}

Status makeCacheFolder(const fs::path& folder)
{
    std::error_code code;
    fs::create_directories(folder, code);
    return code ? Status(failure(cacheError(folder, "The folder cannot be made", code))) : Status();
}

std::string folderPrefix(RepositoryKind kind)
{
    return kind == RepositoryKind::Model ? "models--" : "datasets--";
}

CachedFolder::CachedFolder(const fs::path& cache, const RepositoryName& name)
{
    const std::string folder = folderPrefix(name.kind) + name.owner + "--" + name.name;
    root = cache / folder;
    locks = cache / ".locks" / folder;
}

} // namespace hilo
