// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace hilo {

/// A whole file mapped read-only and shared between processes; unmapped with the last owner.
class MappedFile
{
  public:
    static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {data_, size_}; }
    const std::filesystem::path& path() const { return path_; }

  private:
    MappedFile(std::filesystem::path path, const std::byte* data, std::size_t size);
    std::filesystem::path path_;
    const std::byte* data_;
    std::size_t size_;
};

/// Says that bytes of a mapped file have been read: their pages no longer count as memory of this process, and come
/// back, mostly from the system's cache, for whoever looks at them again. Bytes of no mapped file are left alone.
void releaseMapped(std::span<const std::byte> bytes);

} // namespace hilo
