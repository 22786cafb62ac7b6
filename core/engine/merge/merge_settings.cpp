// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/merge/merge_settings.h"

#include <algorithm>
#include <cmath>

namespace hilo {

const std::vector<std::pair<MergeMethod, std::string_view>>& mergeMethods()
{
    static const std::vector<std::pair<MergeMethod, std::string_view>> methods{
        {MergeMethod::Linear, "linear"},
        {MergeMethod::Ties, "ties"},
        {MergeMethod::DareLinear, "dare_linear"},
        {MergeMethod::DareTies, "dare_ties"},
        {MergeMethod::Svd, "svd"},
        {MergeMethod::TiesSvd, "ties_svd"},
        {MergeMethod::DareLinearSvd, "dare_linear_svd"},
        {MergeMethod::DareTiesSvd, "dare_ties_svd"},
        {MergeMethod::Cat, "cat"},
        {MergeMethod::SideBySide, "side_by_side"}};
    return methods;
}

std::string nameOf(MergeMethod method)
{
    for (const auto& [known, name] : mergeMethods())
        if (known == method)
            return std::string(name);
    return {};
}

Status checkMergeSettings(const MergeSettings& settings, std::size_t adapters)
{
    if (adapters < 2)
        return failure(wrongUsage("A merge needs two adapters at least"));
    const std::vector<double>& weights = settings.weights;
    if (!weights.empty() && weights.size() != adapters)
        return failure(wrongUsage("--weights has " + std::to_string(weights.size()) + " numbers for " +
                                  std::to_string(adapters) + " adapters"));
    if (!std::all_of(weights.begin(), weights.end(), [](double weight) { return std::isfinite(weight); }))
        return failure(wrongUsage("--weights expects finite numbers"));
    if (!weights.empty() && std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0; }))
        return failure(wrongUsage("--weights are all 0"));
    if (!(settings.density > 0 && settings.density <= 1))
        return failure(wrongUsage("--density is above 0 and at most 1"));
    return {};
}

} // namespace hilo
