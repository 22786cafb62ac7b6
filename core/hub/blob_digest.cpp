// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/blob_digest.h"

namespace hilo {

Digest blobDigest(const std::string& hash, std::int64_t size)
{
    if (hash.size() != 40)
        return Digest(Digest::Kind::Sha256);
    Digest digest(Digest::Kind::Sha1);
    digest.add("blob " + std::to_string(size));
    digest.add(std::string_view("\0", 1));
    return digest;
}

} // namespace hilo
