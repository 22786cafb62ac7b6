// SPDX-License-Identifier: GPL-3.0-or-later
// The emulated device finds what it is there to find.
#include "cuda/mma.h"
#include "support/testing.h"
#include "threads.h"

#include <array>
#include <vector>

using namespace hilo;
using emulated::Order;

namespace hilo::gpu::cuda {
extern thread_local float ofLaunch[];
}

namespace {

std::string runThreads(unsigned threads, const std::function<void()>& work, std::size_t sharedBytes = 0)
{
    return emulated::run({dim3(1), dim3(threads), sharedBytes}, work);
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// Each thread hands its number to its neighbour through shared memory; with a meeting in between or without.
std::vector<int> neighbours(Order order, bool meets)
{
    emulated::useOrder(order);
    std::vector<int> found(64, -1);
    std::array<int, 64> shared{};
    CHECK_EQ(runThreads(64,
                        [&] {
                            shared[threadIdx.x] = static_cast<int>(threadIdx.x);
                            if (meets)
                                __syncthreads();
                            found[threadIdx.x] = shared[(threadIdx.x + 1) % 64];
                        }),
             "");
    emulated::useOrder(Order::Forward);
    return found;
}

} // namespace

HILO_TEST(everyThreadOfEveryBlockRunsOnce)
{
    for (const Order order : {Order::Forward, Order::Backward, Order::Shuffled}) {
        emulated::useOrder(order);
        std::vector<int> runs(6 * 40, 0);
        CHECK_EQ(emulated::run({dim3(3, 2), dim3(8, 5), 0},
                               [&] {
                                   const unsigned block = blockIdx.y * gridDim.x + blockIdx.x;
                                   ++runs[block * 40 + threadIdx.y * blockDim.x + threadIdx.x];
                               }),
                 "");
        CHECK(runs == std::vector<int>(6 * 40, 1));
    }
    emulated::useOrder(Order::Forward);
}

HILO_TEST(warpsExchangeValues)
{
    std::vector<int> sums(96, 0);
    CHECK_EQ(runThreads(96,
                        [&] {
                            int value = static_cast<int>(threadIdx.x);
                            for (int lanes = 16; lanes > 0; lanes /= 2)
                                value += __shfl_xor_sync(0xffffffffu, value, lanes);
                            sums[threadIdx.x] = value;
                        }),
             "");
    for (int i = 0; i < 96; ++i)
        CHECK_EQ(sums[static_cast<std::size_t>(i)], 31 * 16 + i / 32 * 32 * 32);
}

HILO_TEST(aRaceShowsInAnotherOrder)
{
    CHECK(neighbours(Order::Forward, true) == neighbours(Order::Backward, true));
    CHECK(neighbours(Order::Forward, false) != neighbours(Order::Backward, false));
}

HILO_TEST(threadsThatWaitAtDifferentPlacesAreAnError)
{
    const std::string error = runThreads(64, [] {
        if (threadIdx.x < 32)
            __syncthreads();
        else
            __syncthreads();
    });
    CHECK(has(error, "64 for the block at") && has(error, "threads_test.cpp"));
    const std::string mixed = runThreads(64, [] {
        if (threadIdx.x < 32)
            __syncthreads();
        else
            __shfl_xor_sync(0xffffffffu, threadIdx.x % 2 ? 1 : 2, 1);
        __syncthreads();
        if (threadIdx.x == 0)
            __syncthreads();
    });
    CHECK(has(mixed, "wait for one another"));
    // It works again afterwards.
    CHECK_EQ(runThreads(64, [] { __syncthreads(); }), "");
}

HILO_TEST(aWarpThatMissesMembersCannotExchange)
{
    const std::string error = runThreads(32, [] {
        if (threadIdx.x != 5)
            __shfl_xor_sync(0xffffffffu, 1, 1);
    });
    CHECK(has(error, "31 for the warp at"));
    CHECK(has(runThreads(16, [] { __shfl_xor_sync(0x0000ffffu, 1, 1); }), "only whole warps"));
}

HILO_TEST(theDevicesLimitsHold)
{
    const auto nothing = [] {};
    CHECK_EQ(runThreads(1024, nothing), "");
    CHECK(has(runThreads(1025, nothing), "a block of 1025 threads"));
    CHECK(has(runThreads(0, nothing), "without threads"));
    CHECK(has(emulated::run({dim3(1, 65536), dim3(1), 0}, nothing), "too many blocks"));
    CHECK_EQ(runThreads(1, nothing, 47 * 1024), "");
    CHECK(has(runThreads(1, nothing, 48 * 1024), "49152 shared bytes"));
}

HILO_TEST(sharedMemoryBeginsAsRubbishAndEndsWhereItsBytesEnd)
{
    float seen = 0;
    CHECK_EQ(runThreads(
                 1,
                 [&] {
                     seen = gpu::cuda::ofLaunch[3];
                     gpu::cuda::ofLaunch[3] = 1;
                 },
                 16),
             "");
    CHECK(std::isnan(seen));
    CHECK(has(runThreads(
                  1, [] { gpu::cuda::ofLaunch[4] = 1; }, 16),
              "behind its shared bytes"));
}

HILO_TEST(fragmentsMultiplyAndAreHeldToTheirRules)
{
    alignas(32) std::array<float, 16 * 24> left{}, right{}, result{};
    for (std::size_t i = 0; i < left.size(); ++i) {
        left[i] = static_cast<float>(i % 7);
        right[i] = static_cast<float>(i % 5) - 2;
    }
    namespace wmma = nvcuda::wmma;
    const auto multiply = [&](const float* from, unsigned stride) {
        return runThreads(32, [&, from, stride] {
            wmma::fragment<wmma::matrix_a, 16, 16, 16, float, wmma::row_major> a;
            wmma::fragment<wmma::matrix_b, 16, 16, 16, float, wmma::col_major> b;
            wmma::fragment<wmma::accumulator, 16, 16, 16, float> sum;
            wmma::fill_fragment(sum, 1.0f);
            wmma::load_matrix_sync(a, from, stride);
            wmma::load_matrix_sync(b, right.data(), 24);
            wmma::mma_sync(sum, a, b, sum);
            wmma::store_matrix_sync(result.data(), sum, 24, wmma::mem_row_major);
        });
    };
    CHECK_EQ(multiply(left.data(), 24), "");
    for (std::size_t i = 0; i < 16; ++i)
        for (std::size_t j = 0; j < 16; ++j) {
            float expected = 1;
            for (std::size_t k = 0; k < 16; ++k)
                expected += left[i * 24 + k] * right[j * 24 + k];
            CHECK_EQ(result[i * 24 + j], expected);
        }
    CHECK(has(multiply(left.data() + 4, 24), "multiple of 32 bytes"));
    CHECK(has(multiply(left.data(), 18), "16 bytes apart"));
}
