// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/hub_cache.h"
#include "hub/repository_listing.h"

namespace hilo {

/// Whether the snapshot has the file, as the list says it.
bool isInSnapshot(const CachedFolder& cached, const std::string& commit, const RepositoryFile& file);

/// Puts a link to the blob into the snapshot, relative, so that the cache can be moved. Where the file system knows no
/// links the blob itself is moved there, as huggingface_hub does.
Status linkIntoSnapshot(const CachedFolder& cached, const std::string& commit, const RepositoryFile& file);

/// Notes which commit a branch, a tag or a short commit stands for; nothing for a whole commit.
Status writeReference(const CachedFolder& cached, const std::string& revision, const std::string& commit);

} // namespace hilo
