// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/digest.h"

#include <cstdint>
#include <string>

namespace hilo {

/// Begins the hash that the hub names a file by: of large files (LFS) SHA-256 of the content, 64 digits; of those that
/// git itself holds SHA-1 of "blob SIZE\0" and the content, 40 digits (git hash-object). hash: which of the two, by its
/// length; size: of the whole file, in bytes.
Digest blobDigest(const std::string& hash, std::int64_t size);

} // namespace hilo
