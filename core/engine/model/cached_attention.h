// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder_state.h"

namespace hilo {

/// Attention of new tokens over the cache, into which their keys and values go first.
torch::Tensor cachedAttention(const ForwardContext& context, std::int64_t layer, const torch::Tensor& query,
                              const torch::Tensor& key, const torch::Tensor& value, const AttentionShape& shape);

} // namespace hilo
