// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace hilo {
namespace {

Result<int> openLockFile(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor >= 0)
        return descriptor;
    const int number = errno;
    Error error =
        badInput(file.string(), {}, std::string("The lock file cannot be made: ") + std::strerror(number) + ".",
                 "Make the folder writable.");
    if (number == ENOSPC || number == EDQUOT) {
        error.code = ErrorCode::NoSpace;
        error.hint = "Free some disk space and try again; nothing was changed.";
    }
    return failure(error);
}

int lock(int descriptor, int operation)
{
    int result = -1;
    do
        result = ::flock(descriptor, operation);
    while (result != 0 && errno == EINTR);
    return result;
}

} // namespace

Result<std::optional<FileLock>> FileLock::tryAcquire(const std::filesystem::path& file)
{
    HILO_TRY(const int descriptor, openLockFile(file));
    // isHeld takes the lock for an instant; a second look keeps that from counting as held.
    int number = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        if (lock(descriptor, LOCK_EX | LOCK_NB) == 0)
            return std::optional<FileLock>(FileLock(descriptor));
        number = errno;
        usleep(2000);
    }
    ::close(descriptor);
    if (number == EWOULDBLOCK)
        return std::optional<FileLock>();
    return failure(badInput(file.string(), {}, std::string("Cannot be locked: ") + std::strerror(number) + ".",
                            "Put the project on a file system that knows locks."));
}

Result<FileLock> FileLock::acquire(const std::filesystem::path& file)
{
    HILO_TRY(const int descriptor, openLockFile(file));
    FileLock held(descriptor);
    if (lock(descriptor, LOCK_EX) != 0)
        return failure(badInput(file.string(), {}, std::string("Cannot be locked: ") + std::strerror(errno) + "."));
    return held;
}

bool FileLock::isHeld(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return false;
    // A shared lock, so that two who only look do not see each other.
    const bool held = lock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return held;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

FileLock::~FileLock()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

std::filesystem::path runLockFile(const std::filesystem::path& runFolder)
{
    return runFolder / "lock";
}

} // namespace hilo
