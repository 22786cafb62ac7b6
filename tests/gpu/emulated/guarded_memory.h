// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo::testing {

/// From now on LibTorch's tensors on the CPU end where the next page may not be touched, begin at multiples of 16
/// bytes, and hold numbers that are none: who reads or writes over an end dies of it, and who reads what nobody wrote
/// shows by its results.
void guardMemory();

} // namespace hilo::testing
