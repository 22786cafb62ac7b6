// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CUDA's language that the kernels use, for a C++ compiler.
#pragma once

#include "../threads.h"
#include "cuda_runtime_api.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#define __global__
#define __device__
#define __host__
#define __launch_bounds__(threads)
#define __align__(bytes) __attribute__((aligned(bytes)))
// Blocks run one after another, all of their threads on one thread of the CPU. Not `static`, so that the launch's own
// bytes can be declared as on CUDA: extern __shared__.
#define __shared__ thread_local

extern dim3 threadIdx;
extern dim3 blockIdx;
extern dim3 blockDim;
extern dim3 gridDim;

using std::max;
using std::min;

inline void __syncthreads(const std::source_location& place = std::source_location::current())
{
    hilo::emulated::meetBlock(place);
}

/// Memory has one order here.
inline void __threadfence() {}

template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lanes,
                  const std::source_location& place = std::source_location::current())
{
    if (mask != 0xffffffffu)
        hilo::emulated::fail("only whole warps exchange values here");
    T result;
    std::memcpy(
        &result,
        hilo::emulated::exchange(&value, sizeof value, hilo::emulated::lane() ^ static_cast<unsigned>(lanes), place),
        sizeof result);
    return result;
}

inline unsigned atomicAdd(unsigned* value, unsigned add)
{
    const unsigned before = *value;
    *value += add;
    return before;
}

template <class T>
T __ldcg(const T* value)
{
    return *value;
}

inline cudaError_t cudaMemsetAsync(void* memory, int value, std::size_t bytes, cudaStream_t)
{
    std::memset(memory, value, bytes);
    return cudaSuccess;
}

struct cudaLaunchConfig_t
{
    dim3 gridDim;
    dim3 blockDim;
    std::size_t dynamicSmemBytes;
    cudaStream_t stream;
};

/// What was wrong with the last launch.
inline std::string& cudaLastLaunch()
{
    static std::string text;
    return text;
}

template <class... Parameters>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* launch, void (*kernel)(Parameters...), Parameters... arguments)
{
    cudaLastLaunch() = hilo::emulated::run({launch->gridDim, launch->blockDim, launch->dynamicSmemBytes},
                                           [&] { kernel(arguments...); });
    return cudaLastLaunch().empty() ? cudaSuccess : cudaErrorInvalidConfiguration;
}

inline const char* cudaGetErrorString(cudaError_t)
{
    return cudaLastLaunch().c_str();
}
