// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_layer_sizes.h"

#include "base/counted.h"
#include "formats/gguf_rope.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

/// One number a layer; a single number is that of all. usual: where the file says none; 0: it must.
Result<std::vector<std::int64_t>> numbersOfLayers(const GgufDocument& document, const char* name, std::int64_t layers,
                                                  std::int64_t usual = 0)
{
    const std::string key = document.key(name);
    const auto found = document.file().metadata.find(key);
    if (found == document.file().metadata.end() && usual > 0)
        return std::vector<std::int64_t>(static_cast<std::size_t>(layers), usual);
    if (found == document.file().metadata.end())
        return failure(document.errorAt(name, "The metadata is missing."));
    std::vector<double> numbers;
    if (std::holds_alternative<GgufArray>(found->second)) {
        HILO_TRY(numbers, document.file().numbers(key));
    } else {
        HILO_TRY(const auto one, document.file().number(key));
        numbers.assign(static_cast<std::size_t>(layers), one.value_or(0));
    }
    if (static_cast<std::int64_t>(numbers.size()) != layers)
        return failure(document.errorAt(name, "Has " + counted(static_cast<std::int64_t>(numbers.size()), "number") +
                                                  ", but the model has " + counted(layers, "layer") + "."));
    std::vector<std::int64_t> whole;
    for (const double number : numbers) {
        if (!(number >= 1 && number <= static_cast<double>(largestGgufNumber)) || number != std::floor(number))
            return failure(document.errorAt(name, "Whole numbers above 0 were expected."));
        whole.push_back(static_cast<std::int64_t>(number));
    }
    return whole;
}

/// For each layer whether it slides.
Result<std::vector<bool>> slidingLayers(const GgufDocument& document, std::int64_t layers)
{
    constexpr const char* name = "attention.sliding_window_pattern";
    HILO_TRY(const auto window,
             document.file().integer(document.key("attention.sliding_window"), 1, largestGgufNumber));
    if (!window)
        return failure(document.errorAt("attention.sliding_window", "The metadata is missing."));
    HILO_TRY(const std::vector<double> pattern, document.file().numbers(document.key(name)));
    if (static_cast<std::int64_t>(pattern.size()) != layers)
        return failure(document.errorAt(name, "Has " + counted(static_cast<std::int64_t>(pattern.size()), "entry") +
                                                  ", but the model has " + counted(layers, "layer") + "."));
    if (pattern.back() != 0)
        return failure(
            document.errorAt(name, "The last layer slides; in models of this architecture it is a full one."));
    std::vector<bool> slides;
    for (const double one : pattern)
        slides.push_back(one != 0);
    return slides;
}

/// Key heads by kind, as transformers writes them: one number, and by layer where full ones have another.
Status readKeyHeads(GgufDocument& document, const std::vector<bool>& slides, std::int64_t dimension)
{
    constexpr const char* name = "attention.head_count_kv";
    HILO_TRY(const std::vector<std::int64_t> heads,
             numbersOfLayers(document, name, static_cast<std::int64_t>(slides.size()),
                             document.json().at("num_attention_heads").get<std::int64_t>()));
    const auto first = static_cast<std::size_t>(std::find(slides.begin(), slides.end(), true) - slides.begin());
    const std::int64_t ofSliding = heads[first == heads.size() ? 0 : first];
    Json table = Json::object();
    for (std::size_t layer = 0; layer < heads.size(); ++layer) {
        if (!slides[layer])
            table[std::to_string(layer)] = {{"head_dim", dimension}, {"num_key_value_heads", heads[layer]}};
        else if (heads[layer] != ofSliding)
            return failure(document.errorAt(name, "Sliding layers have " + std::to_string(ofSliding) + " and " +
                                                      std::to_string(heads[layer]) +
                                                      " key heads; layers of one kind have as many here."));
    }
    document.set("num_key_value_heads", document.key(name), ofSliding);
    document.set("per_layer_config", document.key(name), std::move(table));
    return {};
}

/// Layers at the end that attend to the keys of an earlier one, whose MLP may be twice as wide.
Status readSharedLayers(GgufDocument& document, std::int64_t layers)
{
    HILO_TRY(const auto given,
             document.file().integer(document.key("attention.shared_kv_layers"), 0, largestGgufNumber));
    const std::int64_t shared = given.value_or(0);
    document.set("num_kv_shared_layers", document.key("attention.shared_kv_layers"), shared);
    HILO_TRY(const std::vector<std::int64_t> widths, numbersOfLayers(document, "feed_forward_length", layers));
    const bool isWide = shared > 0 && widths.back() == 2 * widths.front();
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        const std::int64_t expected = widths.front() * (isWide && layer >= layers - shared ? 2 : 1);
        if (widths[static_cast<std::size_t>(layer)] != expected)
            return failure(document.errorAt(
                "feed_forward_length",
                "Layer " + std::to_string(layer) + " has " + std::to_string(widths[static_cast<std::size_t>(layer)]) +
                    " where " + std::to_string(expected) + " was expected.",
                "Only layers without keys of their own may be wider, and all are then twice "
                "as wide."));
    }
    document.set("intermediate_size", document.key("feed_forward_length"), widths.front());
    document.set("use_double_wide_mlp", document.key("feed_forward_length"), isWide);
    return {};
}

/// Rows of the second embedding; its width is 0 where there is none.
Status readPerLayerWidth(GgufDocument& document)
{
    constexpr const char* name = "embedding_length_per_layer_input";
    HILO_TRY(const auto width, document.file().integer(document.key(name), 0, largestGgufNumber));
    document.set("hidden_size_per_layer_input", document.key(name), width.value_or(0));
    if (width.value_or(0) == 0)
        return {};
    const GgufTensor* embedding = document.file().find("per_layer_token_embd.weight");
    if (!embedding || embedding->info.shape.size() != 2)
        return failure(badInput(document.file().name, "tensor \"per_layer_token_embd.weight\"",
                                "The second embedding is missing or has not two dimensions."));
    document.set("vocab_size_per_layer_input", "per_layer_token_embd.weight", embedding->info.shape[0]);
    return {};
}

constexpr float standsStill = 1e20f;

/// rope_freqs: divisors, the same for all pairs that turn, so large for the others that those stand still.
Status readTurnedPairs(const GgufDocument& document, std::int64_t dimension, Json& rope)
{
    constexpr const char* name = "rope_freqs.weight";
    HILO_TRY(const std::vector<float> divisors, positiveRopeFactors(document.file(), name, dimension / 2));
    const auto still = std::find_if(divisors.begin(), divisors.end(), [](float one) { return one >= standsStill; });
    const bool isKnown = still != divisors.begin() &&
                         std::all_of(divisors.begin(), still, [&](float one) { return one == divisors.front(); }) &&
                         std::all_of(still, divisors.end(), [](float one) { return one >= standsStill; });
    if (!isKnown)
        return failure(badInput(document.file().name, "tensor \"" + std::string(name) + "\"",
                                "One divisor for the first pairs of a head and a very large one for the others were "
                                "expected in models of this architecture."));
    rope["partial_rotary_factor"] = shareOfHead(2 * (still - divisors.begin()), dimension);
    if (divisors.front() != 1)
        rope["factor"] = divisors.front();
    return {};
}

} // namespace

Status readGgufLayerSizes(GgufDocument& document, std::int64_t layers, std::int64_t dimension)
{
    HILO_TRY(const std::vector<bool> slides, slidingLayers(document, layers));
    HILO_CHECK(readKeyHeads(document, slides, dimension));
    HILO_TRY(const std::int64_t ofSliding, document.requiredInteger("attention.key_length_swa", "head_dim"));
    HILO_TRY(const auto values,
             document.file().integer(document.key("attention.value_length_swa"), 0, largestGgufNumber));
    if (values && *values != ofSliding)
        return failure(document.errorAt("attention.value_length_swa", "Only " + std::to_string(ofSliding) +
                                                                          " is supported here, not " +
                                                                          std::to_string(*values) + "."));
    HILO_CHECK(readSharedLayers(document, layers));
    // Full layers without a tensor of values take the keys for them.
    for (std::int64_t layer = 0; layer < layers; ++layer)
        if (!slides[static_cast<std::size_t>(layer)]) {
            const bool hasValues = document.file().find("blk." + std::to_string(layer) + ".attn_v.weight") != nullptr;
            document.set("attention_k_eq_v", "attn_v.weight", !hasValues);
            break;
        }
    return readPerLayerWidth(document);
}

Status readGgufProportionalRope(GgufDocument& document, std::int64_t dimension)
{
    const GgufFile& file = document.file();
    HILO_TRY(const auto kind, file.text(document.key("rope.scaling.type")));
    HILO_TRY(const auto factor, file.number(document.key("rope.scaling.factor")));
    if (kind.value_or("none") != "none" || factor.value_or(1) != 1)
        return failure(document.errorAt("rope.scaling.type", "Models of this architecture do not scale RoPE here."));
    HILO_TRY(const auto ofSliding, file.integer(document.key("attention.key_length_swa"), 1, largestGgufNumber));
    for (const auto& [name, size] :
         {std::pair{"rope.dimension_count", dimension}, std::pair{"rope.dimension_count_swa", ofSliding.value_or(0)}}) {
        HILO_TRY(const auto rotated, file.integer(document.key(name), 0, largestGgufNumber));
        if (rotated && *rotated != size)
            return failure(document.errorAt(name, "Only " + std::to_string(size) + " is supported here, not " +
                                                      std::to_string(*rotated) + "."));
    }
    HILO_TRY(const auto base, file.number(document.key("rope.freq_base")));
    HILO_TRY(const auto local, file.number(document.key("rope.freq_base_swa")));
    const double theta = base.value_or(usualGgufRopeBase);
    Json full = {{"rope_type", "proportional"}, {"rope_theta", theta}};
    HILO_CHECK(readTurnedPairs(document, dimension, full));
    document.set("rope_parameters", document.key("rope"),
                 {{"full_attention", std::move(full)},
                  {"sliding_attention", {{"rope_type", "default"}, {"rope_theta", local.value_or(theta)}}}});
    return {};
}

} // namespace hilo
