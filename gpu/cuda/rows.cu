// SPDX-License-Identifier: GPL-3.0-or-later
// One block a row: norms and cross-entropy.
#include "gpu/cuda/team.cuh"
#include "gpu/kernels/cross_entropy_row.h"
#include "gpu/kernels/norm_row.h"

namespace hilo::gpu::cuda {
namespace {

template <int N, class T>
__global__ void rmsNormKernel(const T* x, const T* weight, T* y, std::int64_t rows, std::int64_t width, float epsilon,
                              bool addsOne)
{
    __shared__ float shared[32];
    for (std::int64_t row = blockIdx.x; row < rows; row += gridDim.x)
        rmsNormRow<N>(BlockTeam{shared}, x + row * width, weight, y + row * width, width, epsilon, addsOne);
}

template <int N, class T>
__global__ void rmsNormBackwardKernel(const T* gradient, const T* x, const T* weight, T* xGradient, std::int64_t rows,
                                      std::int64_t width, float epsilon, bool addsOne)
{
    __shared__ float shared[32];
    for (std::int64_t row = blockIdx.x; row < rows; row += gridDim.x)
        rmsNormBackwardRow<N>(BlockTeam{shared}, gradient + row * width, x + row * width, weight,
                              xGradient + row * width, width, epsilon, addsOne);
}

template <int N, class T>
__global__ void crossEntropyKernel(T* logits, const std::int64_t* labels, float* losses, std::int64_t rows,
                                   std::int64_t vocabulary, float softcap)
{
    __shared__ float shared[32];
    const BlockTeam team{shared};
    for (std::int64_t row = blockIdx.x; row < rows; row += gridDim.x) {
        const float loss = crossEntropyRow<N>(team, logits + row * vocabulary, vocabulary, labels[row], softcap);
        if (team.isFirst())
            losses[row] = loss;
    }
}

unsigned rowBlocks(std::int64_t rows)
{
    return blocksFor(rows, 1);
}

/// Threads for rows of this many packs: a warp at least.
int rowThreads(std::int64_t packs, int most)
{
    int threads = warpSize_;
    while (threads < most && threads * 2 <= packs)
        threads *= 2;
    return threads;
}

} // namespace

void rmsNorm(Number type, const void* x, const void* weight, void* y, std::int64_t rows, std::int64_t width,
             float epsilon, bool addsOne, Stream stream)
{
    if (rows == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        const auto* const in = static_cast<const T*>(x);
        const auto* const factors = static_cast<const T*>(weight);
        auto* const out = static_cast<T*>(y);
        if (width % n == 0 && isAligned({x, weight, y}))
            rmsNormKernel<n><<<rowBlocks(rows), rowThreads(width / n, 512), 0, stream>>>(in, factors, out, rows, width,
                                                                                         epsilon, addsOne);
        else
            rmsNormKernel<1><<<rowBlocks(rows), rowThreads(width, 512), 0, stream>>>(in, factors, out, rows, width,
                                                                                     epsilon, addsOne);
    });
    checkLaunch("rms_norm");
}

void rmsNormBackward(Number type, const void* gradient, const void* x, const void* weight, void* xGradient,
                     std::int64_t rows, std::int64_t width, float epsilon, bool addsOne, Stream stream)
{
    if (rows == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        const auto* const slopes = static_cast<const T*>(gradient);
        const auto* const in = static_cast<const T*>(x);
        const auto* const factors = static_cast<const T*>(weight);
        auto* const out = static_cast<T*>(xGradient);
        if (width % n == 0 && isAligned({gradient, x, weight, xGradient}))
            rmsNormBackwardKernel<n><<<rowBlocks(rows), rowThreads(width / n, 512), 0, stream>>>(
                slopes, in, factors, out, rows, width, epsilon, addsOne);
        else
            rmsNormBackwardKernel<1><<<rowBlocks(rows), rowThreads(width, 512), 0, stream>>>(
                slopes, in, factors, out, rows, width, epsilon, addsOne);
    });
    checkLaunch("rms_norm_backward");
}

void crossEntropy(Number type, void* logits, const std::int64_t* labels, float* losses, std::int64_t rows,
                  std::int64_t vocabulary, float softcap, Stream stream)
{
    if (rows == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        auto* const values = static_cast<T*>(logits);
        if (vocabulary % n == 0 && isAligned({logits}))
            crossEntropyKernel<n><<<rowBlocks(rows), rowThreads(vocabulary / n, 1024), 0, stream>>>(
                values, labels, losses, rows, vocabulary, softcap);
        else
            crossEntropyKernel<1><<<rowBlocks(rows), rowThreads(vocabulary, 1024), 0, stream>>>(
                values, labels, losses, rows, vocabulary, softcap);
    });
    checkLaunch("cross_entropy");
}

} // namespace hilo::gpu::cuda
