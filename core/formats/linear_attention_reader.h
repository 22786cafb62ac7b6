// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/linear_attention.h"

namespace hilo {

/// The gated delta nets of a config.json of qwen3_5: which layers are some (layer_types, or all but each
/// full_attention_interval-th) and their sizes. Bad input: a kind of layer that is not known, sizes that do not fit
/// together, an activation of the convolution other than SiLU. Source of the defaults: transformers' Qwen3_5TextConfig.
Result<LinearAttention> readLinearAttention(const JsonObject& config, std::int64_t layers);

} // namespace hilo
