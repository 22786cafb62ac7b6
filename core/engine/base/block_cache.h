// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo {

/// From now on LibTorch takes the memory of CPU tensors from a cache of large blocks instead of malloc. A training step
/// frees and takes the same sizes again and again: malloc keeps many of them in pieces that do not fit the next request
/// (a third of a run's peak was such waste), or gives them back and pays for new pages each time. The cache keeps freed
/// blocks by size and never lets used and cached blocks together grow above the most that was ever used at once.
void installBlockCache();

} // namespace hilo
