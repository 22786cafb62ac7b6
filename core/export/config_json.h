// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/model_config.h"

#include <filesystem>

namespace hilo {

/// config.json of a llama, mistral, qwen2, qwen3, gemma or gemma2, as transformers 4 and 5 read it. Bad input: RoPE
/// factors that no rope_type makes; another family, whose files say more than the configuration keeps.
Result<Json> configJson(const ModelConfig& model);

/// config.json for the model of a GGUF file, of any family that is read: of those above as there, of the others as
/// transformers 5 reads it. Bad input: a file that isn't read, and what ggufConfigJson cannot say.
Result<Json> configJsonOfGguf(const std::filesystem::path& path);

} // namespace hilo
