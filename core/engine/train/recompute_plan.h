// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo {

/// What a step with all layers recomputed needed, and what there is.
struct RecomputeMeasurement
{
    std::int64_t layers = 0;
    std::int64_t keptBytes = 0;   ///< of one layer's activations for the largest micro-batch, beyond its input
    std::int64_t peakBytes = 0;   ///< measured, with all layers recomputed
    std::int64_t usableBytes = 0; ///< of the device
};

/// How many of the first layers must be recomputed so that the rest may keep their activations: all that fit beside the
/// measured peak, with a twelfth of the memory left for what the allocator can't use. Between 0 and layers.
std::int64_t layersToRecompute(const RecomputeMeasurement& measured);

} // namespace hilo
