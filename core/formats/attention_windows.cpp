// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/attention_windows.h"

#include "base/counted.h"

#include <optional>

namespace hilo {
namespace {

constexpr std::int64_t largestWindow = std::int64_t{1} << 40;

/// For each layer whether it is said to slide; nothing where layer_types is absent.
Result<std::optional<std::vector<bool>>> readLayerTypes(const JsonObject& config, std::int64_t layers)
{
    if (!config.has("layer_types"))
        return std::optional<std::vector<bool>>();
    HILO_TRY(const Json* types, config.array("layer_types"));
    if (static_cast<std::int64_t>(types->size()) != layers)
        return failure(config.errorAt("layer_types", "Has " + std::to_string(types->size()) +
                                                         " entries, but the model has " + counted(layers, "layer") +
                                                         "."));
    std::vector<bool> slides;
    for (std::size_t i = 0; i < types->size(); ++i) {
        const Json& type = (*types)[i];
        if (type != "sliding_attention" && type != "full_attention")
            return failure(config.errorAt("layer_types[" + std::to_string(i) + "]",
                                          "The kind of attention " + shownJson(type) + " is not known.",
                                          "Known are full_attention and sliding_attention."));
        slides.push_back(type == "sliding_attention");
    }
    return std::optional(std::move(slides));
}

struct RuleNumbers
{
    std::int64_t first = 0;   ///< FromLayer, and EvenBelow the first that doesn't
    std::int64_t pattern = 0; ///< Pattern
};

bool slidesByRule(SlidingLayers layers, std::int64_t layer, const RuleNumbers& numbers, bool rotates)
{
    switch (layers) {
    case SlidingLayers::None:
        return false;
    case SlidingLayers::Every:
    case SlidingLayers::EveryListed:
    case SlidingLayers::EveryIfUsed:
        return true;
    case SlidingLayers::Even:
        return layer % 2 == 0;
    case SlidingLayers::FromLayer:
        return layer >= numbers.first;
    case SlidingLayers::EvenBelow:
        return layer % 2 == 0 && layer < numbers.first;
    case SlidingLayers::Pattern:
        return (layer + 1) % numbers.pattern != 0;
    case SlidingLayers::WithoutRope:
        return !rotates;
    }
    return false;
}

/// The window of the layers that slide; 0 where none does.
Result<std::int64_t> readWindow(const JsonObject& config, const WindowRules& rules)
{
    // Null means off; an absent key is the class default.
    const bool isOff = config.json().contains("sliding_window") && !config.has("sliding_window");
    const bool hasWindows = rules.layers != SlidingLayers::None;
    const bool asks = rules.layers == SlidingLayers::FromLayer || rules.layers == SlidingLayers::WithoutRope ||
                      rules.layers == SlidingLayers::EveryIfUsed || rules.layers == SlidingLayers::EvenBelow;
    HILO_TRY(const std::int64_t window, config.integerOr("sliding_window", isOff ? 0 : rules.window, 0, largestWindow));
    HILO_TRY(const bool uses, config.flagOr("use_sliding_window", !asks));
    if (!asks && !uses && hasWindows && window > 0)
        return failure(config.errorAt("use_sliding_window",
                                      "Models of this architecture slide whenever sliding_window is set.",
                                      "Set sliding_window to null if the model was trained without."));
    if (hasWindows && window == 0 && !rules.mayHaveNoWindow)
        return failure(config.errorAt("sliding_window", "Models of this architecture need a window for their sliding "
                                                        "layers."));
    if (!uses)
        return std::int64_t{0};
    if (!hasWindows && window > 0)
        return failure(config.errorAt("sliding_window", "Models of this architecture have no sliding window.",
                                      "Set it to null if the model was trained without; it is not used then."));
    return window;
}

} // namespace

Result<std::vector<std::int64_t>> readAttentionWindows(const JsonObject& config, const WindowRules& rules,
                                                       std::int64_t layers, const std::vector<bool>& rotates)
{
    HILO_TRY(const std::int64_t window, readWindow(config, rules));
    HILO_TRY(const auto types, readLayerTypes(config, layers));
    RuleNumbers numbers{0, rules.pattern};
    HILO_TRY(numbers.first, config.integerOr("max_window_layers", 28, 0, 1 << 20));
    // The key is looked at where the layers are not listed only: some files have a text there ("LLLG").
    if (rules.patternKey && !types && window > 0) {
        HILO_TRY(numbers.pattern, config.integerOr("sliding_window_pattern", rules.pattern, 1, 1 << 20));
    }
    const bool free = rules.layers == SlidingLayers::EveryListed || rules.layers == SlidingLayers::Even ||
                      rules.layers == SlidingLayers::FromLayer || rules.layers == SlidingLayers::Pattern ||
                      rules.layers == SlidingLayers::WithoutRope || rules.layers == SlidingLayers::EvenBelow;
    std::vector<std::int64_t> windows;
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        const auto index = static_cast<std::size_t>(layer);
        const bool turns = rotates.empty() || rotates[index];
        const bool byRule = window > 0 && slidesByRule(rules.layers, layer, numbers, turns);
        const bool slides = types ? (*types)[index] : byRule;
        // Some classes do not look at layer_types, and a layer cannot slide without a window.
        if (types && slides != byRule && (window == 0 || !free))
            return failure(config.errorAt("layer_types[" + std::to_string(layer) + "]",
                                          slides ? "The layer is said to slide, but the model has no sliding window."
                                                 : "The layer is said not to slide, but in models of this "
                                                   "architecture all do.",
                                          "Correct layer_types or sliding_window."));
        windows.push_back(slides ? window : 0);
    }
    return windows;
}

} // namespace hilo
