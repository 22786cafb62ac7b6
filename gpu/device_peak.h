// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo::gpu {

/// Dense bfloat16 operations per second by the vendor's datasheets (no sparsity), for devices whose names have this
/// part. MFU is counted against them.
struct DevicePeak
{
    const char* part;
    double operations;
};

/// The longer of two names that share a beginning stands first.
inline constexpr DevicePeak devicePeaks[] = {
    {"H200", 989e12},     {"H100 PCIe", 756e12},    {"H100 NVL", 835e12}, {"H100", 989e12}, {"H800", 989e12},
    {"H20", 148e12},      {"B200", 2250e12},        {"B100", 1750e12},    {"A100", 312e12}, {"A800", 312e12},
    {"A40", 150e12},      {"A6000", 155e12},        {"A10", 125e12},      {"L40S", 362e12}, {"L40", 181e12},
    {"RTX 4090", 165e12}, {"RTX 6000 Ada", 364e12}, {"RTX 3090", 71e12},  {"L4", 121e12},
};

/// 0 when the device is not known.
inline double peakOfDevice(const std::string& name)
{
    for (const DevicePeak& device : devicePeaks)
        if (name.find(device.part) != std::string::npos)
            return device.operations;
    return 0;
}

} // namespace hilo::gpu
