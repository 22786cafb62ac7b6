// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_reading.h"

namespace hilo {

/// Weights of compressed-tensors (quant_method "compressed-tensors"), module by module as config_groups and ignore say:
/// pack-quantized (MODULE.weight_packed, I32, integers of 1 to 8 bits; .weight_shape, .weight_scale,
/// .weight_zero_point), int-quantized, float-quantized and naive-quantized (MODULE.weight as I8 or F8_E4M3). Scales for
/// the whole tensor, each row, groups of a row (also by .weight_g_idx) or tiles. A value is (code - zero) · scale,
/// rounded to the scales' type (compressed-tensors 0.20, quantization/lifecycle/forward_helpers.py, _dequantize).
///
/// Activations are not quantised here. Not read, each with its reason: formats of other floats (nvfp4, mxfp4, …),
/// sparse weights, transforms.
/// Errors: parts that are missing, of another shape or type; a module with codes that no group is for.
Result<QuantisedReading> readCompressedTensors(const QuantisedCheckpoint& checkpoint);

} // namespace hilo
