// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>

namespace hilo {

/// An exclusive lock on a file that the kernel frees when its last holder ends, however it ends. A child process that
/// inherits the descriptor holds the lock too: so a run stays locked for as long as its trainer lives, also when the
/// worker that started it is gone.
class FileLock
{
  public:
    /// The lock, nothing when somebody else holds it, or an error when the file cannot be made.
    static Result<std::optional<FileLock>> tryAcquire(const std::filesystem::path& file);
    /// Waits until it is free.
    static Result<FileLock> acquire(const std::filesystem::path& file);
    /// True when somebody holds it now. Never makes the file.
    static bool isHeld(const std::filesystem::path& file);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

    int descriptor() const { return descriptor_; }

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

/// runs/ID/lock: held by whoever runs, archives or prunes the run. A trainer that a worker started has it already.
std::filesystem::path runLockFile(const std::filesystem::path& runFolder);

} // namespace hilo
