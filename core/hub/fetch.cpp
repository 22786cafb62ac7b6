// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/fetch.h"

#include "base/atomic_file.h"
#include "base/shown_bytes.h"
#include "hub/blob_download.h"
#include "hub/file_choice.h"
#include "hub/hub_cache.h"
#include "hub/snapshot_link.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

BlobJob jobOf(const RepositoryFile& file, const FetchRequest& request, const std::string& commit,
              const HubSettings& settings)
{
    return {request.name, file.name, fileAddress(request.name, commit, file.name, settings), file.hash, file.size};
}

/// Some room is left for everything else on the disk.
Status checkSpace(std::int64_t bytes, const RepositoryName& name, const HubSettings& settings)
{
    constexpr std::int64_t rest = std::int64_t{64} << 20;
    const auto free = freeDiskBytes(settings.cache);
    if (!free || bytes == 0 || *free >= static_cast<std::uint64_t>(bytes + rest))
        return {};
    return failure(noSpace("There is not enough room for " + name.repository() + " in " + settings.cache.string() +
                               ": " + shownBytes(static_cast<std::uint64_t>(bytes)) + " are to be fetched, " +
                               shownBytes(*free) + " are free.",
                           "Make room, or set HF_HUB_CACHE to a folder on another disk. Nothing was fetched."));
}

Status checkOnline(const RepositoryName& name, const HubSettings& settings)
{
    if (!settings.offline)
        return {};
    return failure(badInput({}, {},
                            name.text() + " cannot be fetched: HF_HUB_OFFLINE (or TRANSFORMERS_OFFLINE) is set.",
                            "Unset it, or copy the model's folder here and name it by its path."));
}

bool hasReference(const CachedFolder& cached, const std::string& revision)
{
    std::error_code code;
    return fs::exists(cached.reference(revision), code);
}

} // namespace

Result<FetchedRepository> fetchRepository(const FetchRequest& request, const HubSettings& settings,
                                          const Progress& progress)
{
    HILO_CHECK(checkOnline(request.name, settings));
    HttpConnection connection(settings, progress);
    progress.report({"Asking for " + request.name.text(), 0, 0, {}});
    HILO_TRY(const RepositoryListing listing, listRepository(request.name, settings, connection, progress));
    HILO_TRY(FileChoice choice, chooseFiles(request.name, listing.files, request.include, request.exclude));

    const CachedFolder cached(settings.cache, request.name);
    FetchedRepository fetched;
    fetched.commit = listing.commit;
    fetched.folder = cached.snapshot(listing.commit);
    std::int64_t missing = 0;
    std::set<std::string> counted; // equal files are one blob
    for (RepositoryFile& file : choice.wanted) {
        HILO_CHECK(completeFile(file, request.name, listing.commit, settings, connection, progress));
        fetched.bytes += file.size;
        if (counted.insert(file.hash).second && !isInSnapshot(cached, listing.commit, file))
            missing += file.size - bytesThere(jobOf(file, request, listing.commit, settings), cached);
    }
    fetched.files = choice.wanted;
    fetched.left = choice.left;
    fetched.bytesFetched = missing;
    if (request.onlyList)
        return fetched;
    HILO_CHECK(checkSpace(missing, request.name, settings));

    const std::string revision = request.name.revisionOrMain();
    // So that what is broken off can be found by its name; where the name meant another commit, that one is whole.
    HILO_CHECK(makeCacheFolder(fetched.folder));
    if (!hasReference(cached, revision))
        HILO_CHECK(writeReference(cached, revision, listing.commit));
    FetchMeter meter(progress, "Fetching " + request.name.text(), fetched.bytes);
    for (const RepositoryFile& file : choice.wanted) {
        if (isInSnapshot(cached, listing.commit, file)) {
            meter.addWithoutSpeed(file.size);
            continue;
        }
        const BlobJob job = jobOf(file, request, listing.commit, settings);
        HILO_CHECK(fetchBlob(job, cached, settings, connection, meter));
        HILO_CHECK(linkIntoSnapshot(cached, listing.commit, file));
    }
    meter.report();
    HILO_CHECK(writeReference(cached, revision, listing.commit));
    return fetched;
}

} // namespace hilo
