// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hilo {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path)
{
    const auto problem = [&path] {
        return failure(badInput(path.string(), {}, std::string("Cannot be opened: ") + std::strerror(errno) + "."));
    };
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return problem();
    struct stat status
    {
    };
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return failure(badInput(path.string(), {}, "A regular file was expected."));
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* data = nullptr;
    if (size > 0) {
        data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (data == MAP_FAILED) {
            ::close(descriptor);
            return problem();
        }
    }
    ::close(descriptor);
    return std::shared_ptr<const MappedFile>(new MappedFile(path, static_cast<const std::byte*>(data), size));
}

MappedFile::MappedFile(std::filesystem::path path, const std::byte* data, std::size_t size)
    : path_(std::move(path)), data_(data), size_(size)
{
}

MappedFile::~MappedFile()
{
    if (size_ > 0)
        munmap(const_cast<std::byte*>(data_), size_);
}

} // namespace hilo
