// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo::gpu {

/// A linker drops a file of a library that only registers operators; a call of these keeps it. They do nothing.
void useOperatorSchemas();
void useDeviceOperators();
void useCpuOperators();
void useAutogradOperators();

} // namespace hilo::gpu
