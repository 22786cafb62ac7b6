// SPDX-License-Identifier: GPL-3.0-or-later
// The devices of a build with CUDA.
#include "gpu/device.h"
#include "gpu/tensor.h"

#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>

namespace hilo::gpu {

bool runsOnDevice(const at::Tensor& tensor)
{
    return tensor.is_cuda();
}

std::string backendName()
{
    int version = 0;
    cudaRuntimeGetVersion(&version);
    return "cuda " + std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

int deviceCount()
{
    return c10::cuda::device_count();
}

std::string deviceName(int index)
{
    cudaDeviceProp properties{};
    cudaGetDeviceProperties(&properties, index);
    return properties.name;
}

DeviceMemory deviceMemory(int index)
{
    DeviceMemory memory;
    const c10::cuda::CUDAGuard guard(static_cast<c10::DeviceIndex>(index));
    std::size_t free = 0;
    std::size_t total = 0;
    cudaMemGetInfo(&free, &total);
    memory.free = static_cast<std::int64_t>(free);
    memory.total = static_cast<std::int64_t>(total);
    const auto statistics = c10::cuda::CUDACachingAllocator::getDeviceStats(static_cast<c10::DeviceIndex>(index));
    memory.used = statistics.allocated_bytes[0].current;
    memory.peak = statistics.allocated_bytes[0].peak;
    return memory;
}

void resetPeakMemory(int index)
{
    c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(index));
}

void releaseCachedMemory()
{
    c10::cuda::CUDACachingAllocator::emptyCache();
}

void useDevice(int index)
{
    c10::cuda::set_device(static_cast<c10::DeviceIndex>(index));
}

void waitForDevice(int index)
{
    const c10::cuda::CUDAGuard guard(static_cast<c10::DeviceIndex>(index));
    c10::cuda::device_synchronize();
}

} // namespace hilo::gpu
