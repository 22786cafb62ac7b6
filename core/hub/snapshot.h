// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/hub_cache.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

/// One commit of a repository in the cache.
struct Snapshot
{
    std::filesystem::path folder; ///< snapshots/COMMIT
    std::string commit;
    std::vector<std::string> missing; ///< files that ought to be in it and are not, sorted
};

/// A revision of the cache: a commit by all its digits or the first seven and more of them, or a branch or tag as it
/// was when it was fetched. Nothing is asked of the network. Of a model config.json (or one GGUF file) and every part
/// that an index of weights names are expected; of both kinds that no link leads nowhere. Bad input: the repository or
/// the revision is not there; the hint is the command that brings it.
Result<Snapshot> findSnapshot(const RepositoryName& name, const std::filesystem::path& cache = hubCacheFolder());

/// A repository with something in the cache.
struct CachedRepository
{
    RepositoryName name;                ///< without revision
    std::vector<std::string> revisions; ///< that have been fetched by name: "main", "refs/pr/1"
    std::vector<std::string> commits;
};

/// All of a kind, by name; those without a snapshot are left out.
std::vector<CachedRepository> cachedRepositories(RepositoryKind kind,
                                                 const std::filesystem::path& cache = hubCacheFolder());

/// The GGUF file that stands for a snapshot without config.json: the only one, or the first part of the only split one;
/// empty where that is not clear.
std::filesystem::path onlyGgufFile(const std::filesystem::path& folder);

} // namespace hilo
