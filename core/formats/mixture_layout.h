// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <string>
#include <vector>

namespace hilo {

/// One MLP with a gate: its weights' full names without ".weight".
struct GatedMlpNames
{
    std::string gate, up, down;
};

/// The experts of one layer of a model that is a mixture of them, by the tensors' full names.
struct MixtureNames
{
    std::string router, routerBias; ///< weights [experts, hidden]
    std::string sharedGate;         ///< [1, hidden]; empty where there is none
    // Where the experts stand beside an MLP, else empty:
    std::string routerScale, expertScale;       ///< [hidden], [experts]
    std::string mlpNorm, inputNorm, outputNorm; ///< behind the MLP; in front of the experts, behind them
    std::vector<GatedMlpNames> mlps;            ///< by expert; empty where the experts are fused
    /// Fused experts: in [experts, 2·width, hidden], out [experts, hidden, width] or the last two the other way round,
    /// biases [experts, …]; empty where there are none.
    std::string in, inBias, out, outBias;
};

/// As the family's first releases name them; expert_tensors.h finds them under other names. All empty for a layer
/// without experts, whose MLP is made of modules.
MixtureNames mixtureNames(const ModelConfig& config, std::int64_t layer);

} // namespace hilo
