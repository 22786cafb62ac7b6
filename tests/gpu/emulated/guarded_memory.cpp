// SPDX-License-Identifier: GPL-3.0-or-later
#include "guarded_memory.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <unordered_map>

namespace hilo::testing {
namespace {

constexpr std::size_t alignment = 16;
constexpr int rubbish = 0xff; ///< NaN in every floating-point type, -1 in every other

/// A page that may not be touched, the values with a little rubbish before and behind them, another such page.
struct Region
{
    char* begin = nullptr;
    std::size_t pages = 0; ///< bytes between the two
    std::size_t size = 0;  ///< of the values
};

/// By where the values begin: LibTorch keeps no more of some of them.
struct Regions
{
    std::mutex mutex;
    std::unordered_map<char*, Region> known;
};

Regions& regions()
{
    static Regions* const all = new Regions; // tensors may outlive everything
    return *all;
}

std::size_t pageSize()
{
    return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

bool isRubbish(const char* begin, const char* end)
{
    return std::all_of(begin, end, [](char byte) { return byte == static_cast<char>(rubbish); });
}

void release(void* memory)
{
    auto* const values = static_cast<char*>(memory);
    Region region;
    {
        const std::lock_guard lock(regions().mutex);
        region = regions().known.extract(values).mapped();
    }
    const std::size_t page = pageSize();
    if (!isRubbish(region.begin + page, values) ||
        !isRubbish(values + region.size, region.begin + page + region.pages)) {
        std::fprintf(stderr, "someone wrote beside a tensor of %zu bytes\n", region.size);
        std::abort();
    }
    munmap(region.begin, region.pages + 2 * page);
}

/// Both signatures of allocate: LibTorch 1.13 asks a constant allocator, 2.x does not.
struct GuardedAllocator : c10::Allocator
{
    c10::DataPtr allocate(std::size_t size) const { return make(size); }
    c10::DataPtr allocate(std::size_t size) { return make(size); }
    void copy_data(void* to, const void* from, std::size_t size) const { std::memcpy(to, from, size); }

    c10::DeleterFnPtr raw_deleter() const override { return &release; }

  private:
    static c10::DataPtr make(std::size_t size)
    {
        if (size == 0)
            return {nullptr, c10::Device(c10::kCPU)};
        const std::size_t page = pageSize();
        const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
        Region region;
        region.size = size;
        region.pages = (rounded + page - 1) / page * page;
        void* const memory = mmap(nullptr, region.pages + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            throw std::bad_alloc();
        region.begin = static_cast<char*>(memory);
        mprotect(region.begin + page, region.pages, PROT_READ | PROT_WRITE);
        std::memset(region.begin + page, rubbish, region.pages);
        char* const values = region.begin + page + region.pages - rounded;
        const std::lock_guard lock(regions().mutex);
        regions().known.emplace(values, region);
        return {values, values, &release, c10::Device(c10::kCPU)};
    }
};

} // namespace

void guardMemory()
{
    static GuardedAllocator* const allocator = new GuardedAllocator; // tensors may outlive everything
    c10::SetCPUAllocator(allocator);
}

} // namespace hilo::testing
