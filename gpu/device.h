// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace at {
class Tensor;
}

/// The GPUs of this machine. A build without CUDA knows none (cpu/no_device.cpp).
namespace hilo::gpu {

/// GPUs that this build can compute on; 0 without CUDA, without a driver or without a GPU. Never throws.
int deviceCount();
/// What this build computes with: "cpu" or "cuda 12.4".
std::string backendName();
std::string deviceName(int index);
/// Whether a device's kernels compute with this tensor, and not those for the CPU.
bool runsOnDevice(const at::Tensor& tensor);

struct DeviceMemory
{
    std::int64_t total = 0;
    std::int64_t free = 0;
    std::int64_t used = 0; ///< of this process' tensors
    std::int64_t peak = 0; ///< the most so far
};
DeviceMemory deviceMemory(int index);
/// The peak starts anew.
void resetPeakMemory(int index);
/// Gives cached blocks back to the driver.
void releaseCachedMemory();

/// From now on this thread's tensors without an index are made there.
void useDevice(int index);
/// Waits until all queued work is done.
void waitForDevice(int index);

} // namespace hilo::gpu
