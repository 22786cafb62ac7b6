// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <string>

namespace hilo {

/// What a GGUF file cannot say of this model, or llama.cpp would not compute from it; empty when nothing. Sources:
/// llama.cpp's src/models/*.cpp, llama-model.cpp.
std::string lostInGguf(const ModelConfig& model);

} // namespace hilo
