// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo::gpu {

/// Keeps the operators' backward passes in the program: a linker drops a file of a library that only registers
/// something.
void useAutogradOperators();

} // namespace hilo::gpu
