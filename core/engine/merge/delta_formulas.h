// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/merge/sign_election.h"
#include "gpu/tensor.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Several deltas of one shape as one tensor [n, …], and a weight for each of them.
struct WeightedDeltas
{
    torch::Tensor deltas;
    std::vector<double> weights;
};

/// Σ w·d (task arithmetic, 2212.04089).
torch::Tensor linearSum(const WeightedDeltas& inputs);

/// The share of the elements that are largest in magnitude, round down; the others become zero (TRIM of 2306.01708).
torch::Tensor trimmed(const torch::Tensor& delta, double density);
/// Each element is kept with probability density and divided by it, or becomes zero (2311.03099); drawn from key alone.
torch::Tensor droppedAndRescaled(const torch::Tensor& delta, double density, std::uint64_t key);

/// Trims every delta, elects a sign at each place (0 counts as positive, as in peft), and takes the mean of the
/// weighted deltas with that sign (ELECT and MERGE of 2306.01708; as peft's merge_utils.ties).
torch::Tensor tiesMerge(const WeightedDeltas& inputs, double density, SignElection election);
/// ELECT and MERGE alone.
torch::Tensor disjointMerge(const WeightedDeltas& inputs, SignElection election);

} // namespace hilo
