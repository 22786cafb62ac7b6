// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub_cache.h"

#include <cstdlib>

namespace hilo {
namespace fs = std::filesystem;
namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// An empty path where the home folder is asked for and not known.
fs::path withHome(const std::string& text)
{
    if (text != "~" && !text.starts_with("~/"))
        return text;
    const std::string home = variable("HOME");
    return home.empty() ? fs::path() : fs::path(home + text.substr(1));
}

} // namespace

fs::path huggingFaceHome()
{
    if (const std::string home = variable("HF_HOME"); !home.empty())
        return withHome(home);
    if (const std::string cache = variable("XDG_CACHE_HOME"); !cache.empty())
        return withHome(cache) / "huggingface";
    const fs::path cache = withHome("~/.cache");
    return cache.empty() ? cache : cache / "huggingface";
}

fs::path hubCacheFolder()
{
    for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"})
        if (const std::string folder = variable(name); !folder.empty())
            return withHome(folder);
    const fs::path home = huggingFaceHome();
    return home.empty() ? home : home / "hub";
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
