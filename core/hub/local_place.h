// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/repository_name.h"

#include <filesystem>
#include <string>

namespace hilo {

/// Where a MODEL or the data that a user named lies on this machine. A path that exists always wins; a name of the hub
/// is looked up in the cache, where a model that is one GGUF file is that file; anything else stays the path that it
/// is, and so does "data/x.jsonl" by such an ending: then a path was meant. Bad input: a name that is not in the cache,
/// or of which files are missing; the hint says how to fetch it, and also that a path may be wrong where there is a
/// folder of the owner's name.
Result<std::filesystem::path> localPlace(const std::filesystem::path& given, RepositoryKind kind);

/// The same for what a file says about files in folder (base/portable_path.h, resolvedPath). A name that is not in the
/// cache stays as it is, so that a spec can be read without its model; whoever opens it gets the error. It becomes a
/// path where the folder has one of the owner's name.
std::string placeFrom(const std::string& given, const std::filesystem::path& folder, RepositoryKind kind);

/// What to say besides where there is nothing at a path whose last two parts may be a name of the hub ("org/name", as
/// placeFrom() makes a path of it); else empty.
std::string fetchInstead(const std::string& path, RepositoryKind kind);

/// The way back, for files that outlive a cache: "org/name@COMMIT" for a place in the cache that localPlace() finds by
/// this name, and the place itself for any other.
std::string lastingName(const std::string& place, RepositoryKind kind);

/// The repository and commit that a place in the cache or a name says; false where it says none. The revision is the
/// commit.
bool isHubPlace(const std::string& place, RepositoryKind kind, RepositoryName& name);

/// How a model is called in what is written about it: "org/name" of a place in the cache, else the name of its file or
/// folder.
std::string modelTitle(const std::string& place);

} // namespace hilo
