// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo::emulated {

/// From now on the CPU's tensors go through the emulated device. To be called when the program has started, since the
/// last implementation of an operator wins; LibTorch warns of each.
void useOperators();

} // namespace hilo::emulated
