// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder_state.h"

namespace hilo {

/// layerForward (layer.h), keeping only its inputs; the backward pass runs the layer again.
torch::Tensor recomputedLayer(const std::shared_ptr<const ForwardContext>& context, std::int64_t layer,
                              const torch::Tensor& hidden, const LayerInputs& inputs, KeysAndValues& made);

} // namespace hilo
