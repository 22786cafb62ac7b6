// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/merge/sign_election.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// How adapters of one base become one.
enum class MergeMethod {
    Linear,        ///< Σ of A and of B by themselves, as peft's add_weighted_adapter does it
    Ties,          ///< 2306.01708, of A and of B by themselves
    DareLinear,    ///< 2311.03099, the same
    DareTies,      ///< both, the same
    Svd,           ///< Σ of the products B·A, cut to a rank by singular values: exact where the rank holds it
    TiesSvd,       ///< 2306.01708, of the products
    DareLinearSvd, ///< 2311.03099, of the products
    DareTiesSvd,   ///< both, of the products
    Cat,           ///< Σ of the products, exactly: the ranks add up
    SideBySide,    ///< a mixture of all experts, with the rows of their routers
};

struct MergeSettings
{
    MergeMethod method = MergeMethod::Svd;
    std::vector<double> weights;                 ///< of each adapter; empty: 1/n, of experts side by side 1
    double density = 0.5;                        ///< of TIES and DARE: the share of the elements that is kept
    SignElection election = SignElection::Total; ///< of TIES
    std::int64_t rank = 0;                       ///< of the methods by singular values; 0: the largest of the adapters'
    int topK = 0;                                ///< of experts side by side; 0: the sum of the adapters'
    std::int64_t seed = 1;                       ///< of DARE's draws
};

/// "linear", "ties", "dare_linear", "dare_ties", "svd", "ties_svd", "dare_linear_svd", "dare_ties_svd", "cat",
/// "side_by_side": peft's names where it has the method.
const std::vector<std::pair<MergeMethod, std::string_view>>& mergeMethods();
std::string nameOf(MergeMethod method);

/// Wrong usage: weights of another number than the adapters, or that are not finite, all of them 0; a density outside
/// of (0, 1]; less than two adapters.
Status checkMergeSettings(const MergeSettings& settings, std::size_t adapters);

} // namespace hilo
