// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/recompute_plan.h"

#include <algorithm>

namespace hilo {

std::int64_t layersToRecompute(const RecomputeMeasurement& measured)
{
    const std::int64_t room = measured.usableBytes - measured.usableBytes / 12 - measured.peakBytes;
    if (measured.keptBytes <= 0 || room <= 0)
        return measured.layers;
    // One layer's activations are part of the measured peak already: the layer that is being recomputed.
    return std::clamp<std::int64_t>(measured.layers - room / measured.keptBytes, 0, measured.layers);
}

} // namespace hilo
