// SPDX-License-Identifier: GPL-3.0-or-later
// The first source of a program whose other tests run on the emulated device: cases run in the order of their sources.
#include "guarded_memory.h"
#include "operators.h"
#include "tests/gpu/device_under_test.h"
#include "threads.h"

#include "gpu/operators/operators.h"

using namespace hilo;

HILO_TEST(theEmulatedDeviceIsUsed)
{
    testing::guardMemory();
    emulated::useOperators();
    emulated::useOrder(emulated::Order::Backward);
    testing::deviceMultipliesHalves = false;
    const std::int64_t before = emulated::launches();
    gpu::rmsNorm(torch::ones({2, 8}), torch::ones({8}), 1e-5, false);
    CHECK_EQ(emulated::launches(), before + 1);
}
