// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_document.h"
#include "formats/model_config.h"

#include <string>
#include <vector>

namespace hilo {

/// Keys that would change what the model computes and are not read for its family, and RoPE factors of other kinds:
/// refused by name unless they ask for nothing. document: with the sizes of the model.
Status refuseForeignGgufKeys(const GgufDocument& document);

/// A sentence for each key that asks for arithmetic which llama.cpp does not do in this architecture, or that is
/// missing where it does some all the same: this program does as llama.cpp.
std::vector<std::string> notesOnGgufKeys(const GgufFile& file, const ModelConfig& model);

} // namespace hilo
