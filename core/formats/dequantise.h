// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/weights.h"

namespace hilo {

/// ggml's blocks to float32, every type of data_type.h that is one; the numbers are those of the gguf package, bit for
/// bit. bytes must hold exactly the blocks of destination's elements, a multiple of the block; another size or type is
/// an internal error. Source of the layouts: ggml-common.h and ggml-quants.c of ggml-org/ggml, and gguf-py's quants.py.
Status dequantise(DataType type, std::span<const std::byte> bytes, std::span<float> destination);

} // namespace hilo
