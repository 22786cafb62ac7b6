// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/rope_config.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hilo {
namespace {

constexpr std::int64_t largestPosition = std::int64_t{1} << 40;

/// One kind of scaling: its name and which keys it reads. A key that stands here for no kind is unknown.
struct RopeKindKeys
{
    const char* name;
    RopeKind kind;
    std::vector<std::string> keys;
};

const std::vector<RopeKindKeys>& ropeKinds()
{
    static const std::vector<RopeKindKeys> kinds = {
        {"default", RopeKind::None, {}},
        // Writers put the original length beside these two as well; neither depends on it.
        {"linear", RopeKind::Linear, {"factor", "original_max_position_embeddings"}},
        {"dynamic", RopeKind::Dynamic, {"factor", "original_max_position_embeddings"}},
        {"yarn",
         RopeKind::Yarn,
         {"factor", "original_max_position_embeddings", "beta_fast", "beta_slow", "attention_factor", "mscale",
          "mscale_all_dim", "truncate", "finetuned"}},
        {"llama3",
         RopeKind::Llama3,
         {"factor", "original_max_position_embeddings", "low_freq_factor", "high_freq_factor"}},
    };
    return kinds;
}

/// Whole heads are rotated by every family here; another share would be other numbers.
Status checkPartialRotation(const JsonObject& object)
{
    HILO_TRY(const double share, object.numberOr("partial_rotary_factor", 1, 0, 1e6));
    if (share == 1)
        return {};
    return failure(object.errorAt("partial_rotary_factor",
                                  "Only whole heads can be rotated (a factor of 1) in models of this architecture."));
}

/// Parameters by kind of layer ("full_attention", "sliding_attention") are flat ones where all kinds have the same.
Result<JsonObject> withoutLayerTypes(const JsonObject& object)
{
    std::optional<std::string> first;
    for (const auto& [key, value] : object.json().items()) {
        if (!value.is_object())
            continue;
        if (first && value != object.json()[*first])
            return failure(object.errorAt(key, "The layers rotate in different ways, which is not supported.",
                                          "It is " + value.dump() + " here and " + object.json()[*first].dump() +
                                              " in " + *first + "."));
        if (!first)
            first = key;
    }
    if (!first)
        return object;
    for (const auto& [key, value] : object.json().items())
        if (!value.is_object() && !value.is_null())
            return failure(
                object.errorAt(key, "Stands beside parameters by kind of layer, so its meaning is unclear."));
    return object.object(*first);
}

/// transformers 5 lets rope_scaling replace rope_parameters, version 4 knows the former only; where both stand and
/// differ, whoever wrote them has to say which one is meant.
Result<std::optional<JsonObject>> ropeObject(const JsonObject& config)
{
    const auto filled = [&config](const char* key) {
        return config.has(key) && !(config.json()[key].is_object() && config.json()[key].empty());
    };
    if (!filled("rope_scaling") && !filled("rope_parameters"))
        return std::optional<JsonObject>();
    if (filled("rope_scaling") && filled("rope_parameters") &&
        config.json()["rope_scaling"] != config.json()["rope_parameters"])
        return failure(config.errorAt("rope_scaling", "Says something else than rope_parameters.",
                                      "Remove the one that the model was not trained with."));
    HILO_TRY(const JsonObject object, config.object(filled("rope_scaling") ? "rope_scaling" : "rope_parameters"));
    HILO_TRY(JsonObject flat, withoutLayerTypes(object));
    return std::optional<JsonObject>(std::move(flat));
}

Result<const RopeKindKeys*> readKind(const JsonObject& object)
{
    HILO_TRY(const std::string older, object.textOr("type", "default"));
    HILO_TRY(const std::string name, object.textOr("rope_type", older));
    std::string known;
    for (const RopeKindKeys& kind : ropeKinds()) {
        if (name == kind.name)
            return &kind;
        known += (known.empty() ? "" : ", ") + std::string(kind.name);
    }
    return failure(
        object.errorAt("rope_type", "The RoPE scaling \"" + name + "\" is not known.", "Known are " + known + "."));
}

Status checkKeys(const JsonObject& object, const RopeKindKeys& kind)
{
    for (const auto& [key, value] : object.json().items()) {
        const bool always = key == "rope_theta" || key == "rope_type" || key == "type";
        // A factor of 1 scales nothing, whatever the kind.
        const bool neutral = value.is_null() || (key == "factor" && value == 1) || key == "partial_rotary_factor";
        if (always || neutral || std::find(kind.keys.begin(), kind.keys.end(), key) != kind.keys.end())
            continue;
        std::string list = "rope_theta";
        for (const std::string& known : kind.keys)
            list += ", " + known;
        return failure(object.errorAt(key,
                                      "RoPE of the kind \"" + std::string(kind.name) +
                                          "\" has no such key here; what it changes would be lost.",
                                      "Known are " + list + "."));
    }
    return checkPartialRotation(object);
}

/// YaRN's factor on cos and sin where none is given: of mscale and mscale_all_dim when both are there, as DeepSeek's
/// models have them; one of them alone changes nothing.
Result<double> yarnAttentionFactor(const JsonObject& object, double factor)
{
    if (object.has("attention_factor"))
        return object.number("attention_factor", 1e-6, 1e6);
    HILO_TRY(const double scale, object.numberOr("mscale", 0, 0, 1e6));
    HILO_TRY(const double scaleOfAll, object.numberOr("mscale_all_dim", 0, 0, 1e6));
    if (scale == 0 || scaleOfAll == 0)
        return 0.0;
    const auto magnitude = [factor](double by) { return factor <= 1 ? 1 : 0.1 * by * std::log(factor) + 1; };
    return magnitude(scale) / magnitude(scaleOfAll);
}

/// The original length may stand outside of the object too; transformers reads the one inside.
Status checkLengthBeside(const JsonObject& config, const RopeConfig& rope, std::int64_t maximumPositions)
{
    const char* key = "original_max_position_embeddings";
    const std::int64_t used = rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : maximumPositions;
    if (rope.kind != RopeKind::Yarn && rope.kind != RopeKind::Llama3)
        return {};
    HILO_TRY(const std::int64_t beside, config.integerOr(key, used, 0, largestPosition));
    if (beside == used)
        return {};
    return failure(config.errorAt(
        key, "Is " + std::to_string(beside) + ", but the RoPE scaling works with " + std::to_string(used) + ".",
        "Write the length that the model was trained with into rope_scaling."));
}

Status readYarn(const JsonObject& object, RopeConfig& rope)
{
    // 0 means "the usual one" there.
    HILO_TRY(const double fast, object.numberOr("beta_fast", 0, 0, 1e6));
    HILO_TRY(const double slow, object.numberOr("beta_slow", 0, 0, 1e6));
    rope.betaFast = fast == 0 ? 32 : fast;
    rope.betaSlow = slow == 0 ? 1 : slow;
    HILO_TRY(rope.truncate, object.flagOr("truncate", true));
    HILO_TRY(rope.attentionFactor, yarnAttentionFactor(object, rope.factor));
    return {};
}

} // namespace

Result<RopeConfig> readRopeConfig(const JsonObject& config, std::int64_t maximumPositions)
{
    RopeConfig rope;
    HILO_TRY(rope.theta, config.numberOr("rope_theta", 1e4, 1, 1e12));
    HILO_CHECK(checkPartialRotation(config));
    HILO_TRY(const std::optional<JsonObject> given, ropeObject(config));
    if (!given)
        return rope;
    const JsonObject& object = *given;
    HILO_TRY(const RopeKindKeys* kind, readKind(object));
    HILO_CHECK(checkKeys(object, *kind));
    HILO_TRY(rope.theta, object.numberOr("rope_theta", rope.theta, 1, 1e12));
    rope.kind = kind->kind;
    if (rope.kind == RopeKind::None)
        return rope;
    HILO_TRY(rope.originalMaximumPositions,
             object.integerOr("original_max_position_embeddings", 0, 0, largestPosition));
    HILO_CHECK(checkLengthBeside(config, rope, maximumPositions));
    const bool fromLengths = rope.kind == RopeKind::Yarn && object.json().contains("factor") && !object.has("factor") &&
                             rope.originalMaximumPositions > 0;
    HILO_TRY(rope.factor, fromLengths ? Result<double>(static_cast<double>(maximumPositions) /
                                                       static_cast<double>(rope.originalMaximumPositions))
                                      : object.number("factor", 1e-6, 1e6));
    if (rope.kind == RopeKind::Yarn)
        HILO_CHECK(readYarn(object, rope));
    HILO_TRY(rope.lowFrequencyFactor, object.numberOr("low_freq_factor", 1, 1e-6, 1e6));
    HILO_TRY(rope.highFrequencyFactor, object.numberOr("high_freq_factor", 4, 1e-6, 1e6));
    if (rope.kind == RopeKind::Llama3 && rope.highFrequencyFactor <= rope.lowFrequencyFactor)
        return failure(object.errorAt("high_freq_factor", "Must be above low_freq_factor."));
    return rope;
}

} // namespace hilo
