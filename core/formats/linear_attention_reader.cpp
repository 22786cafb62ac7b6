// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/linear_attention_reader.h"

#include "base/counted.h"

namespace hilo {
namespace {

// They keep every count of values inside 64 bits.
constexpr std::int64_t mostHeads = std::int64_t{1} << 14;
constexpr std::int64_t widestHead = std::int64_t{1} << 14;
constexpr std::int64_t widestProjection = std::int64_t{1} << 22;
constexpr std::int64_t longestKernel = std::int64_t{1} << 10;

Result<std::vector<bool>> readKinds(const JsonObject& config, std::int64_t layers)
{
    std::vector<bool> linear;
    if (!config.has("layer_types")) {
        HILO_TRY(const std::int64_t interval, config.integerOr("full_attention_interval", 4, 1, 1 << 20));
        for (std::int64_t layer = 0; layer < layers; ++layer)
            linear.push_back((layer + 1) % interval != 0);
        return linear;
    }
    HILO_TRY(const Json* types, config.array("layer_types"));
    if (static_cast<std::int64_t>(types->size()) != layers)
        return failure(config.errorAt("layer_types", "Has " + std::to_string(types->size()) +
                                                         " entries, but the model has " + counted(layers, "layer") +
                                                         "."));
    for (std::size_t i = 0; i < types->size(); ++i) {
        const Json& type = (*types)[i];
        if (type != "linear_attention" && type != "full_attention")
            return failure(config.errorAt("layer_types[" + std::to_string(i) + "]",
                                          "The kind of layer " + shownJson(type) + " is not known.",
                                          "Known are full_attention and linear_attention."));
        linear.push_back(type == "linear_attention");
    }
    return linear;
}

} // namespace

Result<LinearAttention> readLinearAttention(const JsonObject& config, std::int64_t layers)
{
    LinearAttention linear;
    HILO_TRY(linear.layers, readKinds(config, layers));
    HILO_TRY(linear.keyHeads, config.integerOr("linear_num_key_heads", 16, 1, mostHeads));
    HILO_TRY(linear.valueHeads, config.integerOr("linear_num_value_heads", 32, 1, mostHeads));
    HILO_TRY(linear.keyDimension, config.integerOr("linear_key_head_dim", 128, 1, widestHead));
    HILO_TRY(linear.valueDimension, config.integerOr("linear_value_head_dim", 128, 1, widestHead));
    HILO_TRY(linear.kernel, config.integerOr("linear_conv_kernel_dim", 4, 1, longestKernel));
    if (linear.valueHeads % linear.keyHeads != 0)
        return failure(
            config.errorAt("linear_num_value_heads", std::to_string(linear.keyHeads) + " key heads cannot serve " +
                                                         std::to_string(linear.valueHeads) + " value heads evenly."));
    if (linear.keyWidth() > widestProjection || linear.valueWidth() > widestProjection)
        return failure(
            config.errorAt(linear.keyWidth() > widestProjection ? "linear_key_head_dim" : "linear_value_head_dim",
                           "So many heads of so many values are too wide."));
    // The convolution has the model's activation, the gate behind the net always this one.
    HILO_TRY(const std::string activation, config.textOr("hidden_act", "silu"));
    if (linear.any() && activation != "silu" && activation != "swish")
        return failure(
            config.errorAt("hidden_act", "Models of this architecture have SiLU here, not \"" + activation + "\"."));
    // Files of the hub say what the family always has.
    HILO_TRY(const bool gated, config.flagOr("attn_output_gate", true));
    if (!gated)
        return failure(config.errorAt("attn_output_gate", "Models of this architecture gate what attention gives."));
    HILO_TRY(const std::int64_t window, config.integerOr("sliding_window", 0, 0, std::int64_t{1} << 40));
    HILO_TRY(const bool slides, config.flagOr("use_sliding_window", window > 0));
    if (window > 0 && slides)
        return failure(config.errorAt("sliding_window", "Models of this architecture have no sliding window.",
                                      "Set it to null if the model was trained without; it is not used then."));
    return linear;
}

} // namespace hilo
