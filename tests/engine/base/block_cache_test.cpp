// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/block_cache.h"
#include "engine/base/compute.h"
#include "gpu/tensor.h"
#include "support/testing.h"

#include <thread>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

Tensor filled(std::int64_t bytes)
{
    return torch::full({bytes / 4}, 1.0f);
}

} // namespace

HILO_TEST(aFreedBlockIsUsedAgain)
{
    installBlockCache();
    const void* first = nullptr;
    {
        const Tensor tensor = filled(4 << 20);
        first = tensor.data_ptr();
        CHECK_EQ(reinterpret_cast<std::uintptr_t>(first) % 64, 0u);
    }
    const Tensor same = filled(4 << 20);
    CHECK(same.data_ptr() == first);
    const Tensor other = filled(4 << 20);
    CHECK(other.data_ptr() != first);
    CHECK_EQ(other.sum().item<double>(), static_cast<double>(1 << 20));
}

HILO_TEST(smallAndEmptyTensorsWork)
{
    installBlockCache();
    CHECK_EQ(torch::empty({0}).numel(), 0);
    for (const std::int64_t bytes : {4, 64, 68, 4096, (128 << 10) - 64, 128 << 10, (128 << 10) + 4}) {
        const Tensor tensor = filled(bytes);
        CHECK_EQ(reinterpret_cast<std::uintptr_t>(tensor.data_ptr()) % 64, 0u);
        CHECK_EQ(tensor.sum().item<double>(), static_cast<double>(bytes / 4));
    }
}

/// Batches of ever other lengths, one after the other: what is kept never outgrows what was used at once.
HILO_TEST(manySizesDoNotAddUp)
{
    installBlockCache();
    filled(16 << 20);
    const std::uint64_t before = residentMemory();
    for (std::int64_t i = 0; i < 150; ++i) {
        filled((std::int64_t{1} << 20) + i * (96 << 10));
        filled((std::int64_t{15} << 20) - i * (64 << 10));
    }
    CHECK(residentMemory() < before + (std::uint64_t{32} << 20));
}

HILO_TEST(threadsShareTheCache)
{
    installBlockCache();
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([thread] {
            for (std::int64_t i = 0; i < 50; ++i) {
                const Tensor one = torch::full({(64 << 10) + 8192 * (i % 7)}, static_cast<float>(thread));
                const Tensor two = one * 2;
                if (two.min().item<float>() != static_cast<float>(2 * thread))
                    std::abort();
            }
        });
    for (std::thread& thread : threads)
        thread.join();
}

HILO_TEST(tooMuchIsAnErrorThatCanBeCaught)
{
    installBlockCache();
    bool thrown = false;
    try {
        torch::empty({std::int64_t{1} << 58}, torch::kUInt8);
    } catch (const c10::Error& error) {
        thrown = std::string(error.what()).find("not enough memory") != std::string::npos;
    }
    CHECK(thrown);
}
