// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_reading.h"

namespace hilo {

/// Weights of eight bits with a scale for each tile, as DeepSeek's and Qwen's releases have them (quant_method "fp8"):
/// NAME (F8_E4M3 [out, in], experts in front of it) and NAME_scale_inv, a number for each tile of weight_block_size
/// (the last tiles may be smaller), or NAME_scale or NAME_scale_inv with one number for the whole weight where there is
/// no such size. A value is code · scale in float32 (transformers 5, finegrained_fp8.py, Fp8Dequantize; which then
/// rounds it to the model's dtype). Scales are F32, BF16, F16, or exponents of two (F8_E8M0, U8: scale_fmt "ue8m0").
///
/// Activations are not rounded to eight bits here, as they are where such models run on GPUs.
/// Errors: parts that are missing, of another shape or type; scales beside a weight that is none of codes, unless the
/// description names its module as not converted.
Result<QuantisedReading> readFp8Blocks(const QuantisedCheckpoint& checkpoint);

} // namespace hilo
