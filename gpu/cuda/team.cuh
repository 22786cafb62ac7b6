// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/cuda/launch.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

namespace hilo::gpu::cuda {

constexpr int warpSize_ = 32;

/// A block of threads that works on one row (kernels/portable.h). Every member must call every function; the number of
/// threads is a multiple of 32, at most 1024. The order of the sums depends on the number of threads alone.
struct BlockTeam
{
    float* shared; ///< 32 floats of the block

    template <class Work>
    __device__ void each(std::int64_t count, const Work& work) const
    {
        for (std::int64_t i = threadIdx.x; i < count; i += blockDim.x)
            work(i);
    }

    template <class Part>
    __device__ float sum(std::int64_t count, const Part& part) const
    {
        float value = 0;
        for (std::int64_t i = threadIdx.x; i < count; i += blockDim.x)
            value += part(i);
        for (int offset = warpSize_ / 2; offset > 0; offset /= 2)
            value += __shfl_xor_sync(0xffffffffu, value, offset);
        return acrossWarps(value, [](float a, float b) { return a + b; });
    }

    template <class Part>
    __device__ float maximum(std::int64_t count, const Part& part) const
    {
        float value = -INFINITY;
        for (std::int64_t i = threadIdx.x; i < count; i += blockDim.x)
            value = fmaxf(value, part(i));
        for (int offset = warpSize_ / 2; offset > 0; offset /= 2)
            value = fmaxf(value, __shfl_xor_sync(0xffffffffu, value, offset));
        return acrossWarps(value, [](float a, float b) { return fmaxf(a, b); });
    }

    __device__ bool isFirst() const { return threadIdx.x == 0; }

  private:
    template <class Join>
    __device__ float acrossWarps(float value, const Join& join) const
    {
        __syncthreads(); // the last call's values have been read by all
        if (threadIdx.x % warpSize_ == 0)
            shared[threadIdx.x / warpSize_] = value;
        __syncthreads();
        float result = shared[0];
        for (unsigned warp = 1; warp < blockDim.x / warpSize_; ++warp)
            result = join(result, shared[warp]);
        return result;
    }
};

/// Blocks of a launch, threads of each, and the bytes they share beside what the kernel declares itself.
struct Grid
{
    dim3 blocks;
    int threads;
    std::size_t sharedBytes = 0;
};

/// Queues a kernel. Plain C++, so that what stands in for CUDA in the tests takes it as well (tests/gpu/emulated).
template <class... Parameters, class... Arguments>
void launch(const char* what, void (*kernel)(Parameters...), const Grid& grid, Stream stream,
            const Arguments&... arguments)
{
    cudaLaunchConfig_t configuration{};
    configuration.gridDim = grid.blocks;
    configuration.blockDim = dim3(static_cast<unsigned>(grid.threads));
    configuration.dynamicSmemBytes = grid.sharedBytes;
    configuration.stream = stream;
    const cudaError_t error = cudaLaunchKernelEx(&configuration, kernel, static_cast<Parameters>(arguments)...);
    if (error != cudaSuccess)
        throw std::runtime_error(std::string("CUDA could not start ") + what + ": " + cudaGetErrorString(error));
}

/// Calls work with a value of the C++ type.
template <class Work>
void withNumber(Number type, const Work& work)
{
    if (type == Number::Float32)
        work(float{});
    else if (type == Number::Float16)
        work(__half{});
    else
        work(__nv_bfloat16{});
}

template <class Work>
void withHalf(Number type, const Work& work)
{
    if (type == Number::Float16)
        work(__half{});
    else if (type == Number::BFloat16)
        work(__nv_bfloat16{});
    else
        throw std::runtime_error("this kernel computes in float16 and bfloat16 only");
}

template <class Work>
void withFormat(WeightFormat format, const Work& work)
{
    if (format == WeightFormat::Nf4)
        work(Dequantiser<WeightFormat::Nf4>{});
    else if (format == WeightFormat::Int8)
        work(Dequantiser<WeightFormat::Int8>{});
    else
        work(Dequantiser<WeightFormat::E4m3>{});
}

/// Values of T that fill 16 bytes.
template <class T>
constexpr int packOf = 16 / static_cast<int>(sizeof(T));

/// What Grid::sharedBytes asks for.
__device__ inline float* sharedFloats()
{
    extern __shared__ float ofLaunch[];
    return ofLaunch;
}

inline bool isAligned(std::initializer_list<const void*> pointers)
{
    for (const void* pointer : pointers)
        if (reinterpret_cast<std::uintptr_t>(pointer) % 16 != 0)
            return false;
    return true;
}

/// Blocks of threads for count pieces of work, each thread looping where the grid would be too large.
inline unsigned blocksFor(std::int64_t count, int threads)
{
    const std::int64_t blocks = (count + threads - 1) / threads;
    return static_cast<unsigned>(blocks < 1 ? 1 : blocks > (1 << 16) ? (1 << 16) : blocks);
}

} // namespace hilo::gpu::cuda
