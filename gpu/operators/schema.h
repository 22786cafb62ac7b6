// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo::gpu {

/// Keeps the operators' names and types in the program: a linker drops a file of a library that only registers
/// something.
void useOperatorSchemas();

} // namespace hilo::gpu
