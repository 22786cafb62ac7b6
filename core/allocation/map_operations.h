// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// The map with all ranks scaled by one factor, and what is left given out by single ranks spread over the depth, so
/// that it has as many trainable parameters as the budget allows (fitToBudget). Errors: a budget out of reach.
Result<AllocationMap> scaleToBudget(const AllocationMap& map, const ModelConfig& model, std::int64_t budget);

/// The same so that the sum of all experts' ranks is exactly `total`. Errors: out of reach of ranks from 1 to the
/// modules' widths.
Result<AllocationMap> scaleToTotalRank(const AllocationMap& map, const ModelConfig& model, std::int64_t total);

/// Sum of all experts' ranks.
std::int64_t totalRank(const AllocationMap& map);
std::int64_t totalExperts(const AllocationMap& map);

/// The map for a model of another depth: layer l of L takes what layer floor(l·M/L) of the map's M has. bad input: a
/// module that the model has not, or a rank above its width there.
Result<AllocationMap> transposeToDepth(const AllocationMap& map, const ModelConfig& model);

/// Numbers of one per layer, as MoLA's and AlphaLoRA's command lines take them ("2,2,…,8").
struct LayerNumbers
{
    std::string experts;
    std::string ranks = "8"; ///< one number: the same for all layers
    std::string topK = "2";  ///< the same; at most the layer's experts
    double alpha = 16;
    std::string modules; ///< empty: all
};
/// wrong usage: lists that are neither one number nor one per layer, numbers out of range.
Result<AllocationMap> mapFromNumbers(const LayerNumbers& numbers, const ModelConfig& model);

} // namespace hilo
