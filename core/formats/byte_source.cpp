// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/byte_source.h"

#include "base/copy_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace hilo {
namespace {

class FileBytes : public ByteSource
{
  public:
    FileBytes(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
    ~FileBytes() override { ::close(descriptor_); }
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    Result<std::size_t> read(std::span<std::byte> target) override
    {
        std::size_t done = 0;
        while (done < target.size()) {
            const ssize_t count = ::read(descriptor_, target.data() + done, target.size() - done);
            if (count == 0)
                break;
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return failure(badInput(name_, {}, std::string("Cannot be read: ") + std::strerror(errno) + "."));
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

  private:
    int descriptor_;
    std::string name_;
};

class MemoryBytes : public ByteSource
{
  public:
    explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) {}

    Result<std::size_t> read(std::span<std::byte> target) override
    {
        const std::size_t count = std::min(target.size(), bytes_.size() - at_);
        copyBytes(target.data(), std::as_bytes(std::span(bytes_).subspan(at_, count)));
        at_ += count;
        return count;
    }

  private:
    std::string bytes_;
    std::size_t at_ = 0;
};

} // namespace

Result<std::unique_ptr<ByteSource>> fileSource(const std::filesystem::path& path)
{
    // Opening a pipe would wait for somebody who writes into it.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return failure(badInput(path.string(), {}, std::string("Cannot be opened: ") + std::strerror(errno) + "."));
    auto source = std::make_unique<FileBytes>(descriptor, path.string());
    struct stat status
    {
    };
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return failure(badInput(path.string(), {}, "A regular file was expected."));
    return source;
}

std::unique_ptr<ByteSource> memorySource(std::string bytes)
{
    return std::make_unique<MemoryBytes>(std::move(bytes));
}

} // namespace hilo
