// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/tensor.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Several sequences laid end to end; attention never crosses from one to the next.
struct PackedBatch
{
    torch::Tensor tokens;             ///< [T] int64
    torch::Tensor positions;          ///< [T] int64, starting from 0 in each sequence
    std::vector<std::int64_t> starts; ///< first token of each sequence, and T at the end: size = sequences + 1
    torch::Tensor labels;   ///< [T] int64, the token that should follow; -100 where there is no loss. May be undefined.
    torch::Tensor labelled; ///< [n] int64: the tokens with a loss. May be undefined.
    torch::Tensor bounds; ///< starts as [sequences + 1] int32 where the tokens are, for steps that are recorded. May be
                          ///< undefined.
    std::int64_t longest = 0; ///< with bounds: no sequence is longer

    /// The same on a device. On a GPU nobody waits for the copy: it goes through memory that the GPU reads itself.
    PackedBatch to(torch::Device device) const
    {
        const auto move = [device](const torch::Tensor& tensor) {
            if (!tensor.defined() || tensor.device() == device)
                return tensor;
            return device.is_cuda() ? tensor.pin_memory().to(device, true) : tensor.to(device);
        };
        return {move(tokens), move(positions), starts, move(labels), move(labelled), move(bounds), longest};
    }

    std::int64_t tokenCount() const { return starts.empty() ? 0 : starts.back(); }
    std::int64_t sequences() const { return starts.empty() ? 0 : static_cast<std::int64_t>(starts.size()) - 1; }
};

} // namespace hilo
