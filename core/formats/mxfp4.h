// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_reading.h"

namespace hilo {

/// Weights of MXFP4 as gpt_oss has them (quant_method "mxfp4"): NAME_blocks [experts, out, in/32, 16] (U8, the lower
/// four bits first) and NAME_scales [experts, out, in/32] (U8, exponents of two plus 127). The weight NAME has the
/// shape [experts, in, out], the last two sizes exchanged, as transformers 5 presents it (mxfp4.py,
/// convert_moe_packed_tensors).
///
/// Errors: parts that are missing, of another shape or type.
Result<QuantisedReading> readMxfp4(const QuantisedCheckpoint& checkpoint);

} // namespace hilo
