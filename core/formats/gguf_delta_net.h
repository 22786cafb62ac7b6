// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_document.h"

namespace hilo {

/// Which layers are gated delta nets and their sizes (qwen35), and how many layers there are: block_count counts those
/// that guess further tokens, too. Bad input names the key. Source: llama.cpp's conversion/qwen.py,
/// src/models/qwen35.cpp.
Status readGgufDeltaNets(GgufDocument& document);

/// How many of block_count layers the model has without those that guess further tokens.
Result<std::int64_t> ggufLayers(GgufDocument& document, std::int64_t blocks);

/// The positions of a text are the same in each of the three parts that pairs are shared out to, so that it only
/// matters that every one of the pairs belongs to one of them.
Status checkGgufSections(const GgufDocument& document, std::int64_t pairs);

} // namespace hilo
