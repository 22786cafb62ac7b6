// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder_state.h"

namespace hilo {

/// Attention of new tokens over what is cached of a layer, into which their keys and values go first; undefined ones of
/// a layer that attends to an earlier one's, where they are already.
torch::Tensor cachedAttention(const ForwardContext& context, std::int64_t layer, const torch::Tensor& query,
                              const torch::Tensor& key, const torch::Tensor& value, const AttentionShape& shape);

} // namespace hilo
