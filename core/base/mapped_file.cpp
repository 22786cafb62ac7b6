// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>

namespace hilo {
namespace {

/// All files that are mapped now, by their first byte: pages of anything else would lose what is in them.
class Mappings
{
  public:
    void add(const std::byte* first, std::size_t size)
    {
        const std::lock_guard lock(mutex_);
        sizes_[address(first)] = size;
    }
    void remove(const std::byte* first)
    {
        const std::lock_guard lock(mutex_);
        sizes_.erase(address(first));
    }
    void release(std::span<const std::byte> bytes)
    {
        const std::lock_guard lock(mutex_);
        const std::uintptr_t begin = address(bytes.data());
        const auto behind = sizes_.upper_bound(begin);
        if (behind == sizes_.begin() || begin + bytes.size() > std::prev(behind)->first + std::prev(behind)->second)
            return;
        // Whole pages: others may be reading what lies beside the bytes.
        const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGE_SIZE));
        const std::uintptr_t first = (begin + page - 1) / page * page;
        const std::uintptr_t last = (begin + bytes.size()) / page * page;
        if (first < last)
            ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
    }

  private:
    static std::uintptr_t address(const std::byte* place) { return reinterpret_cast<std::uintptr_t>(place); }

    std::mutex mutex_;
    std::map<std::uintptr_t, std::size_t> sizes_;
};

Mappings& mappings()
{
    // Never destroyed: files of static objects are unmapped after main.
    static auto* const all = new Mappings;
    return *all;
}

} // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path)
{
    const auto problem = [&path] {
        return failure(badInput(path.string(), {}, std::string("Cannot be opened: ") + std::strerror(errno) + "."));
    };
    // Opening a pipe would wait for somebody who writes into it.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
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
    if (size_ > 0)
        mappings().add(data_, size_);
}

MappedFile::~MappedFile()
{
    if (size_ == 0)
        return;
    mappings().remove(data_);
    munmap(const_cast<std::byte*>(data_), size_);
}

void releaseMapped(std::span<const std::byte> bytes)
{
    mappings().release(bytes);
}

} // namespace hilo
