// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_reading.h"

namespace hilo {

/// Weights of AWQ (quant_method "awq", or AutoAWQ's quant_config.json) with 4 bits in the layout gemm: MODULE.qweight
/// [in, out/8] and .qzeros [groups, out/8] (I32; the eight codes of a word are those of outputs 0, 2, 4, 6, 1, 3, 5,
/// 7), .scales [groups, out]. A value is (code - zero) · scale, rounded to the scales' type (AutoAWQ 0.2,
/// packing_utils.py, dequantize_gemm). gemv, gemv_fast, marlin and llm-awq have other orders and are not read.
///
/// Errors: parts that are missing, of another shape or type.
Result<QuantisedReading> readAwq(const QuantisedCheckpoint& checkpoint);

} // namespace hilo
