// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_reading.h"

namespace hilo {

/// Weights that bitsandbytes stored (quant_method "bitsandbytes").
///
/// Four bits: NAME (bytes of any type, first value in the upper four bits), NAME.absmax for each block, NAME.quant_map,
/// NAME.quant_state.bitsandbytes__nf4 or …__fp4 (JSON as bytes: quant_type, blocksize, dtype, shape), and where the
/// absmax are quantised themselves NAME.nested_absmax, NAME.nested_quant_map. A value is table[code] · absmax in
/// float32, rounded to dtype, as bitsandbytes 0.50 gives it (functional.py, dequantize_4bit).
///
/// Eight bits: NAME (I8) and MODULE.SCB, a number for each row: code · SCB · (1/127) in float32.
///
/// Errors: parts that are missing, of another shape or type, or that contradict one another.
Result<QuantisedReading> readBitsandbytes(const QuantisedCheckpoint& checkpoint);

} // namespace hilo
