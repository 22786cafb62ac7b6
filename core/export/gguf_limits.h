// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <string>

namespace hilo {

/// What a GGUF file cannot say of this model, or llama.cpp would not compute from it; empty when nothing. Sources:
/// llama.cpp's src/models/*.cpp, llama-model.cpp.
std::string lostInGguf(const ModelConfig& model);

/// Why llama.cpp loads no file of this model's base, whoever writes it; empty where it does. With a hint.
std::string notLoadedByLlamaCpp(const ModelConfig& model);

/// What llama.cpp computes otherwise of a file of the base that its own converter made, where ours says more; empty
/// where nothing.
std::string otherwiseFromItsConverter(const ModelConfig& model);

/// Whether llama.cpp computes YaRN of this model a little differently: files have no key for a ramp whose ends are no
/// whole dimensions ("truncate": false; every released gpt-oss), and llama.cpp rounds them (ggml.c,
/// ggml_rope_yarn_corr_dims). Its own converter writes such models as well.
bool roundsYarn(const ModelConfig& model);

/// The model with such a ramp rounded: what its file is read as.
ModelConfig asLlamaCppComputes(ModelConfig model);

} // namespace hilo
