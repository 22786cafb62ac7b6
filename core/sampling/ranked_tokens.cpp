// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/ranked_tokens.h"

#include <algorithm>

namespace hilo {
namespace {

bool isBefore(const std::pair<double, std::int32_t>& a, const std::pair<double, std::int32_t>& b)
{
    return a.first != b.first ? a.first > b.first : a.second < b.second;
}

} // namespace

RankedTokens::RankedTokens(std::span<const double> weights)
{
    tokens_.reserve(weights.size());
    for (std::size_t id = 0; id < weights.size(); ++id)
        tokens_.emplace_back(weights[id], static_cast<std::int32_t>(id));
}

const std::pair<double, std::int32_t>& RankedTokens::at(std::size_t rank)
{
    if (rank >= sorted_) {
        const auto begin = tokens_.begin() + static_cast<std::ptrdiff_t>(sorted_);
        const std::size_t end = std::min(tokens_.size(), std::max(rank + 1, std::max<std::size_t>(64, 4 * sorted_)));
        const auto last = tokens_.begin() + static_cast<std::ptrdiff_t>(end);
        if (last != tokens_.end())
            std::nth_element(begin, last, tokens_.end(), isBefore);
        std::sort(begin, last, isBefore);
        sorted_ = end;
    }
    return tokens_[rank];
}

} // namespace hilo
