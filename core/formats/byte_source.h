// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace hilo {

/// Bytes that are read once, from front to back.
class ByteSource
{
  public:
    virtual ~ByteSource() = default;
    /// Fills target from its front; fewer bytes than it holds only at the end, none behind it.
    virtual Result<std::size_t> read(std::span<std::byte> target) = 0;
};

/// Errors: a file that cannot be opened, or no longer be read; what is no regular file.
Result<std::unique_ptr<ByteSource>> fileSource(const std::filesystem::path& path);
std::unique_ptr<ByteSource> memorySource(std::string bytes);

} // namespace hilo
