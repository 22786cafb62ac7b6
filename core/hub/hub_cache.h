// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/repository_name.h"

#include <filesystem>
#include <string>
#include <system_error>

namespace hilo {

/// The cache that all tools of the Hugging Face hub share: HF_HUB_CACHE, else HUGGINGFACE_HUB_CACHE, else "hub" in
/// huggingFaceHome(). "~" at the beginning is the home folder. Empty where no variable says where that is.
std::filesystem::path hubCacheFolder();

/// HF_HOME, else "huggingface" in XDG_CACHE_HOME or ~/.cache.
std::filesystem::path huggingFaceHome();

/// Where a repository lies in the cache; the layout is huggingface_hub's:
///     models--org--name/refs/main               the commit that the revision stood for when it was fetched
///     models--org--name/snapshots/COMMIT/FILE   a link to the blob
///     models--org--name/blobs/HASH              SHA-256 of large files, git's SHA-1 of small ones
///     .locks/models--org--name/HASH.lock        held by whoever fetches the blob
struct CachedFolder
{
    std::filesystem::path root; ///< of this repository
    std::filesystem::path locks;

    CachedFolder(const std::filesystem::path& cache, const RepositoryName& name);
    std::filesystem::path reference(const std::string& revision) const { return root / "refs" / revision; }
    std::filesystem::path snapshot(const std::string& commit) const { return root / "snapshots" / commit; }
    std::filesystem::path blob(const std::string& hash) const { return root / "blobs" / hash; }
    std::filesystem::path incomplete(const std::string& hash) const { return root / "blobs" / (hash + ".incomplete"); }
    std::filesystem::path lock(const std::string& hash) const { return locks / (hash + ".lock"); }
};

/// "models--" or "datasets--".
/// What the system says of a place of the cache, with what to do. what: "Cannot be written".
Error cacheError(const std::filesystem::path& place, const std::string& what, const std::error_code& code);

/// With its parents.
Status makeCacheFolder(const std::filesystem::path& folder);

std::string folderPrefix(RepositoryKind kind);

} // namespace hilo
