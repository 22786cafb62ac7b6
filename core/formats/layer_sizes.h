// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

namespace hilo {

/// What each layer of a gemma4 has of its own: sizes of heads of full layers (global_head_dim and
/// num_global_key_value_heads, or per_layer_config as transformers writes it), keys that are values
/// (attention_k_eq_v), and the last layers that attend to the keys and values of an earlier one of their kind
/// (num_kv_shared_layers), whose MLPs may be twice as wide (use_double_wide_mlp). Needs the model's own sizes and
/// windows. Bad input names the key. Source: transformers' configuration_gemma4.py.
Result<std::vector<LayerSizes>> readLayerSizes(const JsonObject& config, const ModelConfig& model);

} // namespace hilo
