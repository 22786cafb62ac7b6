// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "hub/http_connection.h"
#include "hub/repository_name.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// A file of a repository as the hub lists it.
struct RepositoryFile
{
    std::string name;       ///< "config.json", "onnx/model.onnx": checked by checkServedName()
    std::int64_t size = -1; ///< bytes; -1 where the list does not say it
    std::string hash;       ///< SHA-256 of large files, git's SHA-1 of small ones; empty where the list does not say it
};

struct RepositoryListing
{
    std::string commit; ///< that the revision stands for now
    std::vector<RepositoryFile> files;
};

/// Asks the hub: /api/models/NAME/revision/REVISION?blobs=true. Bad input: as hubError() says, and lists that are none
/// or name files that would lie outside of their folder.
Result<RepositoryListing> listRepository(const RepositoryName& name, const HubSettings& settings,
                                         HttpConnection& connection, const Progress& progress);

/// The list in the hub's answer.
Result<RepositoryListing> parseListing(const Json& document, const RepositoryName& name, const std::string& address);

/// Size and hash of a file of which the list does not say them, by the headers that the hub answers with
/// (X-Linked-Size, X-Linked-ETag, ETag). Bad input: it does not say them either.
Status completeFile(RepositoryFile& file, const RepositoryName& name, const std::string& commit,
                    const HubSettings& settings, HttpConnection& connection, const Progress& progress);

/// ENDPOINT/NAME/resolve/COMMIT/FILE, of data sets ENDPOINT/datasets/NAME/….
std::string fileAddress(const RepositoryName& name, const std::string& commit, const std::string& file,
                        const HubSettings& settings);

} // namespace hilo
