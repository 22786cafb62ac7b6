// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/attention_windows.h"

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
                                                         " entries, but the model has " + std::to_string(layers) +
                                                         " layers."));
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

bool slidesByRule(Family family, std::int64_t layer, std::int64_t firstOfQwen)
{
    return family == Family::Mistral || (family == Family::Gemma2 ? layer % 2 == 0 : layer >= firstOfQwen);
}

} // namespace

Result<std::vector<std::int64_t>> readAttentionWindows(const JsonObject& config, Family family, std::int64_t layers)
{
    const bool qwen = family == Family::Qwen2 || family == Family::Qwen3;
    const bool hasWindows = qwen || family == Family::Mistral || family == Family::Gemma2;
    // Null means off; an absent key is the class default.
    const bool isOff = config.json().contains("sliding_window") && !config.has("sliding_window");
    const std::int64_t usual = hasWindows && !isOff ? 4096 : 0;
    HILO_TRY(std::int64_t window, config.integerOr("sliding_window", usual, 0, largestWindow));
    HILO_TRY(const bool uses, config.flagOr("use_sliding_window", !qwen));
    const bool contradicts = !qwen && !uses && hasWindows && window > 0;
    if (contradicts)
        return failure(config.errorAt("use_sliding_window",
                                      "Models of this architecture slide whenever sliding_window is set.",
                                      "Set sliding_window to null if the model was trained without."));
    if (!uses)
        window = 0;
    if (!hasWindows && window > 0)
        return failure(config.errorAt("sliding_window", "Models of this architecture have no sliding window.",
                                      "Set it to null if the model was trained without; it is not used then."));
    HILO_TRY(const auto types, readLayerTypes(config, layers));
    HILO_TRY(const std::int64_t firstOfQwen, config.integerOr("max_window_layers", 28, 0, 1 << 20));
    std::vector<std::int64_t> windows;
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        const bool byRule = window > 0 && slidesByRule(family, layer, firstOfQwen);
        const bool slides = types ? (*types)[static_cast<std::size_t>(layer)] : byRule;
        // Mistral's class does not look at layer_types, and a layer cannot slide without a window.
        if (types && slides != byRule && (window == 0 || family == Family::Mistral))
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
