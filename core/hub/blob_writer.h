// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "hub/blob_digest.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace hilo {

/// The beginning of a file that is being fetched, "HASH.incomplete", with the digest of what is there. It is always a
/// prefix of the whole, so that any tool can go on with it.
class BlobWriter
{
  public:
    /// Goes on with what is there: reads it for the digest; keepsOn is asked in between, and false is a cancellation.
    /// What is longer than size is begun anew.
    static Result<BlobWriter> open(const std::filesystem::path& file, const std::string& hash, std::int64_t size,
                                   const std::function<bool()>& keepsOn);
    BlobWriter(BlobWriter&& other) noexcept;
    BlobWriter& operator=(BlobWriter&&) = delete;
    ~BlobWriter();

    std::int64_t size() const { return size_; }
    Status append(std::span<const char> bytes);
    /// Throws away what is there.
    Status restart();
    /// Syncs, and says the hash of all that is there; nothing may be appended behind it.
    Result<std::string> finish();

  private:
    BlobWriter(std::filesystem::path file, int descriptor, std::string hash, std::int64_t wholeSize);
    std::filesystem::path file_;
    int descriptor_ = -1;
    std::string hash_;
    std::int64_t wholeSize_ = 0;
    std::int64_t size_ = 0;
    Digest digest_;
};

} // namespace hilo
