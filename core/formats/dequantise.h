// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/weights.h"

namespace hilo {

/// ggml's blocks to float32: Q8_0, Q4_0, Q4_1, Q5_0, Q5_1 (32 elements) and Q4_K, Q5_K, Q6_K (256 elements).
/// bytes must hold exactly the blocks of destination's elements, a multiple of the block; another size or type is an
/// internal error. Source of the layouts: ggml-common.h and ggml-quants.c of ggml-org/ggml.
Status dequantise(DataType type, std::span<const std::byte> bytes, std::span<float> destination);

} // namespace hilo
