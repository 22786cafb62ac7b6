// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace hilo {

/// The hash that the hub names a file by: of large files (LFS) SHA-256 of the content, 64 digits; of those that git
/// itself holds SHA-1 of "blob SIZE\0" and the content, 40 digits (git hash-object).
class BlobDigest
{
  public:
    /// hash: which of the two, by its length; size: of the whole file, in bytes.
    BlobDigest(const std::string& hash, std::int64_t size);

    void add(std::span<const char> bytes);
    /// Lower-case hexadecimal; nothing may be added behind it.
    std::string hexadecimal();

  private:
    struct Free
    {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

} // namespace hilo
