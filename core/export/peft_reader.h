// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"

#include <filesystem>

namespace hilo {

/// Reads a PEFT LoRA adapter: adapter_config.json as PeftConfig reads it, and adapter_model.safetensors, also of a
/// model that wraps the text model (ModuleIndex). Bad input, naming file and key or tensor: what the engine cannot
/// express, tensors that PEFT itself would not load, of the wrong shape, without elements or of values that are not
/// finite, modules that the model lacks, only half of a pair, adapter_model.bin alone.
Result<AdapterContent> readPeft(const std::filesystem::path& folder, const ModelConfig& model);

} // namespace hilo
