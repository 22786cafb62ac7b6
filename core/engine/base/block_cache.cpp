// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/block_cache.h"

#include "gpu/compatibility.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <mutex>
#include <vector>

namespace hilo {
namespace {

/// In front of every block; keeps the data aligned to what vector instructions like.
struct alignas(64) Header
{
    std::size_t size = 0; ///< of the whole mapping; 0: from malloc
};

constexpr std::size_t smallest = std::size_t{128} << 10; ///< below it malloc is as good
constexpr std::size_t hugePage = std::size_t{2} << 20;

/// Eight sizes between two powers of two, so that at most an eighth is wasted.
std::size_t roundedSize(std::size_t bytes)
{
    const std::size_t step = std::bit_floor(bytes) / 8;
    return (bytes + step - 1) / step * step;
}

class Blocks
{
  public:
    /// Null when the system has no more.
    void* take(std::size_t bytes)
    {
        const std::size_t size = roundedSize(bytes);
        const std::lock_guard lock(mutex_);
        auto found = free_.lower_bound(size);
        if (found == free_.end() || found->first > size + size / 8) {
            trim(std::max(mostUsed_, used_ + size), size);
            void* const made = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (made == MAP_FAILED)
                return nullptr;
            if (size >= hugePage)
                madvise(made, size, MADV_HUGEPAGE);
            static_cast<Header*>(made)->size = size;
            count(size);
            return made;
        }
        void* const block = found->second.back();
        const std::size_t taken = found->first;
        found->second.pop_back();
        if (found->second.empty())
            free_.erase(found);
        cached_ -= taken;
        count(taken);
        return block;
    }

    void give(void* block)
    {
        const std::size_t size = static_cast<Header*>(block)->size;
        const std::lock_guard lock(mutex_);
        used_ -= size;
        cached_ += size;
        free_[size].push_back(block);
    }

  private:
    void count(std::size_t size)
    {
        used_ += size;
        mostUsed_ = std::max(mostUsed_, used_);
    }

    /// Gives cached blocks back, large ones first, until one more of this size keeps all within the limit.
    void trim(std::size_t limit, std::size_t more)
    {
        while (!free_.empty() && used_ + cached_ + more > limit) {
            const auto largest = std::prev(free_.end());
            munmap(largest->second.back(), largest->first);
            cached_ -= largest->first;
            largest->second.pop_back();
            if (largest->second.empty())
                free_.erase(largest);
        }
    }

    std::mutex mutex_;
    std::map<std::size_t, std::vector<void*>> free_;
    std::size_t used_ = 0;
    std::size_t cached_ = 0;
    std::size_t mostUsed_ = 0;
};

Blocks& blocks()
{
    // Never destroyed: tensors of static objects are freed after main.
    static auto* const instance = new Blocks;
    return *instance;
}

void release(void* data)
{
    if (!data)
        return;
    Header* const header = static_cast<Header*>(data) - 1;
    if (header->size == 0)
        std::free(header);
    else
        blocks().give(header);
}

class BlockCache final : public c10::Allocator
{
  public:
#if HILO_TORCH_2
    c10::DataPtr allocate(std::size_t bytes) override
    {
        return make(bytes);
    }
    void copy_data(void* target, const void* source, std::size_t count) const override
    {
        default_copy_data(target, source, count);
    }
#else
    c10::DataPtr allocate(std::size_t bytes) const override
    {
        return make(bytes);
    }
#endif
    c10::DeleterFnPtr raw_deleter() const override
    {
        return &release;
    }

  private:
    static c10::DataPtr make(std::size_t bytes)
    {
        const c10::Device device(c10::DeviceType::CPU);
        if (bytes == 0)
            return {nullptr, nullptr, &release, device};
        TORCH_CHECK(bytes < std::size_t{1} << 62, "not enough memory for ", bytes, " bytes");
        const std::size_t whole = (bytes + sizeof(Header) + 63) / 64 * 64;
        void* const block = whole < smallest ? std::aligned_alloc(alignof(Header), whole) : blocks().take(whole);
        TORCH_CHECK(block, "not enough memory for ", bytes, " bytes");
        if (whole < smallest)
            static_cast<Header*>(block)->size = 0;
        void* const data = static_cast<Header*>(block) + 1;
        return {data, data, &release, device};
    }
};

} // namespace

void installBlockCache()
{
    static BlockCache cache;
    c10::SetCPUAllocator(&cache);
}

} // namespace hilo
