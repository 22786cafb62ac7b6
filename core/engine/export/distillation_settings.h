// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hilo {

/// At which tokens a distilled adapter shall say what the mixture says.
enum class DistilledTokens {
    Answers, ///< where the next token is one of an answer: what the run learnt
    All,
};

/// How a plain adapter is trained to match a mixture.
struct DistillationSettings
{
    std::int64_t steps = 400;
    std::int64_t batchSize = 32; ///< rows
    double learningRate = 0.004; ///< at its highest; linear warm-up over a twentieth of the steps, then half a cosine
    DistilledTokens tokens = DistilledTokens::Answers;
    /// Of the mean over layers of |h - h'|²/|h'|², h' the mixture's hidden states behind each layer; added to the
    /// divergence. 0: the logits alone.
    double layerWeight = 0;
    std::int64_t seed = 1; ///< of the order of the rows
};

} // namespace hilo
