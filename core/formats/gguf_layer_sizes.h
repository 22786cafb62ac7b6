// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_document.h"

namespace hilo {

/// Sizes of models whose layers differ (gemma4): heads of full and of sliding layers, layers that attend to another's
/// keys, wider MLPs there, and the second embedding. layers: how many; dimension: of a full layer's heads. Behind it
/// head_dim is that of sliding layers. Bad input names the key. Source: llama.cpp's conversion/gemma.py,
/// src/models/gemma4.cpp.
Status readGgufLayerSizes(GgufDocument& document, std::int64_t layers, std::int64_t dimension);

/// The rotations of both kinds of layers: of full ones a part of the pairs, which the tensor rope_freqs tells.
Status readGgufProportionalRope(GgufDocument& document, std::int64_t dimension);

} // namespace hilo
