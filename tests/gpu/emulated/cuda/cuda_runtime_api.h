// SPDX-License-Identifier: GPL-3.0-or-later
// What gpu/cuda and gpu/operators ask of CUDA's runtime, answered by a device that is made of the CPU (../threads.h).
#pragma once

#include "dim3.h"

#include <cstddef>

using cudaStream_t = struct CUstream_st*;

enum cudaError_t { cudaSuccess = 0, cudaErrorInvalidConfiguration = 9 };

enum cudaDeviceAttr { cudaDevAttrComputeCapabilityMajor = 75 };

/// The emulated device is of the generation before e4m3 products.
inline cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr, int)
{
    *value = 8;
    return cudaSuccess;
}
