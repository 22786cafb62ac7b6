// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/layer_sizes.h"

#include "base/counted.h"

#include <charconv>

namespace hilo {
namespace {

constexpr std::int64_t widestLayer = 1 << 20;
constexpr const char* layerTable = "per_layer_config";

bool slidesAt(const ModelConfig& model, std::int64_t layer)
{
    return model.windows[static_cast<std::size_t>(layer)] > 0;
}

/// "3" of a model of more than three layers; -1 where it is no such number.
std::int64_t layerNumber(const std::string& text, std::int64_t layers)
{
    std::int64_t layer = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), layer);
    return code == std::errc() && end == text.data() + text.size() && layer < layers ? layer : -1;
}

/// Two sizes of a head by layer; everything else that transformers could vary there would be lost.
Status readLayerTable(const JsonObject& config, const ModelConfig& model, std::vector<LayerSizes>& sizes)
{
    if (!config.has(layerTable))
        return {};
    HILO_TRY(const JsonObject table, config.object(layerTable));
    for (const auto& [key, value] : table.json().items()) {
        const std::int64_t layer = layerNumber(key, model.layers);
        if (layer < 0)
            return failure(table.errorAt(key, "The number of a layer was expected, 0 to " +
                                                  std::to_string(model.layers - 1) + "."));
        HILO_TRY(const JsonObject own, table.object(key));
        LayerSizes& size = sizes[static_cast<std::size_t>(layer)];
        for (const auto& [name, unused] : own.json().items())
            if (name != "head_dim" && name != "num_key_value_heads")
                return failure(
                    own.errorAt(name, "Is not read by layer here.", "Known are head_dim and num_key_value_heads."));
        HILO_TRY(size.headDimension, own.integerOr("head_dim", size.headDimension, 1, widestLayer));
        HILO_TRY(size.keyValueHeads, own.integerOr("num_key_value_heads", size.keyValueHeads, 1, widestLayer));
    }
    return {};
}

/// Files of the hub say what the full layers have; without the keys the class does.
Status readFullLayers(const JsonObject& config, const ModelConfig& model, bool keysAreValues,
                      std::vector<LayerSizes>& sizes)
{
    HILO_TRY(const std::int64_t dimension, config.integerOr("global_head_dim", 512, 1, widestLayer));
    HILO_TRY(const std::int64_t given,
             config.integerOr("num_global_key_value_heads", model.keyValueHeads, 1, widestLayer));
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        if (slidesAt(model, layer))
            continue;
        LayerSizes& size = sizes[static_cast<std::size_t>(layer)];
        size.headDimension = dimension;
        size.keyValueHeads = keysAreValues ? given : model.keyValueHeads;
    }
    return {};
}

/// All layers of a kind rotate by one table, so their heads are of one size; and shared keys fit all that read them.
Status checkKinds(const JsonObject& config, const ModelConfig& model, const std::vector<LayerSizes>& sizes)
{
    const LayerSizes* first[2] = {nullptr, nullptr};
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        const LayerSizes& own = sizes[static_cast<std::size_t>(layer)];
        const std::string place = std::string(layerTable) + "." + std::to_string(layer);
        if (own.headDimension % 2 != 0)
            return failure(
                config.errorAt(config.has(layerTable) ? place : "global_head_dim",
                               "An even head dimension was expected, not " + std::to_string(own.headDimension) + "."));
        if (model.heads % own.keyValueHeads != 0)
            return failure(config.errorAt(config.has(layerTable) ? place : "num_global_key_value_heads",
                                          std::to_string(model.heads) + " heads cannot be shared evenly by " +
                                              std::to_string(own.keyValueHeads) + " key/value heads."));
        const LayerSizes*& same = first[slidesAt(model, layer) ? 1 : 0];
        if (same && (same->headDimension != own.headDimension || same->keyValueHeads != own.keyValueHeads))
            return failure(config.errorAt(place, "Layers of one kind (layer_types) have heads of one size here."));
        same = &own;
    }
    return {};
}

/// The last layers attend to what the last layer of their kind before them made.
Status shareKeysAndValues(const JsonObject& config, const ModelConfig& model, std::vector<LayerSizes>& sizes)
{
    HILO_TRY(const std::int64_t shared, config.integerOr("num_kv_shared_layers", 0, 0, widestLayer));
    HILO_TRY(const bool isWide, config.flagOr("use_double_wide_mlp", false));
    if (shared >= model.layers)
        return failure(config.errorAt("num_kv_shared_layers", std::to_string(shared) + " layers can't attend to the " +
                                                                  "keys of others in a model of " +
                                                                  counted(model.layers, "layer") + "."));
    const std::int64_t first = model.layers - shared;
    std::int64_t last[2] = {-1, -1};
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        LayerSizes& size = sizes[static_cast<std::size_t>(layer)];
        std::int64_t& maker = last[slidesAt(model, layer) ? 1 : 0];
        if (layer < first) {
            maker = layer;
            continue;
        }
        if (maker < 0)
            return failure(
                config.errorAt("num_kv_shared_layers", "Layer " + std::to_string(layer) +
                                                           " shall attend to the keys of an earlier "
                                                           "layer of its kind (layer_types), and there is none."));
        size.keyValueLayer = maker;
        size.keysAreValues = false;
        size.intermediate *= isWide ? 2 : 1;
    }
    return {};
}

} // namespace

Result<std::vector<LayerSizes>> readLayerSizes(const JsonObject& config, const ModelConfig& model)
{
    HILO_TRY(const bool keysAreValues, config.flagOr("attention_k_eq_v", false));
    std::vector<LayerSizes> sizes;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        sizes.push_back({model.headDimension, model.keyValueHeads, model.intermediate,
                         keysAreValues && !slidesAt(model, layer), -1});
    // What transformers writes replaces what it read.
    if (config.json().contains(layerTable)) {
        HILO_CHECK(readLayerTable(config, model, sizes));
    } else {
        HILO_CHECK(readFullLayers(config, model, keysAreValues, sizes));
    }
    HILO_CHECK(checkKinds(config, model, sizes));
    HILO_CHECK(shareKeysAndValues(config, model, sizes));
    return sizes;
}

} // namespace hilo
