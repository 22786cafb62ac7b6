// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <cstdint>
#include <vector>

namespace hilo {

/// Which layers of a family slide where layer_types does not say it.
enum class SlidingLayers {
    None,        ///< the family has no windows
    Every,       ///< all, and layer_types is not read
    EveryListed, ///< all, or those that layer_types names
    EveryIfUsed, ///< all where use_sliding_window is set, and layer_types is not read
    Even,        ///< the first, the third, …
    FromLayer,   ///< from max_window_layers on, where use_sliding_window is set
    EvenBelow,   ///< the first, the third, … of those in front of max_window_layers, where use_sliding_window is set
    Pattern,     ///< all but each n-th
    WithoutRope, ///< those that do not rotate, where use_sliding_window is set
};

struct WindowRules
{
    SlidingLayers layers = SlidingLayers::None;
    std::int64_t window = 0;     ///< where config.json does not say it
    std::int64_t pattern = 0;    ///< Pattern: n
    bool patternKey = false;     ///< Pattern: sliding_window_pattern is read
    bool mayHaveNoWindow = true; ///< sliding_window may be null
};

/// Per layer the sliding window that counts the current token, 0 where a layer sees all before it: layer_types where it
/// is given, else the family's rule. rotates: per layer, for WithoutRope. Bad input: kinds of attention that are not
/// known, and keys of which transformers would follow one and pass over the other. Source: transformers' configuration
/// and modeling classes.
Result<std::vector<std::int64_t>> readAttentionWindows(const JsonObject& config, const WindowRules& rules,
                                                       std::int64_t layers, const std::vector<bool>& rotates);

} // namespace hilo
