// SPDX-License-Identifier: GPL-3.0-or-later
// The optimiser's step over one flat buffer. The norm stays on the device: clipping needs no look from the host.
#include "gpu/cuda/team.cuh"

#include <algorithm>

namespace hilo::gpu::cuda {
namespace {

constexpr int threads = 256;

/// Sum over a block in a fixed order; valid for the first thread.
__device__ double sumOfBlock(double value)
{
    __shared__ double ofWarps[32];
    for (int offset = warpSize_ / 2; offset > 0; offset /= 2)
        value += __shfl_xor_sync(0xffffffffu, value, offset);
    __syncthreads();
    if (threadIdx.x % warpSize_ == 0)
        ofWarps[threadIdx.x / warpSize_] = value;
    __syncthreads();
    double sum = 0;
    if (threadIdx.x == 0)
        for (unsigned warp = 0; warp < blockDim.x / warpSize_; ++warp)
            sum += ofWarps[warp];
    return sum;
}

template <int N>
__global__ void squaresKernel(const float* gradient, std::int64_t packs, double* sums)
{
    double sum = 0;
    for (std::int64_t i = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x; i < packs;
         i += std::int64_t{gridDim.x} * blockDim.x) {
        const Pack<float, N> values = loadPack<N>(gradient, i);
        for (int k = 0; k < N; ++k)
            sum += static_cast<double>(values.value[k]) * values.value[k];
    }
    sum = sumOfBlock(sum);
    if (threadIdx.x == 0)
        sums[blockIdx.x] = sum;
}

__global__ void rootKernel(const double* sums, int count, double* norm)
{
    double sum = 0;
    for (int i = threadIdx.x; i < count; i += blockDim.x)
        sum += sums[i];
    sum = sumOfBlock(sum);
    if (threadIdx.x == 0)
        *norm = sqrt(sum);
}

template <int N>
__global__ void adamwKernel(AdamwConstants constants, float* parameters, float* gradient, float* first, float* second,
                            std::int64_t packs, const double* norm, double maximumNorm, float factor,
                            bool clearGradient)
{
    const float scale = norm ? factor * static_cast<float>(clipFactor(*norm * factor, maximumNorm)) : factor;
    for (std::int64_t i = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x; i < packs;
         i += std::int64_t{gridDim.x} * blockDim.x) {
        Pack<float, N> values = loadPack<N>(parameters, i);
        Pack<float, N> slopes = loadPack<N>(gradient, i);
        Pack<float, N> means = loadPack<N>(first, i);
        Pack<float, N> squares = loadPack<N>(second, i);
        for (int k = 0; k < N; ++k) {
            values.value[k] =
                adamwElement(constants, values.value[k], slopes.value[k] * scale, means.value[k], squares.value[k]);
            slopes.value[k] = 0;
        }
        storePack<N>(parameters, i, values);
        storePack<N>(first, i, means);
        storePack<N>(second, i, squares);
        if (clearGradient)
            storePack<N>(gradient, i, slopes);
    }
}

} // namespace

void gradientNorm(const float* gradient, std::int64_t count, double* norm, double* workspace, Stream stream)
{
    const bool isPacked = count % 4 == 0 && isAligned({gradient});
    const std::int64_t packs = isPacked ? count / 4 : count;
    const unsigned blocks = std::min<unsigned>(blocksFor(packs, threads), normWorkspace);
    launch("gradient_norm", isPacked ? squaresKernel<4> : squaresKernel<1>, {blocks, threads}, stream, gradient, packs,
           workspace);
    launch("gradient_norm", rootKernel, {1, threads}, stream, workspace, blocks, norm);
}

void adamw(const AdamwConstants& constants, float* parameters, float* gradient, float* first, float* second,
           std::int64_t count, const double* norm, double maximumNorm, float factor, bool clearGradient, Stream stream)
{
    if (count == 0)
        return;
    if (count % 4 == 0 && isAligned({parameters, gradient, first, second}))
        launch("adamw", adamwKernel<4>, {blocksFor(count / 4, threads), threads}, stream, constants, parameters,
               gradient, first, second, count / 4, norm, maximumNorm, factor, clearGradient);
    else
        launch("adamw", adamwKernel<1>, {blocksFor(count, threads), threads}, stream, constants, parameters, gradient,
               first, second, count, norm, maximumNorm, factor, clearGradient);
}

} // namespace hilo::gpu::cuda
