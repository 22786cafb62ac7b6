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

/// What stands in the MLP's place in one layer of a model that is a mixture of experts, by the tensors' full names.
struct MixtureNames
{
    std::string router, routerBias; ///< weights [experts, hidden]; empty in a layer without experts
    std::string sharedGate;         ///< [1, hidden]; empty where there is none
    /// By expert; in a layer without experts its one MLP. Empty where the experts are fused.
    std::vector<GatedMlpNames> mlps;
    /// Fused experts: in [experts, 2·width, hidden], out [experts, hidden, width] or the last two the other way round,
    /// biases [experts, …]; empty where there are none.
    std::string in, inBias, out, outBias;
};

/// As the family's first releases name them; expert_tensors.h finds them under other names. All empty for dense models.
MixtureNames mixtureNames(const ModelConfig& config, std::int64_t layer);

} // namespace hilo
