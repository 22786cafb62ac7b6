// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_checkpoint.h"
#include "formats/quantised_reading.h"

namespace hilo {

/// Reads what the description says of the tensors: bitsandbytes, gptq, awq, compressed-tensors, fp8, mxfp4. Of other
/// methods the reading has a refusal. No values are read yet. Errors: a description with keys of the wrong type, parts
/// that are missing or contradict one another.
Result<QuantisedReading> readQuantised(const WeightSource& tensors, const DeclaredQuantisation& declared);

/// The tensors of source with the weights in the place of their parts. Their values are made a tensor at a time, when
/// they are asked for. inByOut: the model has its linear weights as [in, out] (gpt2), but for the head, whose name is
/// head.
std::shared_ptr<const WeightSource> dequantisedWeights(std::shared_ptr<const WeightSource> source,
                                                       std::vector<LogicalWeight> weights, bool inByOut,
                                                       const std::string& head);

} // namespace hilo
