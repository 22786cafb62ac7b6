// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/weights.h"

#include <cstddef>
#include <span>
#include <vector>

namespace hilo {

/// Float32 values as a stored type: F32, F16 and BF16 (round to nearest, ties to even), or Q8_0 blocks of 32 (scale =
/// greatest absolute value / 127 as half, ggml-quants.c).
Result<std::vector<std::byte>> encodeFloats(std::span<const float> values, DataType type);

} // namespace hilo
