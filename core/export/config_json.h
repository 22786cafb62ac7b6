// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/model_config.h"

namespace hilo {

/// config.json of a model, as transformers 4 and 5 read it, for base models that come from a GGUF file. Bad input: RoPE
/// factors, which config.json cannot express; gpt2, which is never read from GGUF.
Result<Json> configJson(const ModelConfig& model);

} // namespace hilo
