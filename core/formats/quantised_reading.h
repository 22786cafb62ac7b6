// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/weights.h"

#include <functional>

namespace hilo {

/// One weight of the model that the files hold as codes, scales and the like.
struct LogicalWeight
{
    TensorInfo info;                ///< the usual name, the weight's own shape, the bytes of all its parts
    std::vector<std::string> parts; ///< the tensors of the files that it is made of
    /// Fills as many values as info's shape has, row-major. Errors: parts that are damaged.
    std::function<Status(std::span<float>)> read;
    /// The method stores [out, in] whatever the model's own order is: gpt2's Conv1D has [in, out].
    bool outByIn = false;
};

/// What the reader of one method made of a checkpoint.
struct QuantisedReading
{
    std::vector<LogicalWeight> weights;
    std::string refusal; ///< why weights of this kind are not read, a sentence; empty where they are
    /// The refusal holds for plain weights, too: what the description asks for changes their product.
    bool refusesPlain = false;
    std::vector<std::string> notes; ///< what is done otherwise than the description says
};

/// A description and the tensors that it is about.
struct QuantisedCheckpoint
{
    const WeightSource& tensors;
    JsonObject settings; ///< quantization_config, or the file of an older tool
};

} // namespace hilo
