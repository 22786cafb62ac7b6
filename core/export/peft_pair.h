// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/safetensors.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// A and B of one module in a file of peft's.
struct PeftPair
{
    const TensorView* a = nullptr;
    const TensorView* b = nullptr;
};

/// "base_model.model.model.layers.0.mlp.up_proj.lora_A.weight" is the A of "model.layers.0.mlp.up_proj".
struct PeftPairKey
{
    std::string module;
    bool isA = false;
};
std::optional<PeftPairKey> peftPairKey(std::string_view name);

/// By the module's name in the file. Bad input: a tensor that is no half of a pair, two for one half, half a pair.
Result<std::map<std::string, PeftPair>> peftPairs(const std::vector<TensorView>& tensors, const std::string& file);

} // namespace hilo
