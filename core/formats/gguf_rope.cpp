// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_rope.h"

#include "formats/half.h"

#include <cmath>
#include <vector>

namespace hilo {

Result<std::vector<float>> positiveRopeFactors(const GgufFile& file, const char* name, std::int64_t count)
{
    const std::string place = "tensor \"" + std::string(name) + "\"";
    const GgufTensor* tensor = file.find(name);
    if (!tensor || tensor->info.type != DataType::F32 || tensor->info.shape != std::vector{count})
        return failure(
            badInput(file.name, place,
                     "A list of " + std::to_string(count) + " F32 numbers was expected, one for each frequency."));
    std::vector<float> factors(static_cast<std::size_t>(count));
    HILO_CHECK(decodeToFloat32({tensor->info, tensor->bytes, file.owner}, factors));
    for (const float factor : factors)
        if (!std::isfinite(factor) || factor <= 0)
            return failure(badInput(file.name, place, "A factor is not a positive number."));
    return factors;
}

double shareOfHead(std::int64_t dimension, std::int64_t headDimension)
{
    double share = static_cast<double>(dimension) / static_cast<double>(headDimension);
    while (static_cast<std::int64_t>(static_cast<double>(headDimension) * share) < dimension)
        share = std::nextafter(share, 2);
    return share;
}

namespace {

/// The factor on cos and sin. yarn_attn_factor is config.json's attention_factor as the converter copies it;
/// attn_factor is what llama.cpp multiplies its own factor by, which yarn_log_multiplier changes.
Status readYarnKeys(const GgufDocument& document, double scale, Json& scaling)
{
    const auto numberAt = [&](const char* name) { return document.file().number(document.key(name)); };
    const auto magnitude = [scale](double by) { return scale <= 1 ? 1 : 0.1 * by * std::log(scale) + 1; };
    HILO_TRY(const auto attention, numberAt("rope.scaling.attn_factor"));
    HILO_TRY(const auto whole, numberAt("rope.scaling.yarn_attn_factor"));
    HILO_TRY(const auto logMultiplier, numberAt("rope.scaling.yarn_log_multiplier"));
    const double ofAll = logMultiplier.value_or(0);
    if (attention || ofAll != 0)
        scaling["attention_factor"] = attention.value_or(1) * magnitude(1) / (ofAll != 0 ? magnitude(ofAll) : 1);
    else if (whole)
        scaling["attention_factor"] = *whole;
    for (const auto& [name, jsonKey] : {std::pair{"rope.scaling.yarn_beta_fast", "beta_fast"},
                                        std::pair{"rope.scaling.yarn_beta_slow", "beta_slow"}}) {
        HILO_TRY(const auto turns, numberAt(name));
        if (turns)
            scaling[jsonKey] = *turns;
    }
    return {};
}

/// Phi-3's factors for short and for long texts are tensors.
Status readLongRope(GgufDocument& document, std::int64_t dimension, Json& rope)
{
    HILO_TRY(const std::vector<float> shortFactors,
             positiveRopeFactors(document.file(), "rope_factors_short.weight", dimension / 2));
    HILO_TRY(const std::vector<float> longFactors,
             positiveRopeFactors(document.file(), "rope_factors_long.weight", dimension / 2));
    rope["rope_type"] = "longrope";
    rope["short_factor"] = shortFactors;
    rope["long_factor"] = longFactors;
    HILO_TRY(const auto attention, document.file().number(document.key("rope.scaling.attn_factor")));
    rope["attention_factor"] = attention.value_or(1);
    return {};
}

Status readScaling(const GgufDocument& document, Json& rope)
{
    const GgufFile& file = document.file();
    HILO_TRY(const auto kind, file.text(document.key("rope.scaling.type")));
    HILO_TRY(const auto factor, file.number(document.key("rope.scaling.factor")));
    HILO_TRY(const auto olderFactor, file.number(document.key("rope.scale_linear")));
    const std::string type = kind.value_or(factor || olderFactor ? "linear" : "none");
    const double scale = factor.value_or(olderFactor.value_or(0));
    // llama.cpp multiplies cos and sin by it whatever the scaling, in gemma3 those of the sliding layers too.
    HILO_TRY(const auto attention, file.number(document.key("rope.scaling.attn_factor")));
    if (attention && *attention != 1 && (type != "yarn" || document.entry().rope.localThetaKey))
        return failure(document.errorAt("rope.scaling.attn_factor",
                                        "A factor on the rotation is supported under yarn scaling alone, and in no "
                                        "layers that rotate by a base of their own."));
    if (type == "none" || (type == "linear" && (scale == 0 || scale == 1)))
        return {};
    rope["rope_type"] = type;
    rope["factor"] = scale;
    if (type == "yarn" && scale > 0)
        HILO_CHECK(readYarnKeys(document, scale, rope));
    return {};
}

} // namespace

Status readGgufRope(GgufDocument& document, std::int64_t headDimension)
{
    if (document.isGpt2())
        return {};
    const GgufFile& file = document.file();
    const RopeRules& rules = document.entry().rope;
    HILO_TRY(const auto base, file.number(document.key("rope.freq_base")));
    HILO_TRY(const auto rotated, file.integer(document.key("rope.dimension_count"), 0, largestGgufNumber));
    HILO_TRY(const auto original,
             file.integer(document.key("rope.scaling.original_context_length"), 0, largestGgufNumber));
    const std::int64_t dimension = rotated.value_or(headDimension);
    if (dimension > headDimension || (!rules.shareKey && dimension != headDimension))
        return failure(document.errorAt("rope.dimension_count", "Only " + std::to_string(headDimension) +
                                                                    " is supported here, not " +
                                                                    std::to_string(dimension) + "."));
    Json rope = {{"rope_type", "default"}, {"rope_theta", base.value_or(usualGgufRopeBase)}};
    if (rules.longRope && (file.find("rope_factors_long.weight") || file.find("rope_factors_short.weight"))) {
        HILO_CHECK(readLongRope(document, dimension, rope));
    } else {
        HILO_CHECK(readScaling(document, rope));
    }
    if (original && *original > 0 && rope["rope_type"] != "default") {
        rope["original_max_position_embeddings"] = *original;
        if (rules.longRope)
            document.set("original_max_position_embeddings", document.key("rope.scaling.original_context_length"),
                         *original);
    }
    if (dimension != headDimension || rules.shareKey)
        rope["partial_rotary_factor"] = shareOfHead(dimension, headDimension);
    if (rules.positionScale) {
        HILO_TRY(const auto temperature, file.number(document.key("attention.temperature_scale")));
        rope["llama_4_scaling_beta"] = temperature.value_or(0);
    }
    if (rules.localTheta > 0) {
        // Rotations of sliding layers are never scaled. Where the file says no base, llama.cpp has gemma3's own, of
        // olmo2 the model's.
        const double usual = rules.localThetaKey ? rules.localTheta : base.value_or(usualGgufRopeBase);
        HILO_TRY(const auto local, file.number(document.key("rope.freq_base_swa")));
        rope = {{"full_attention", std::move(rope)},
                {"sliding_attention", {{"rope_type", "default"}, {"rope_theta", local.value_or(usual)}}}};
    }
    document.set("rope_parameters", document.key("rope.scaling"), std::move(rope));
    return {};
}

Status readGgufRopeFactors(const GgufFile& file, ModelConfig& config)
{
    constexpr const char* name = "rope_freqs.weight";
    if (!file.find(name))
        return {};
    const std::int64_t dimension = config.rope.dimension > 0 ? config.rope.dimension : config.headDimension;
    HILO_TRY(std::vector<float> factors, positiveRopeFactors(file, name, dimension / 2));
    if (config.rope.kind != RopeKind::None && config.rope.kind != RopeKind::Linear)
        return failure(badInput(file.name, "tensor \"" + std::string(name) + "\"",
                                "Frequency factors together with yarn scaling are not supported."));
    if (config.rope.kind == RopeKind::Linear)
        for (float& factor : factors)
            factor *= static_cast<float>(config.rope.factor);
    config.rope.kind = RopeKind::Factors;
    config.rope.factors = std::move(factors);
    return {};
}

} // namespace hilo
