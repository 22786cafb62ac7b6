// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace hilo::testing {

/// Runs work in a child process with a mount namespace of its own, where folder is a file system in memory of so many
/// bytes. A failed check in there fails the test; where nothing can be mounted the test is skipped.
void onSmallDisk(const std::filesystem::path& folder, std::uint64_t bytes, const std::function<void()>& work);
/// The same with folder, as it is, mounted read-only.
void onReadOnlyDisk(const std::filesystem::path& folder, const std::function<void()>& work);

/// Writes files into folder until the disk is full; its destructor removes them.
class Filler
{
  public:
    explicit Filler(const std::filesystem::path& folder);
    ~Filler();
    Filler(const Filler&) = delete;
    Filler& operator=(const Filler&) = delete;

  private:
    std::filesystem::path file_;
};

} // namespace hilo::testing
