// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_reading.h"

namespace hilo {

/// Weights of GPTQ (quant_method "gptq", or AutoGPTQ's quantize_config.json) with 2, 3, 4 or 8 bits: MODULE.qweight
/// (I32, codes packed along the inputs), .qzeros (I32, packed along the outputs), .scales [groups, out] and .g_idx, the
/// group of each input (without it: input / group_size). A value is scale · (code - zero), rounded to the scales' type
/// (AutoGPTQ 0.7, qlinear_cuda.py). checkpoint_format "gptq" stores zero - 1, "gptq_v2" zero; a zero of 0 in the former
/// is read as GPTQModel reads it (utils/model.py, convert_gptq_v1_to_v2_format_module).
///
/// Errors: parts that are missing, of another shape or type, a group that is not there.
Result<QuantisedReading> readGptq(const QuantisedCheckpoint& checkpoint);

} // namespace hilo
