// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"

#include <filesystem>

namespace hilo {

/// Reads a GGUF LoRA adapter, with alpha/rank as llama.cpp scales. Bad input: another architecture, an activated LoRA
/// or other keys that change what the tensors mean, tensors of modules that the model lacks, of wrong shapes or of
/// values that are not finite, half a pair, quantised tensors.
Result<AdapterContent> readGgufLora(const std::filesystem::path& path, const ModelConfig& model);

} // namespace hilo
