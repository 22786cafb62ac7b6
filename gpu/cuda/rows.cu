// SPDX-License-Identifier: GPL-3.0-or-later
// One block a row: norms and cross-entropy.
#include "gpu/cuda/team.cuh"
#include "gpu/kernels/cross_entropy_chunk.h"
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

template <int N, class T>
__global__ void crossEntropyChunkKernel(const T* logits, const std::int64_t* labels, float* maximum, float* sum,
                                        float* ofLabel, std::int64_t rows, std::int64_t width, std::int64_t first,
                                        float softcap)
{
    __shared__ float shared[32];
    const BlockTeam team{shared};
    for (std::int64_t row = blockIdx.x; row < rows; row += gridDim.x)
        crossEntropyChunkRow<N>(team, logits + row * width, width, labels[row], first, softcap,
                                RowSoftmax{maximum + row, sum + row, ofLabel + row});
}

template <int N, class T>
__global__ void crossEntropyChunkGradientKernel(T* logits, const std::int64_t* labels, const float* logSum,
                                                std::int64_t rows, std::int64_t width, std::int64_t first,
                                                float softcap)
{
    __shared__ float shared[32];
    const BlockTeam team{shared};
    for (std::int64_t row = blockIdx.x; row < rows; row += gridDim.x)
        crossEntropyChunkGradientRow<N>(team, logits + row * width, width, labels[row], first, softcap, logSum[row]);
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
            launch("rms_norm", rmsNormKernel<n, T>, {rowBlocks(rows), rowThreads(width / n, 512)}, stream, in, factors,
                   out, rows, width, epsilon, addsOne);
        else
            launch("rms_norm", rmsNormKernel<1, T>, {rowBlocks(rows), rowThreads(width, 512)}, stream, in, factors, out,
                   rows, width, epsilon, addsOne);
    });
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
            launch("rms_norm_backward", rmsNormBackwardKernel<n, T>, {rowBlocks(rows), rowThreads(width / n, 512)},
                   stream, slopes, in, factors, out, rows, width, epsilon, addsOne);
        else
            launch("rms_norm_backward", rmsNormBackwardKernel<1, T>, {rowBlocks(rows), rowThreads(width, 512)}, stream,
                   slopes, in, factors, out, rows, width, epsilon, addsOne);
    });
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
            launch("cross_entropy", crossEntropyKernel<n, T>, {rowBlocks(rows), rowThreads(vocabulary / n, 1024)},
                   stream, values, labels, losses, rows, vocabulary, softcap);
        else
            launch("cross_entropy", crossEntropyKernel<1, T>, {rowBlocks(rows), rowThreads(vocabulary, 1024)}, stream,
                   values, labels, losses, rows, vocabulary, softcap);
    });
}

void crossEntropyChunk(Number type, const void* logits, const std::int64_t* labels, float* maximum, float* sum,
                       float* ofLabel, std::int64_t rows, std::int64_t width, std::int64_t first, float softcap,
                       Stream stream)
{
    if (rows == 0 || width == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        const auto* const values = static_cast<const T*>(logits);
        if (width % n == 0 && isAligned({logits}))
            launch("cross_entropy_chunk", crossEntropyChunkKernel<n, T>, {rowBlocks(rows), rowThreads(width / n, 1024)},
                   stream, values, labels, maximum, sum, ofLabel, rows, width, first, softcap);
        else
            launch("cross_entropy_chunk", crossEntropyChunkKernel<1, T>, {rowBlocks(rows), rowThreads(width, 1024)},
                   stream, values, labels, maximum, sum, ofLabel, rows, width, first, softcap);
    });
}

void crossEntropyChunkGradient(Number type, void* logits, const std::int64_t* labels, const float* logSum,
                               std::int64_t rows, std::int64_t width, std::int64_t first, float softcap, Stream stream)
{
    if (rows == 0 || width == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        auto* const values = static_cast<T*>(logits);
        if (width % n == 0 && isAligned({logits}))
            launch("cross_entropy_chunk_gradient", crossEntropyChunkGradientKernel<n, T>,
                   {rowBlocks(rows), rowThreads(width / n, 1024)}, stream, values, labels, logSum, rows, width, first,
                   softcap);
        else
            launch("cross_entropy_chunk_gradient", crossEntropyChunkGradientKernel<1, T>,
                   {rowBlocks(rows), rowThreads(width, 1024)}, stream, values, labels, logSum, rows, width, first,
                   softcap);
    });
}

} // namespace hilo::gpu::cuda
