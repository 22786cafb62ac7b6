// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/rope_config.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hilo {
namespace {

constexpr std::int64_t largestPosition = std::int64_t{1} << 40;
constexpr const char* originalLength = "original_max_position_embeddings";
constexpr std::int64_t usualOriginalLength = 4096; // of phi3's class

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
        {"linear", RopeKind::Linear, {"factor", originalLength}},
        {"dynamic", RopeKind::Dynamic, {"factor", originalLength}},
        {"yarn",
         RopeKind::Yarn,
         {"factor", originalLength, "beta_fast", "beta_slow", "attention_factor", "mscale", "mscale_all_dim",
          "truncate", "finetuned"}},
        {"llama3", RopeKind::Llama3, {"factor", originalLength, "low_freq_factor", "high_freq_factor"}},
        {"longrope", RopeKind::LongRope, {"factor", originalLength, "attention_factor", "short_factor", "long_factor"}},
        {"proportional", RopeKind::Proportional, {"factor"}},
    };
    return kinds;
}

/// Hunyuan's files call it "dynamic"; with alpha all that else belongs to other scalings changes nothing.
const RopeKindKeys& alphaKind()
{
    static const RopeKindKeys kind = {
        "dynamic", RopeKind::None, {"alpha", "factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim"}};
    return kind;
}

/// Where one rotation's parameters stand, and what counts where they say nothing.
struct RopePlace
{
    const JsonObject* config = nullptr;
    std::optional<JsonObject> object;
    const RopeRules* rules = nullptr;
    RopeSizes sizes;
    double theta = 1e4;
    double share = 1;
    double proportionalShare = 0; ///< where there is no object
};

/// Which values of a head are rotated.
Status readShare(const JsonObject& object, const char* key, const RopeRules& rules, double& share)
{
    if (rules.shareKey) {
        HILO_TRY(share, object.numberOr(key, share, 0, 1));
        return {};
    }
    HILO_TRY(const double given, object.numberOr(key, 1, 0, 1e6));
    if (given == 1)
        return {};
    return failure(
        object.errorAt(key, "Only whole heads can be rotated (a factor of 1) in models of this architecture."));
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

bool isByLayerType(const JsonObject& object)
{
    return std::any_of(object.json().begin(), object.json().end(), [](const Json& value) { return value.is_object(); });
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
    HILO_TRY(JsonObject object, config.object(filled("rope_scaling") ? "rope_scaling" : "rope_parameters"));
    return std::optional<JsonObject>(std::move(object));
}

Result<const RopeKindKeys*> readKind(const JsonObject& object, const RopeRules& rules)
{
    HILO_TRY(const std::string older, object.textOr("type", "default"));
    HILO_TRY(const std::string given, object.textOr("rope_type", older));
    const bool olderLongRope = rules.longRope && (given == "su" || given == "yarn");
    const std::string name = olderLongRope ? "longrope" : given;
    if (rules.alpha && name == "dynamic") {
        HILO_TRY(const double alpha, object.numberOr("alpha", 0, 0, 1e9));
        if (alpha != 0)
            return &alphaKind();
    }
    std::string known;
    for (const RopeKindKeys& kind : ropeKinds()) {
        if (rules.longRope && kind.kind != RopeKind::None && kind.kind != RopeKind::LongRope)
            continue;
        if (kind.kind == RopeKind::Proportional && rules.proportionalShare == 0)
            continue;
        if (name == kind.name)
            return &kind;
        known += (known.empty() ? "" : ", ") + std::string(kind.name);
    }
    return failure(
        object.errorAt("rope_type", "The RoPE scaling \"" + name + "\" is not known.", "Known are " + known + "."));
}

Status checkKeys(const JsonObject& object, const RopeKindKeys& kind, const RopeRules& rules)
{
    for (const auto& [key, value] : object.json().items()) {
        const bool always = key == "rope_theta" || key == "rope_type" || key == "type";
        // A factor of 1 scales nothing, whatever the kind.
        const bool neutral = value.is_null() || (key == "factor" && value == 1) || key == "partial_rotary_factor";
        // ministral3 writes the length of the whole model into it, too; nothing reads it.
        const bool ofMinistral =
            rules.positionScale && (key == "llama_4_scaling_beta" || key == "max_position_embeddings");
        const bool ofSections = rules.sections && (key == "mrope_section" || key == "mrope_interleaved");
        if (always || neutral || ofMinistral || ofSections ||
            std::find(kind.keys.begin(), kind.keys.end(), key) != kind.keys.end())
            continue;
        std::string list = "rope_theta";
        for (const std::string& known : kind.keys)
            list += ", " + known;
        return failure(object.errorAt(key,
                                      "RoPE of the kind \"" + std::string(kind.name) +
                                          "\" has no such key here; what it changes would be lost.",
                                      "Known are " + list + "."));
    }
    return {};
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

/// The original length may stand outside of the object too. transformers reads the one inside, of phi3 the one outside,
/// so both have to be the same.
Status readOriginalLength(const RopePlace& place, const JsonObject& object, RopeConfig& rope)
{
    HILO_TRY(rope.originalMaximumPositions, object.integerOr(originalLength, 0, 0, largestPosition));
    if (rope.kind != RopeKind::Yarn && rope.kind != RopeKind::Llama3 && rope.kind != RopeKind::LongRope)
        return {};
    const std::int64_t inside =
        rope.originalMaximumPositions > 0 ? rope.originalMaximumPositions : place.sizes.maximumPositions;
    const std::int64_t fallback = place.rules->longRope ? usualOriginalLength : inside;
    HILO_TRY(const std::int64_t beside, place.config->integerOr(originalLength, fallback, 0, largestPosition));
    if (place.rules->longRope && rope.originalMaximumPositions == 0) {
        rope.originalMaximumPositions = beside;
        return {};
    }
    if (beside == inside) {
        if (rope.kind == RopeKind::LongRope)
            rope.originalMaximumPositions = inside;
        return {};
    }
    return failure(place.config->errorAt(originalLength,
                                         "Is " + std::to_string(beside) + ", but the RoPE scaling works with " +
                                             std::to_string(inside) + ".",
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

/// Phi-3's scaling (2402.13753): a divisor for every frequency, of short and of long texts.
Status readLongRope(const JsonObject& object, std::int64_t dimension, RopeConfig& rope)
{
    const auto factors = [&](const char* key) -> Result<std::vector<float>> {
        HILO_TRY(const Json* list, object.array(key));
        std::vector<float> values;
        for (const Json& entry : *list) {
            if (!entry.is_number() || !(entry.get<double>() > 0) || !std::isfinite(entry.get<double>()))
                return failure(object.errorAt(key, "A list of positive numbers was expected, not " + shownJson(entry) +
                                                       " in it."));
            values.push_back(entry.get<float>());
        }
        if (static_cast<std::int64_t>(values.size()) != dimension / 2)
            return failure(object.errorAt(key, "Has " + std::to_string(values.size()) + " numbers, but " +
                                                   std::to_string(dimension / 2) + " pairs of a head are rotated."));
        return values;
    };
    HILO_TRY(rope.factors, factors("short_factor"));
    HILO_TRY(rope.longFactors, factors("long_factor"));
    if (object.has("attention_factor")) {
        HILO_TRY(rope.attentionFactor, object.number("attention_factor", 1e-6, 1e6));
    } else {
        const auto original = static_cast<double>(std::max<std::int64_t>(rope.originalMaximumPositions, 2));
        rope.attentionFactor = rope.factor <= 1 ? 1 : std::sqrt(1 + std::log(rope.factor) / std::log(original));
    }
    return {};
}

/// How many of a head's pairs turn; the frequencies are those of the whole head.
void setTurnedPairs(const RopePlace& place, double share, RopeConfig& rope)
{
    rope.kind = RopeKind::Proportional;
    rope.turnedPairs =
        static_cast<std::int64_t>(std::floor(share * static_cast<double>(place.sizes.headDimension) / 2));
}

Status readFactor(const RopePlace& place, const JsonObject& object, RopeConfig& rope)
{
    if (rope.kind == RopeKind::Proportional) {
        HILO_TRY(rope.factor, object.numberOr("factor", 1, 1e-6, 1e6));
        return {};
    }
    const bool mayLack =
        rope.kind == RopeKind::LongRope || (rope.kind == RopeKind::Yarn && object.json().contains("factor"));
    if (mayLack && !object.has("factor") && rope.originalMaximumPositions > 0) {
        rope.factor =
            static_cast<double>(place.sizes.maximumPositions) / static_cast<double>(rope.originalMaximumPositions);
        return {};
    }
    HILO_TRY(rope.factor, object.number("factor", 1e-6, 1e6));
    return {};
}

/// Sizes and pairs of the rotation.
Status finishDimension(const RopePlace& place, double share, RopeConfig& rope)
{
    const auto dimension = static_cast<std::int64_t>(static_cast<double>(place.sizes.headDimension) * share);
    rope.interleaved = place.rules->interleaved;
    rope.dimension = dimension == place.sizes.headDimension ? 0 : dimension;
    if (place.rules->shareKey && (dimension < 2 || dimension % 2 != 0))
        return failure(place.config->errorAt(place.rules->shareKey,
                                             "An even number of a head's " + std::to_string(place.sizes.headDimension) +
                                                 " values must be rotated, not " + std::to_string(dimension) + "."));
    return {};
}

Result<RopeConfig> readRope(const RopePlace& place)
{
    const RopeRules& rules = *place.rules;
    RopeConfig rope;
    rope.theta = place.theta;
    double share = place.share;
    if (!place.object) {
        HILO_CHECK(finishDimension(place, share, rope));
        if (place.proportionalShare > 0)
            setTurnedPairs(place, place.proportionalShare, rope);
        return rope;
    }
    const JsonObject& object = *place.object;
    HILO_TRY(const RopeKindKeys* kind, readKind(object, rules));
    HILO_CHECK(checkKeys(object, *kind, rules));
    if (kind->kind == RopeKind::Proportional) {
        HILO_TRY(const double turned, object.numberOr("partial_rotary_factor", 1, 0, 1));
        setTurnedPairs(place, turned, rope);
    } else {
        HILO_CHECK(readShare(object, "partial_rotary_factor", rules, share));
    }
    HILO_CHECK(finishDimension(place, share, rope));
    HILO_TRY(rope.theta, object.numberOr("rope_theta", rope.theta, 1, 1e12));
    if (rules.positionScale) {
        HILO_TRY(rope.positionScale, object.number("llama_4_scaling_beta", 0, 1e6));
    }
    if (kind == &alphaKind()) {
        HILO_TRY(const double alpha, object.number("alpha", 1e-9, 1e9));
        const auto d = static_cast<double>(place.sizes.headDimension);
        rope.theta *= std::pow(alpha, d / (d - 2));
    }
    rope.kind = kind->kind;
    if (rope.kind == RopeKind::None && rope.positionScale == 0)
        return rope;
    HILO_CHECK(readOriginalLength(place, object, rope));
    if (rope.positionScale > 0 && rope.originalMaximumPositions == 0)
        return failure(object.errorAt(originalLength, "The length that llama_4_scaling_beta counts in is missing."));
    if (rope.kind == RopeKind::None)
        return rope;
    HILO_CHECK(readFactor(place, object, rope));
    if (rope.kind == RopeKind::Yarn)
        HILO_CHECK(readYarn(object, rope));
    if (rope.kind == RopeKind::LongRope)
        HILO_CHECK(readLongRope(object, rope.dimension > 0 ? rope.dimension : place.sizes.headDimension, rope));
    HILO_TRY(rope.lowFrequencyFactor, object.numberOr("low_freq_factor", 1, 1e-6, 1e6));
    HILO_TRY(rope.highFrequencyFactor, object.numberOr("high_freq_factor", 4, 1e-6, 1e6));
    if (rope.kind == RopeKind::Llama3 && rope.highFrequencyFactor <= rope.lowFrequencyFactor)
        return failure(object.errorAt("high_freq_factor", "Must be above low_freq_factor."));
    return rope;
}

/// Sliding layers that rotate by themselves: in files of transformers 4 the scaling is the full layers' alone, in those
/// of version 5 each kind has its own object.
Result<Ropes> readTwoRopes(const JsonObject& config, RopePlace main, RopePlace local)
{
    const RopeRules& rules = *main.rules;
    if (main.object && isByLayerType(*main.object)) {
        const JsonObject both = *main.object;
        for (const auto& [key, value] : both.json().items())
            if (key != "full_attention" && key != "sliding_attention" && !value.is_null())
                return failure(both.errorAt(key,
                                            "Stands beside parameters by kind of layer, so its meaning is unclear.",
                                            "Known are full_attention and sliding_attention."));
        main.object.reset();
        for (auto& [place, key] : {std::pair{&main, "full_attention"}, std::pair{&local, "sliding_attention"}}) {
            if (!both.has(key) && rules.proportionalShare > 0)
                return failure(both.errorAt(key, "Is missing; models of this architecture need both kinds of layers."));
            if (!both.has(key))
                continue;
            HILO_TRY(place->object, both.object(key));
            if (rules.proportionalShare > 0 && !place->object->has("rope_theta"))
                return failure(place->object->errorAt("rope_theta", "Is missing."));
            HILO_TRY(const bool truncate, place->object->flagOr("truncate", true));
            if (!truncate)
                return failure(place->object->errorAt("truncate", "Is not read by kind of layer."));
        }
    } else if (main.object && config.has("rope_parameters")) {
        return failure(config.errorAt("rope_parameters", "Parameters by kind of layer were expected: full_attention "
                                                         "and sliding_attention."));
    } else if (main.object && !main.object->has("rope_type") && main.object->has("type") &&
               main.object->json()["type"] != "default") {
        // Version 5 puts the object's keys over an object whose rope_type is "default", which stays.
        return failure(main.object->errorAt(
            "type", "Is read by version 4 of transformers and passed over by version 5 in models of this architecture.",
            "Call it rope_type if the model was trained with the scaling; otherwise remove rope_scaling."));
    } else if (!rules.localThetaKey && rules.proportionalShare == 0 && main.theta != local.theta) {
        return failure(config.errorAt(rules.thetaKey,
                                      "Counts for the full layers only; the sliding ones would keep " +
                                          std::to_string(static_cast<std::int64_t>(local.theta)) + ".",
                                      "Write rope_parameters with full_attention and sliding_attention."));
    }
    Ropes ropes;
    HILO_TRY(ropes.main, readRope(main));
    HILO_TRY(ropes.local, readRope(local));
    if (main.sizes.headDimension != local.sizes.headDimension) {
        ropes.main.headDimension = main.sizes.headDimension;
        ropes.local.headDimension = local.sizes.headDimension;
    }
    return ropes;
}

} // namespace

Result<Ropes> readRopes(const JsonObject& config, const RopeRules& rules, const RopeSizes& sizes)
{
    // Classes that know parameters by kind of layer alone pass over the keys of older files.
    for (const char* key : {"rope_theta", "rope_scaling"})
        if (rules.proportionalShare > 0 && config.has(key))
            return failure(config.errorAt(key, "Is not read in models of this architecture.",
                                          "Write rope_parameters with full_attention and sliding_attention."));
    RopePlace main;
    main.config = &config;
    main.rules = &rules;
    main.sizes = sizes;
    main.share = rules.share;
    HILO_TRY(main.theta, config.numberOr(rules.thetaKey, rules.theta, 1, 1e12));
    HILO_CHECK(readShare(config, rules.shareKey ? rules.shareKey : "partial_rotary_factor", rules, main.share));
    HILO_TRY(main.object, ropeObject(config));
    if (!main.object && rules.mustBeGiven)
        return failure(config.errorAt("rope_parameters", "Is missing; models of this architecture have a RoPE scaling.",
                                      "Copy it from the model's own config.json."));
    if (rules.localTheta > 0) {
        RopePlace local = main;
        local.object.reset();
        local.theta = rules.localTheta;
        if (sizes.localHeadDimension > 0)
            local.sizes.headDimension = sizes.localHeadDimension;
        main.proportionalShare = main.object ? 0 : rules.proportionalShare;
        if (rules.localThetaKey) {
            HILO_TRY(local.theta, config.numberOr(rules.localThetaKey, rules.localTheta, 1, 1e12));
        }
        return readTwoRopes(config, std::move(main), std::move(local));
    }
    if (main.object) {
        HILO_TRY(main.object, withoutLayerTypes(*main.object));
    }
    Ropes ropes;
    HILO_TRY(ropes.main, readRope(main));
    return ropes;
}

} // namespace hilo
