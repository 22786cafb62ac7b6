// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/blob_writer.h"
#include "hub/download_source.h"
#include "hub/fetch_meter.h"
#include "hub/repository_name.h"

namespace hilo {

/// A file that is to be fetched.
struct BlobJob
{
    RepositoryName repository;
    std::string file;    ///< its name in the repository
    std::string address; ///< at the hub
    std::string hash;    ///< that the hub names it by (hub/blob_digest.h)
    std::int64_t size = 0;
};

/// Fetches what the writer has not yet by several connections, a piece each, and appends the pieces in their order.
/// True when all is there, false when the server knows no ranges. When it fails or is cancelled, the writer has all
/// that came without a gap.
Result<bool> fetchByPieces(const BlobJob& job, DownloadSource& source, BlobWriter& writer, const HubSettings& settings,
                           FetchMeter& meter);

} // namespace hilo
