// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/snapshot_link.h"

#include "base/atomic_file.h"

#include <unistd.h>

#include <atomic>
#include <string>

namespace hilo {
namespace fs = std::filesystem;

bool isInSnapshot(const CachedFolder& cached, const std::string& commit, const RepositoryFile& file)
{
    std::error_code code;
    const fs::path path = cached.snapshot(commit) / file.name;
    if (!fs::is_regular_file(path, code) || static_cast<std::int64_t>(fs::file_size(path, code)) != file.size || code)
        return false;
    return !fs::is_symlink(path, code) || fs::read_symlink(path, code).filename() == file.hash;
}

Status linkIntoSnapshot(const CachedFolder& cached, const std::string& commit, const RepositoryFile& file)
{
    const fs::path path = cached.snapshot(commit) / file.name;
    HILO_CHECK(makeCacheFolder(path.parent_path()));
    const fs::path target = cached.blob(file.hash).lexically_relative(path.parent_path());
    // A link that is there already is replaced in one step. Another thread may do the same.
    static std::atomic<unsigned> counter{0};
    fs::path temporary = path;
    temporary += ".tmp-" + std::to_string(getpid()) + "-" + std::to_string(counter++);
    std::error_code code;
    fs::remove(temporary, code);
    fs::create_symlink(target, temporary, code);
    if (code == std::errc::operation_not_permitted || code == std::errc::function_not_supported ||
        code == std::errc::operation_not_supported) {
        fs::rename(cached.blob(file.hash), path, code);
        return code ? Status(failure(cacheError(path, "Cannot be written", code))) : Status();
    }
    if (code)
        return failure(cacheError(path, "Cannot be written", code));
    fs::rename(temporary, path, code);
    if (code) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        return failure(cacheError(path, "Cannot be written", code));
    }
    return syncPath(path.parent_path());
}

Status writeReference(const CachedFolder& cached, const std::string& revision, const std::string& commit)
{
    if (revision == commit)
        return {};
    const fs::path file = cached.reference(revision);
    const auto old = readFile(file, 4096);
    if (old && *old == commit)
        return {};
    HILO_CHECK(makeCacheFolder(file.parent_path()));
    return writeFileAtomically(file, commit);
}

} // namespace hilo
