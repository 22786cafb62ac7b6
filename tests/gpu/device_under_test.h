// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testing.h"

#include "gpu/device.h"
#include "gpu/tensor.h"

#include <cstdlib>

namespace hilo::testing {

/// LibTorch 1.13 multiplies float16 on GPUs only. The operators of the CPU do without; those for CUDA, on the device
/// of tests/gpu/emulated, cannot.
inline bool deviceMultipliesHalves = true;

/// Where the operators run: the CPU, or what HILO_TEST_DEVICE names (the tests with the label gpu). A test ends as
/// skipped where that device is not there.
inline torch::Device deviceUnderTest()
{
    const char* const name = std::getenv("HILO_TEST_DEVICE");
    if (!name)
        return torch::kCPU;
    if (gpu::deviceCount() == 0)
        SKIP("there is no GPU");
    return torch::Device(name);
}

/// What a type's rounding allows of results of size 1.
inline double toleranceOf(torch::Dtype type)
{
    return type == torch::kFloat32 ? 2e-5 : type == torch::kFloat16 ? 3e-3 : 2.5e-2;
}

/// Largest difference from a float64 reference, as a share of 1 + the reference's largest value.
inline double errorOf(const torch::Tensor& actual, const torch::Tensor& expected)
{
    CHECK(actual.defined() && expected.defined());
    if (expected.numel() == 0)
        return 0;
    const torch::Tensor wide = actual.detach().to(torch::kCPU, torch::kFloat64);
    return ((wide - expected.detach()).abs().max() / (1 + expected.detach().abs().max())).item<double>();
}

/// Random values in type on the device under test, and the same values in float64 on the CPU, requiring gradients.
struct Operand
{
    torch::Tensor value;
    torch::Tensor reference;

    Operand(torch::IntArrayRef shape, torch::Dtype type, torch::Device device, double scale = 1)
    {
        const torch::Tensor small = (torch::randn(shape, torch::kFloat64) * scale).to(type);
        reference = small.to(torch::kFloat64, false, true).set_requires_grad(true);
        value = small.to(device, type, false, true).set_requires_grad(true);
    }
};

} // namespace hilo::testing
