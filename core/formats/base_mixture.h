// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hilo {

/// The experts of a model that is a mixture of experts itself. They are frozen: the experts of an allocation map are
/// others, which are put beside the weights of modules (layer_modules.h): the attention's, those of the expert that
/// every token passes, and those of an MLP that stands in the experts' place or beside them. What each of the base's
/// own experts may get is a LoRA (base_expert_modules.h).
struct BaseMixture
{
    std::int64_t experts = 0;            ///< 0: the model's MLPs are dense
    std::int64_t active = 0;             ///< a token passes so many of them
    std::int64_t intermediate = 0;       ///< of one expert
    bool weightsSumToOne = false;        ///< of the chosen ones; else they are what the softmax over all gave them
    bool fusedExperts = false;           ///< one tensor holds what all experts of a layer have: [experts, …]
    bool transposedExperts = false;      ///< they are stored [in, out], with gate and up in turns (gpt_oss)
    bool biases = false;                 ///< of the router and the experts
    double gateSlope = 0;                ///< above 0: gate·sigmoid(gateSlope·gate)·(up + 1) (gpt_oss)
    double limit = 0;                    ///< of these: gate at most, up within ±limit
    std::int64_t sharedIntermediate = 0; ///< of the expert that every token passes beside the chosen ones; 0: none
    bool sharedGate = false;             ///< what that one gives is weighted by a sigmoid of the token (qwen2_moe)
    /// The experts stand beside the layer's MLP, with norms of their own; what the router reads is normed and scaled,
    /// and a stored number multiplies the weight of each expert (gemma4).
    bool besideMlp = false;
    std::vector<bool> layers; ///< per layer; false: one MLP stands in the experts' place (qwen3_moe)

    bool isMixture() const { return experts > 0; }
    bool hasExperts(std::int64_t layer) const { return isMixture() && layers[static_cast<std::size_t>(layer)]; }
    bool hasDenseLayers() const { return std::find(layers.begin(), layers.end(), false) != layers.end(); }
    /// Whether the layer has an MLP of modules that is no expert.
    bool hasMlp(std::int64_t layer) const { return besideMlp || !hasExperts(layer); }
    bool hasShared(std::int64_t layer) const { return sharedIntermediate > 0 && hasExperts(layer); }
};

} // namespace hilo
