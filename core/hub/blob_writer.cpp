// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/blob_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace hilo {
namespace {

Error fileError(const std::filesystem::path& file, const std::string& what)
{
    const int number = errno;
    Error error = badInput(file.string(), {}, what + ": " + std::strerror(number) + ".");
    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        error.code = ErrorCode::NoSpace;
        error.hint = "Free some disk space and try again; what was fetched is kept.";
    }
    return error;
}

} // namespace

BlobWriter::BlobWriter(std::filesystem::path file, int descriptor, std::string hash, std::int64_t wholeSize)
    : file_(std::move(file)), descriptor_(descriptor), hash_(std::move(hash)), wholeSize_(wholeSize),
      digest_(blobDigest(hash_, wholeSize))
{
}

BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)), hash_(std::move(other.hash_)),
      wholeSize_(other.wholeSize_), size_(other.size_), digest_(std::move(other.digest_))
{
}

BlobWriter::~BlobWriter()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Result<BlobWriter> BlobWriter::open(const std::filesystem::path& file, const std::string& hash, std::int64_t size,
                                    const std::function<bool()>& keepsOn)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0)
        return failure(fileError(file, "Cannot be written"));
    BlobWriter writer(file, descriptor, hash, size);
    struct stat status
    {
    };
    if (::fstat(descriptor, &status) != 0)
        return failure(fileError(file, "Cannot be read"));
    if (!S_ISREG(status.st_mode))
        return failure(badInput(file.string(), {}, "This is no file; it stands where a fetched file has its place."));
    if (status.st_size > size) {
        HILO_CHECK(writer.restart());
        return writer;
    }
    std::vector<char> buffer(1 << 20);
    while (writer.size_ < status.st_size) {
        if (!keepsOn())
            return failure(cancelled());
        const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(fileError(file, "Cannot be read"));
        if (count == 0)
            break;
        writer.digest_.add(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
        writer.size_ += count;
    }
    return writer;
}

Status BlobWriter::append(std::span<const char> bytes)
{
    for (std::size_t written = 0; written < bytes.size();) {
        const ssize_t count =
            ::pwrite(descriptor_, bytes.data() + written, bytes.size() - written, static_cast<off_t>(size_));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(fileError(file_, "Cannot be written"));
        digest_.add(std::as_bytes(bytes.subspan(written, static_cast<std::size_t>(count))));
        written += static_cast<std::size_t>(count);
        size_ += count;
    }
    return {};
}

Status BlobWriter::restart()
{
    if (::ftruncate(descriptor_, 0) != 0)
        return failure(fileError(file_, "Cannot be written"));
    size_ = 0;
    digest_ = blobDigest(hash_, wholeSize_);
    return {};
}

Result<std::string> BlobWriter::finish()
{
    if (::fsync(descriptor_) != 0 && errno != EINVAL)
        return failure(fileError(file_, "Cannot be synced"));
    return digest_.hexadecimal();
}

} // namespace hilo
