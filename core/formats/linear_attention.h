// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hilo {

/// The gated delta nets (2412.06464) that stand in attention's place in some layers: what they have seen is a matrix
/// for each value head, which does not grow with the text.
struct LinearAttention
{
    std::int64_t keyHeads = 0;   ///< of queries as well
    std::int64_t valueHeads = 0; ///< a multiple: each key head serves as many neighbouring value heads
    std::int64_t keyDimension = 0;
    std::int64_t valueDimension = 0;
    std::int64_t kernel = 0;  ///< how many tokens the convolution in front sees, the current one included
    std::vector<bool> layers; ///< per layer; empty: none is one

    /// How many layers have one.
    std::int64_t count() const { return std::count(layers.begin(), layers.end(), true); }
    bool any() const { return count() > 0; }
    bool at(std::int64_t layer) const { return !layers.empty() && layers[static_cast<std::size_t>(layer)]; }
    /// Values of a token's queries, and of its keys.
    std::int64_t keyWidth() const { return keyHeads * keyDimension; }
    std::int64_t valueWidth() const { return valueHeads * valueDimension; }
    /// Queries, keys and values, which the convolution takes together.
    std::int64_t channels() const { return 2 * keyWidth() + valueWidth(); }
};

} // namespace hilo
