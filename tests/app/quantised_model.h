// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace hilo::testing {

/// Rewrites a llama folder (config.json, model.safetensors, tokenizer.json) so that its linear weights are random codes
/// of this kind: "awq", "gptq", "nf4" (bitsandbytes, double quantised); "k-quant" makes one GGUF file of Q4_K with its
/// own vocabulary instead. All sizes are multiples of 256. Returns what is to be opened.
std::filesystem::path quantiseModel(const std::filesystem::path& folder, const std::string& kind);

} // namespace hilo::testing
