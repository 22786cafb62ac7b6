// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace hilo {

/// A file that is written in pieces under a temporary sibling name and appears under its own by commit(), or not at
/// all: the destructor removes what was not committed. A full disk is ErrorCode::NoSpace and leaves the old content
/// untouched.
class AtomicFileWriter
{
  public:
    static Result<AtomicFileWriter> create(const std::filesystem::path& path);
    AtomicFileWriter(AtomicFileWriter&& other) noexcept;
    AtomicFileWriter& operator=(AtomicFileWriter&&) = delete;
    ~AtomicFileWriter();

    Status write(std::span<const std::byte> bytes);
    /// Syncs, renames over the path and syncs the folder.
    Status commit();

  private:
    AtomicFileWriter(std::filesystem::path path, std::filesystem::path temporary, int descriptor);
    std::filesystem::path path_;
    std::filesystem::path temporary_;
    int descriptor_ = -1;
};

/// Writes to a sibling temporary file, syncs it, renames it over path and syncs the folder: whoever reads path sees the
/// old content or the new one, never a part. A full disk is ErrorCode::NoSpace and leaves the old content untouched.
Status writeFileAtomically(const std::filesystem::path& path, std::string_view content);

/// Reads a whole file of at most maximumBytes.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t maximumBytes = std::size_t{1} << 31);

/// fsync of a file or folder.
Status syncPath(const std::filesystem::path& path);

/// A folder that is filled under a temporary sibling name and appears under its own name by commit(), or not at all:
/// the destructor removes what was not committed, and the folders above that were made for it. create() fails where
/// commit() could not but fail: the target exists and is not empty, is a link that leads nowhere, has a file system of
/// its own, or its name is too long or cannot be made.
class AtomicFolder
{
  public:
    static Result<AtomicFolder> create(const std::filesystem::path& target);
    AtomicFolder(AtomicFolder&& other) noexcept;
    AtomicFolder& operator=(AtomicFolder&&) = delete;
    ~AtomicFolder();

    /// Where to write the files.
    const std::filesystem::path& path() const { return temporary_; }
    /// Where commit() puts it: absolute, links followed.
    const std::filesystem::path& target() const { return target_; }
    /// Syncs every file and the folder, renames, syncs the parent.
    Status commit();

  private:
    AtomicFolder(std::filesystem::path target, std::filesystem::path temporary,
                 std::vector<std::filesystem::path> made);
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    std::vector<std::filesystem::path> made_; ///< folders above the target, the innermost first
};

/// Free bytes of the file system that holds path (or its nearest existing parent).
Result<std::uint64_t> freeDiskBytes(const std::filesystem::path& path);

} // namespace hilo
