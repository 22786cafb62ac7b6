// SPDX-License-Identifier: GPL-3.0-or-later
// For programs that test the device that the build has; emulated/operators.cpp is the other one.
#include "device_under_test.h"

namespace hilo::testing {

void useDevice() {}

bool multipliesHalves()
{
    return true; // the operators of the CPU do it in float32
}

} // namespace hilo::testing
