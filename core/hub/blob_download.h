// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/hub_cache.h"
#include "hub/parallel_ranges.h"

namespace hilo {

/// Sees to it that the blob is in the cache. One that another process is fetching is waited for; one that was begun is
/// gone on with. What came is held against size and hash before it gets its name. meter gets all of job.size.
/// True when anything had to be fetched.
Result<bool> fetchBlob(const BlobJob& job, const CachedFolder& cached, const HubSettings& settings,
                       HttpConnection& connection, FetchMeter& meter);

/// Bytes of the blob that are in the cache, whole or begun.
std::int64_t bytesThere(const BlobJob& job, const CachedFolder& cached);

} // namespace hilo
