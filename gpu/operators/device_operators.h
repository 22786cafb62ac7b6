// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo::gpu {

/// Keeps the device's operators in the program: a linker drops a file of a library that only registers something.
void useDeviceOperators();

} // namespace hilo::gpu
