// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/local_place.h"

#include "base/portable_path.h"
#include "base/text_format.h"
#include "hub/snapshot.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Result<fs::path> placeOfName(const RepositoryName& name)
{
    HILO_TRY(const Snapshot snapshot, findSnapshot(name));
    if (!snapshot.missing.empty()) {
        constexpr std::size_t few = 5;
        std::vector<std::string> named(snapshot.missing.begin(),
                                       snapshot.missing.begin() +
                                           static_cast<std::ptrdiff_t>(std::min(few, snapshot.missing.size())));
        if (named.size() < snapshot.missing.size())
            named.push_back("and " + std::to_string(snapshot.missing.size() - named.size()) + " more");
        return failure(badInput(snapshot.folder.string(), {},
                                name.text() + " was fetched in part only; missing: " + joined(named) + ".",
                                name.fetchCommand() + " brings the rest."));
    }
    std::error_code code;
    if (name.kind == RepositoryKind::Model && !fs::exists(snapshot.folder / "config.json", code))
        return onlyGgufFile(snapshot.folder);
    return snapshot.folder;
}

/// What is not in the cache and is called like a file was meant as a path.
bool isCalledLikeAFile(const RepositoryName& name)
{
    constexpr std::array<std::string_view, 15> endings = {".gguf", ".safetensors", ".json", ".jsonl",   ".ndjson",
                                                          ".csv",  ".tsv",         ".txt",  ".parquet", ".arrow",
                                                          ".md",   ".gz",          ".zst",  ".bin",     ".feather"};
    return name.revision.empty() && std::any_of(endings.begin(), endings.end(), [&name](std::string_view ending) {
               return name.name.ends_with(ending);
           });
}

/// In folder there is one that is called like the owner, so that a path may have been meant.
bool isInAFolderThere(const RepositoryName& name, const fs::path& folder)
{
    std::error_code code;
    return name.revision.empty() && fs::exists(folder / name.owner, code);
}

/// Whether the cache has anything of it, be it in part.
bool isKnown(const RepositoryName& name)
{
    std::error_code code;
    return fs::exists(CachedFolder(hubCacheFolder(), name).root / "snapshots", code);
}

/// The parts of a path behind those of the cache; empty where it lies elsewhere.
std::vector<std::string> partsInCache(const fs::path& place)
{
    const fs::path cache = hubCacheFolder();
    if (cache.empty())
        return {};
    std::error_code code;
    // The links in a snapshot lead to blobs: only the folder may be followed.
    const fs::path whole = fs::absolute(place, code).lexically_normal();
    const fs::path folder = fs::absolute(cache, code).lexically_normal();
    for (const auto& [root, path] :
         {std::pair{folder, whole}, std::pair{fs::weakly_canonical(folder, code),
                                              fs::weakly_canonical(whole.parent_path(), code) / whole.filename()}}) {
        std::vector<std::string> parts;
        const auto [rest, below] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
        if (rest != root.end() && !rest->empty())
            continue;
        for (auto part = below; part != path.end(); ++part)
            if (!part->empty())
                parts.push_back(part->string());
        return parts;
    }
    return {};
}

} // namespace

Result<fs::path> localPlace(const fs::path& given, RepositoryKind kind)
{
    std::error_code code;
    if (given.empty() || given.is_absolute() || fs::exists(given, code))
        return given;
    const auto name = parseRepositoryName(given.string(), kind);
    if (!name || (!isKnown(*name) && isCalledLikeAFile(*name)))
        return given;
    auto place = placeOfName(*name);
    // It may have been meant as a path.
    if (!place && place.error().file.empty()) {
        Error& error = place.error();
        error.message = "There is no file or folder " + name->text() + " here. " + error.message;
        if (!isKnown(*name) && isInAFolderThere(*name, {}))
            error.hint = "Mend the path; or, if " + name->text() + " of the hub is meant, " + error.hint;
    }
    return place;
}

std::string placeFrom(const std::string& given, const fs::path& folder, RepositoryKind kind)
{
    std::string path = resolvedPath(given, folder);
    std::error_code code;
    if (given.empty() || fs::path(given).is_absolute() || fs::exists(path, code))
        return path;
    const auto name = parseRepositoryName(given, kind);
    if (!name || (!isKnown(*name) && (isCalledLikeAFile(*name) || isInAFolderThere(*name, folder))))
        return path;
    const auto place = placeOfName(*name);
    // What lies at this path from the folder that the program was started in is not what the file means.
    if (!place)
        return fs::exists(given, code) ? path : given;
    return fs::absolute(*place, code).lexically_normal().string();
}

std::string fetchInstead(const std::string& path, RepositoryKind kind)
{
    const fs::path place = fs::path(path).lexically_normal();
    const auto name = parseRepositoryName(
        place.is_absolute() ? (place.parent_path().filename() / place.filename()).string() : path, kind);
    if (!name || isCalledLikeAFile(*name))
        return {};
    return "If " + name->text() + " of the hub is meant, " + name->fetchCommand() + " brings it.";
}

bool isHubPlace(const std::string& place, RepositoryKind kind, RepositoryName& name)
{
    if (place.empty())
        return false;
    if (!fs::path(place).is_absolute()) {
        const auto parsed = parseRepositoryName(place, kind);
        if (!parsed || !isCommit(parsed->revision))
            return false;
        name = *parsed;
        return true;
    }
    const std::vector<std::string> parts = partsInCache(place);
    const std::string prefix = folderPrefix(kind);
    if (parts.size() < 3 || !parts[0].starts_with(prefix) || parts[1] != "snapshots" || !isCommit(parts[2]))
        return false;
    const std::string rest = parts[0].substr(prefix.size());
    const auto between = rest.find("--");
    if (between == std::string::npos)
        return false;
    const auto parsed =
        parseRepositoryName(rest.substr(0, between) + "/" + rest.substr(between + 2) + "@" + parts[2], kind);
    if (!parsed)
        return false;
    name = *parsed;
    return true;
}

std::string modelTitle(const std::string& place)
{
    RepositoryName name;
    if (isHubPlace(place, RepositoryKind::Model, name))
        return name.repository();
    const fs::path path(place);
    return (path.has_filename() ? path : path.parent_path()).filename().string();
}

std::string lastingName(const std::string& place, RepositoryKind kind)
{
    RepositoryName name;
    if (!fs::path(place).is_absolute() || !isHubPlace(place, kind, name))
        return place;
    const auto found = placeOfName(name);
    std::error_code code;
    return found && fs::equivalent(*found, place, code) && !code ? name.text() : place;
}

} // namespace hilo
