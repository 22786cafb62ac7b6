// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "hub/hub_settings.h"
#include "hub/repository_listing.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo {

struct FetchRequest
{
    RepositoryName name;
    std::vector<std::string> include, exclude; ///< patterns, hub/file_choice.h
    bool onlyList = false;                     ///< say what would be fetched
};

struct FetchedRepository
{
    std::filesystem::path folder; ///< the snapshot
    std::string commit;
    std::vector<RepositoryFile> files; ///< that are in it now (with onlyList: that would be)
    std::vector<RepositoryFile> left;  ///< of the repository, not asked for
    std::int64_t bytes = 0;            ///< of files
    std::int64_t bytesFetched = 0;     ///< of them, now (with onlyList: that would be); the rest was there
};

/// Brings a repository's files from the hub into the cache that all tools share. A fetch that is broken off, also by
/// a cancellation, is gone on with by the next. Every file is held against the size and the hash that the hub lists.
/// The revision's name means the new commit only once all files are there, where it meant another before.
/// No space: is found before anything is fetched. Bad input: as hubError() says.
Result<FetchedRepository> fetchRepository(const FetchRequest& request, const HubSettings& settings,
                                          const Progress& progress);

} // namespace hilo
