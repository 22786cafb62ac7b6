// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder.h"

namespace hilo {

/// What exported files are compared on: a few sequences of fixed pseudo-random tokens of the model's vocabulary.
PackedBatch probeBatch(const ModelConfig& model);

/// Float32 logits [T, vocabulary] of the probe batch; adapter may be null.
torch::Tensor probeLogits(const Decoder& decoder, ModuleAdapter* adapter, const PackedBatch& batch);

/// Two sets of logits beside each other.
struct LogitDifference
{
    double greatest = 0;      ///< largest absolute difference; NaN counts as infinite
    double greatestLogit = 0; ///< largest absolute value of the expected ones
    std::int64_t tokens = 0;
    std::int64_t sameChoice = 0; ///< tokens whose most likely next token is the same
};
LogitDifference compareLogits(const torch::Tensor& actual, const torch::Tensor& expected);

} // namespace hilo
