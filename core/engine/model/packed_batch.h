// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace hilo {

/// Several sequences laid end to end; attention never crosses from one to the next.
struct PackedBatch
{
    torch::Tensor tokens;             ///< [T] int64
    torch::Tensor positions;          ///< [T] int64, starting from 0 in each sequence
    std::vector<std::int64_t> starts; ///< first token of each sequence, and T at the end: size = sequences + 1
    torch::Tensor labels; ///< [T] int64, the token that should follow; -100 where there is no loss. May be undefined.

    std::int64_t tokenCount() const { return starts.empty() ? 0 : starts.back(); }
    std::int64_t sequences() const { return starts.empty() ? 0 : static_cast<std::int64_t>(starts.size()) - 1; }
};

} // namespace hilo
