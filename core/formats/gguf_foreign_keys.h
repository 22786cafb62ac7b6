// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_document.h"

namespace hilo {

/// Keys that would change what the model computes and are not read for its family, and RoPE factors of other kinds:
/// refused by name unless they ask for nothing. document: with the sizes of the model.
Status refuseForeignGgufKeys(const GgufDocument& document);

} // namespace hilo
