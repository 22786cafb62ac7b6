// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_rope.h"

#include "formats/half.h"

#include <algorithm>
#include <cmath>
#include <numbers>
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

namespace {

std::int64_t turnedValues(const RopeConfig& rope, std::int64_t headDimension)
{
    return rope.dimension > 0 ? rope.dimension : headDimension;
}

/// Positions that each pair takes for a whole turn.
std::vector<double> waveLengths(const RopeConfig& rope, std::int64_t headDimension)
{
    const auto dimension = static_cast<double>(turnedValues(rope, headDimension));
    std::vector<double> lengths;
    for (double pair = 0; pair < static_cast<double>(turnedValues(rope, headDimension) / 2); ++pair)
        lengths.push_back(2 * std::numbers::pi * std::pow(rope.theta, 2 * pair / dimension));
    return lengths;
}

constexpr double floatNoise = 2e-6; ///< relative, of factors that are stored in 32 bits

bool isNear(double one, double other)
{
    return std::abs(one - other) <= floatNoise * std::abs(other);
}

/// A whole number where it is one but for what 32 bits cost.
double wholeIfNear(double value)
{
    return std::abs(value - std::round(value)) <= 1e-4 * std::abs(value) ? std::round(value) : value;
}

/// A wave and its share of what is kept: share = original / ((high - low) · length) - low / (high - low), of the waves
/// that are neither kept nor stretched whole.
struct BlendedWave
{
    double length;
    double share;
};

/// The original length and high_freq_factor where low_freq_factor is 1: only their ratios count.
struct Ramp
{
    double original;
    double high;
};

std::optional<Ramp> rampThrough(const std::vector<BlendedWave>& blended, double longestKept, double shortestStretched)
{
    constexpr double usualHigh = 4;
    if (blended.empty()) {
        // Any ramp that lies between the two.
        const double high = std::min(usualHigh, std::sqrt(shortestStretched / longestKept));
        return Ramp{std::sqrt(high * longestKept * shortestStretched), high};
    }
    if (blended.size() == 1) {
        // Through the point, and as steep as leaves the others out.
        const auto [length, share] = blended.front();
        for (double high = usualHigh; high > 1.001; high = 1 + (high - 1) / 2) {
            const double original = length * (1 + (high - 1) * share);
            if (original / high >= longestKept && (shortestStretched == 0 || original <= shortestStretched))
                return Ramp{original, high};
        }
        return std::nullopt;
    }
    // The line through the outermost points.
    const BlendedWave& first = blended.front();
    const BlendedWave& last = blended.back();
    const double slope = (first.share - last.share) / (1 / first.length - 1 / last.length);
    const double offset = slope / first.length - first.share;
    if (!(slope > 0) || !(offset > 0))
        return std::nullopt;
    return Ramp{slope / offset, 1 + 1 / offset};
}

bool isFactorsOf(const RopeConfig& made, const std::vector<float>& factors, std::int64_t headDimension)
{
    const std::vector<float> back = llama3Factors(made, made.originalMaximumPositions, headDimension);
    return std::equal(back.begin(), back.end(), factors.begin(), factors.end(), [](float one, float other) {
        return isNear(static_cast<double>(one), static_cast<double>(other));
    });
}

} // namespace

std::vector<float> llama3Factors(const RopeConfig& rope, std::int64_t maximumPositions, std::int64_t headDimension)
{
    // Long waves are stretched by factor, short ones kept, those between blended.
    const auto original =
        static_cast<double>(rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : maximumPositions);
    std::vector<float> factors;
    for (const double length : waveLengths(rope, headDimension)) {
        const double share =
            (original / length - rope.lowFrequencyFactor) / (rope.highFrequencyFactor - rope.lowFrequencyFactor);
        const double kept = std::clamp(share, 0.0, 1.0);
        factors.push_back(static_cast<float>(1 / ((1 - kept) / rope.factor + kept)));
    }
    return factors;
}

std::optional<RopeConfig> llama3RopeOf(const RopeConfig& rope, std::int64_t headDimension)
{
    const std::vector<double> lengths = waveLengths(rope, headDimension);
    if (rope.kind != RopeKind::Factors || rope.factors.empty() || lengths.size() != rope.factors.size())
        return std::nullopt;
    RopeConfig result = rope;
    result.factors.clear();
    result.factor = wholeIfNear(static_cast<double>(*std::max_element(rope.factors.begin(), rope.factors.end())));
    const double factor = result.factor;
    std::vector<BlendedWave> blended;
    double longestKept = 0, shortestStretched = 0;
    for (std::size_t pair = 0; pair < lengths.size(); ++pair) {
        const auto stored = static_cast<double>(rope.factors[pair]);
        if (isNear(stored, factor))
            shortestStretched = shortestStretched > 0 ? std::min(shortestStretched, lengths[pair]) : lengths[pair];
        else if (isNear(stored, 1))
            longestKept = std::max(longestKept, lengths[pair]);
        else
            blended.push_back({lengths[pair], (1 / stored - 1 / factor) / (1 - 1 / factor)});
        if (!blended.empty() && !(blended.back().share > 0 && blended.back().share < 1))
            return std::nullopt;
    }
    if (blended.empty() && longestKept == 0) {
        result.kind = isNear(factor, 1) ? RopeKind::None : RopeKind::Linear;
        return result;
    }
    const std::optional<Ramp> ramp = rampThrough(blended, longestKept, shortestStretched);
    constexpr double mostPositions = 1e12;
    if (!ramp || !(ramp->original < mostPositions))
        return std::nullopt;
    result.kind = RopeKind::Llama3;
    // The length is a whole number of positions; where low_freq_factor was not 1, a multiple of it is.
    for (int low = 1; low <= 8; ++low) {
        result.lowFrequencyFactor = low;
        result.originalMaximumPositions = std::llround(low * ramp->original);
        result.highFrequencyFactor = wholeIfNear(low * ramp->high);
        if (blended.size() == 1 && result.originalMaximumPositions > 0)
            result.highFrequencyFactor = wholeIfNear(
                low + (static_cast<double>(result.originalMaximumPositions) / blended.front().length - low) /
                          blended.front().share);
        if (result.originalMaximumPositions > 0 && result.highFrequencyFactor > low &&
            isFactorsOf(result, rope.factors, headDimension))
            return result;
    }
    return std::nullopt;
}

} // namespace hilo
