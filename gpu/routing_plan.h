// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace hilo::gpu {

/// The columns of one expert in the product x·Aᵀ of its input group, and the factor on its output.
struct ExpertColumns
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
    float scale = 1;
};

/// How one module of a group chooses among its experts.
struct ModuleRouting
{
    std::int64_t firstExpert = 0; ///< in RoutingPlan::experts
    std::int64_t experts = 0;
    std::int64_t nullExperts = 0; ///< logits behind those of the experts; choosing one adds nothing
    std::int64_t firstLogit = -1; ///< column of its first logit in its group's logits; -1: one expert, always on
    std::int64_t topK = 1;
    bool dense = false; ///< softmax over all logits instead of the top k
    double topP = 0;    ///< above 0: the fewest choices whose softmax over all adds up to it, instead of the top k

    std::int64_t choices() const { return experts + nullExperts; }
};

/// All modules of an input group: what the fused routing passes need to know. Where the kernels read it it lies as
/// words (kernels/routing_token.h).
struct RoutingPlan
{
    std::vector<ModuleRouting> modules;
    std::vector<ExpertColumns> experts;
    std::int64_t ranks = 0;  ///< R: columns of x·Aᵀ
    std::int64_t logits = 0; ///< L: columns of the router logits
};

} // namespace hilo::gpu
