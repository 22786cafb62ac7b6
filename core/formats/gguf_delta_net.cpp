// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_delta_net.h"

#include "base/counted.h"

namespace hilo {
namespace {

Result<Json> kindsOfLayers(const GgufDocument& document, std::int64_t layers)
{
    constexpr const char* name = "attention.recurrent_layers";
    HILO_TRY(const std::vector<double> list, document.file().numbers(document.key(name)));
    HILO_TRY(const auto interval,
             document.file().integer(document.key("full_attention_interval"), 1, largestGgufNumber));
    if (!list.empty() && static_cast<std::int64_t>(list.size()) < layers)
        return failure(document.errorAt(name, "Has " + counted(static_cast<std::int64_t>(list.size()), "entry") +
                                                  ", but the model has " + counted(layers, "layer") + "."));
    Json kinds = Json::array();
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        const bool isNet =
            list.empty() ? (layer + 1) % interval.value_or(4) != 0 : list[static_cast<std::size_t>(layer)] != 0;
        kinds.push_back(isNet ? "linear_attention" : "full_attention");
    }
    return kinds;
}

} // namespace

Result<std::int64_t> ggufLayers(GgufDocument& document, std::int64_t blocks)
{
    if (blocks > mostGgufLayers)
        return failure(document.errorAt("block_count", "At most " + std::to_string(mostGgufLayers) +
                                                           " layers were expected, not " + std::to_string(blocks) +
                                                           "."));
    if (!document.family().guessesAhead)
        return blocks;
    HILO_TRY(const auto ahead, document.file().integer(document.key("nextn_predict_layers"), 0, largestGgufNumber));
    if (ahead.value_or(0) >= blocks)
        return failure(document.errorAt("nextn_predict_layers", "All " + std::to_string(blocks) +
                                                                    " layers guess further tokens; none is left."));
    document.set("num_hidden_layers", document.key("block_count"), blocks - ahead.value_or(0));
    return blocks - ahead.value_or(0);
}

Status readGgufDeltaNets(GgufDocument& document)
{
    const auto layers = document.json().at("num_hidden_layers").get<std::int64_t>();
    HILO_TRY(Json kinds, kindsOfLayers(document, layers));
    document.set("layer_types", document.key("attention.recurrent_layers"), std::move(kinds));
    HILO_CHECK(document.requiredInteger("ssm.conv_kernel", "linear_conv_kernel_dim"));
    HILO_CHECK(document.requiredInteger("ssm.state_size", "linear_key_head_dim"));
    HILO_CHECK(document.requiredInteger("ssm.group_count", "linear_num_key_heads"));
    HILO_TRY(const std::int64_t heads, document.requiredInteger("ssm.time_step_rank", "linear_num_value_heads"));
    HILO_TRY(const std::int64_t width, document.requiredInteger("ssm.inner_size", "linear_value_head_dim"));
    if (width % heads != 0)
        return failure(document.errorAt("ssm.inner_size", std::to_string(heads) + " heads cannot share " +
                                                              std::to_string(width) + " values evenly."));
    document.set("linear_value_head_dim", document.key("ssm.inner_size"), width / heads);
    return {};
}

Status checkGgufSections(const GgufDocument& document, std::int64_t pairs)
{
    constexpr const char* name = "rope.dimension_sections";
    HILO_TRY(const std::vector<double> sections, document.file().numbers(document.key(name)));
    if (sections.empty())
        return {};
    double sum = 0;
    for (const double section : sections) {
        if (!(section >= 0 && section <= 1 << 20) || section != static_cast<double>(static_cast<int>(section)))
            return failure(document.errorAt(name, "Whole numbers from 0 on were expected."));
        sum += section;
    }
    // ggml's interleaved sections (ggml_mrope_cache_init): what belongs to none of the three stands still.
    bool belongs = sections.size() >= 3 && sum >= 1;
    for (std::int64_t pair = 0; belongs && pair < pairs; ++pair) {
        const std::int64_t place = pair % static_cast<std::int64_t>(sum);
        belongs = static_cast<double>(place) < 3 * sections[static_cast<std::size_t>(place % 3)];
    }
    if (!belongs)
        return failure(document.errorAt(name, "Leaves pairs of a head out, which then do not turn with the position."));
    return {};
}

} // namespace hilo
