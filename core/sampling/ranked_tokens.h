// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace hilo {

/// Tokens with a weight each, by falling weight; of equal ones the lower id first. Sorts no more of them than are asked
/// for.
class RankedTokens
{
  public:
    /// weights[id] of every token.
    explicit RankedTokens(std::span<const double> weights);

    std::size_t size() const { return tokens_.size(); }
    /// The one of so high a rank, below size().
    const std::pair<double, std::int32_t>& at(std::size_t rank);

  private:
    std::vector<std::pair<double, std::int32_t>> tokens_;
    std::size_t sorted_ = 0;
};

} // namespace hilo
