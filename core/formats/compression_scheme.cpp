// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/compression_scheme.h"

#include "formats/quantised_parts.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace hilo {
namespace {

constexpr std::int64_t greatestTile = std::int64_t{1} << 31;
constexpr std::array readFormats = {"pack-quantized", "int-quantized", "float-quantized", "naive-quantized"};

bool isReadFormat(const std::string& format)
{
    return std::find(readFormats.begin(), readFormats.end(), format) != readFormats.end();
}

/// [128, 128], or "128x128" of older versions.
Status readTileSize(const JsonObject& weights, WeightScheme& scheme)
{
    constexpr const char* key = "block_structure";
    const auto bad = [&] {
        return failure(weights.errorAt(key, "Two sizes from 1 were expected, rows and columns, not " +
                                                (weights.has(key) ? shownJson(weights.json()[key]) : "nothing") + "."));
    };
    if (!weights.has(key))
        return bad();
    const Json& value = weights.json()[key];
    std::array<std::int64_t, 2> sizes = {0, 0};
    if (value.is_array() && value.size() == 2 && value[0].is_number_unsigned() && value[1].is_number_unsigned()) {
        for (std::size_t i = 0; i < 2; ++i)
            sizes[i] = static_cast<std::int64_t>(
                std::min<std::uint64_t>(value[i].get<std::uint64_t>(), std::uint64_t{1} << 32));
    } else if (value.is_string()) {
        const std::string text = value.get<std::string>();
        const std::size_t cross = text.find('x');
        const auto isNumber = [](const std::string& part) {
            return !part.empty() && part.size() < 10 && part.find_first_not_of("0123456789") == std::string::npos;
        };
        if (cross == std::string::npos || !isNumber(text.substr(0, cross)) || !isNumber(text.substr(cross + 1)))
            return bad();
        sizes = {std::stoll(text.substr(0, cross)), std::stoll(text.substr(cross + 1))};
    }
    if (sizes[0] < 1 || sizes[1] < 1 || sizes[0] > greatestTile || sizes[1] > greatestTile)
        return bad();
    scheme.tileRows = sizes[0];
    scheme.tileColumns = sizes[1];
    return {};
}

/// Why such scales are not read; empty where they are.
Result<std::string> readScales(const JsonObject& weights, WeightScheme& scheme)
{
    HILO_TRY(scheme.groupSize, weights.integerOr("group_size", 0, -1, greatestTile));
    if (weights.has("group_size") && scheme.groupSize == 0)
        return failure(weights.errorAt("group_size", "The size of a group is 0."));
    const std::string usual = scheme.groupSize > 0 ? "group" : scheme.groupSize < 0 ? "channel" : "tensor";
    HILO_TRY(std::string strategy, weights.textOr("strategy", usual));
    if (strategy == "group" && scheme.groupSize < 0)
        strategy = "channel";
    if (strategy == "tensor") {
        scheme.scales = WeightScheme::Scales::Tensor;
    } else if (strategy == "channel") {
        scheme.scales = WeightScheme::Scales::Row;
    } else if (strategy == "group") {
        scheme.scales = WeightScheme::Scales::Group;
        if (scheme.groupSize == 0)
            return failure(weights.errorAt("group_size", "The size of a group is missing."));
    } else if (strategy == "block") {
        scheme.scales = WeightScheme::Scales::Tile;
        HILO_CHECK(readTileSize(weights, scheme));
    } else {
        return weights.placeOf("strategy") + " \"" + strategy + "\" is not read; tensor, channel, group and block are";
    }
    return std::string();
}

/// Why such weights are not read; empty where they are.
Result<std::string> readScheme(const JsonObject& weights, const std::string& format, WeightScheme& scheme)
{
    if (std::string unknown = unknownKey(
            weights,
            {"num_bits", "type", "symmetric", "strategy", "group_size", "block_structure", "dynamic", "actorder"},
            {"observer", "observer_kwargs", "scale_dtype", "zp_dtype"});
        !unknown.empty())
        return unknown;
    scheme.format = format;
    if (!isReadFormat(format))
        return "the format " + format +
               " is not read; pack-quantized, int-quantized, float-quantized and "
               "naive-quantized are";
    HILO_TRY(const std::int64_t bits, weights.integerOr("num_bits", 8, 1, 16));
    HILO_TRY(const std::string type, weights.textOr("type", "int"));
    HILO_TRY(scheme.symmetric, weights.flagOr("symmetric", true));
    scheme.bits = static_cast<unsigned>(bits);
    scheme.isFloat = type == "float";
    if (!scheme.isFloat && type != "int")
        return failure(weights.errorAt("type", "\"" + type + "\" is none of int, float."));
    if (scheme.bits > 8 || (scheme.isFloat && (scheme.bits != 8 || format == "pack-quantized")))
        return type + " of " + std::to_string(bits) + " bits in the format " + format + " is not read";
    if (weights.has("dynamic") && weights.json()["dynamic"] != false)
        return weights.placeOf("dynamic") + " is set for weights";
    return readScales(weights, scheme);
}

} // namespace

Result<bool> CompressionSchemes::Target::fits(const std::string& module) const
{
    return pattern ? pattern->matches(module) : Result<bool>(module == text);
}

Result<std::vector<CompressionSchemes::Target>> CompressionSchemes::targetsOf(const JsonObject& object,
                                                                              const std::string& key, std::size_t group)
{
    HILO_TRY(const std::vector<std::string> texts, textsOf(object, key));
    std::vector<Target> targets;
    for (const std::string& text : texts) {
        Target target{text, std::nullopt, group};
        if (text.starts_with("re:")) {
            HILO_TRY(target.pattern, NamePattern::of(text.substr(3), object.file(), object.placeOf(key)));
        }
        targets.push_back(std::move(target));
    }
    return targets;
}

Status CompressionSchemes::addGroup(const JsonObject& group, const std::string& format)
{
    if (refusal_.empty())
        refusal_ =
            unknownKey(group, {"targets", "weights", "input_activations", "output_activations", "format"}, {"name"});
    HILO_TRY(const std::vector<Target> targets, targetsOf(group, "targets", groups_.size()));
    targets_.insert(targets_.end(), targets.begin(), targets.end());
    quantisesActivations_ = quantisesActivations_ || group.has("input_activations") || group.has("output_activations");
    std::optional<WeightScheme> scheme;
    if (group.has("weights")) {
        HILO_TRY(const JsonObject weights, group.object("weights"));
        HILO_TRY(const std::string own, group.textOr("format", format));
        scheme.emplace();
        HILO_TRY(const std::string why, readScheme(weights, own, *scheme));
        if (refusal_.empty())
            refusal_ = why;
    }
    groups_.push_back(scheme);
    return {};
}

Result<CompressionSchemes> CompressionSchemes::parse(const JsonObject& settings)
{
    CompressionSchemes schemes;
    schemes.refusal_ = unknownKey(settings,
                                  {"quant_method", "config_groups", "ignore", "format", "quantization_status",
                                   "sparsity_config", "transform_config", "kv_cache_scheme"},
                                  {"global_compression_ratio", "version", "run_compressed"});
    if (settings.has("transform_config") && !settings.json()["transform_config"].empty()) {
        schemes.refusal_ = "its transform_config turns activations, which is not done here";
        schemes.refusesPlain_ = true;
    }
    if (settings.has("sparsity_config")) {
        HILO_TRY(const JsonObject sparsity, settings.object("sparsity_config"));
        HILO_TRY(const std::string format, sparsity.textOr("format", "dense"));
        if (format != "dense")
            schemes.refusal_ = "sparse weights (" + format + ") are not read";
    }
    HILO_TRY(const std::string status, settings.textOr("quantization_status", "compressed"));
    // Older versions called checkpoints of codes "frozen" too: their scales are fixed. The tensors say which it is.
    schemes.mayBePlain_ = status == "frozen";
    if (status != "compressed" && status != "frozen")
        schemes.refusal_ = "quantization_status is " + status + "; weights that are compressed are read";
    HILO_TRY(const std::string format, settings.textOr("format", "dense"));
    HILO_TRY(schemes.ignored_, targetsOf(settings, "ignore", 0));
    if (settings.has("config_groups")) {
        HILO_TRY(const JsonObject groups, settings.object("config_groups"));
        for (const auto& [name, value] : groups.json().items()) {
            if (!value.is_object()) {
                schemes.refusal_ = groups.placeOf(name) + " is no group written out";
                continue;
            }
            HILO_TRY(const JsonObject group, groups.object(name));
            HILO_CHECK(schemes.addGroup(group, format));
        }
    }
    std::sort(schemes.targets_.begin(), schemes.targets_.end(), [](const Target& a, const Target& b) {
        return std::tuple(a.pattern.has_value(), a.text, a.group) < std::tuple(b.pattern.has_value(), b.text, b.group);
    });
    return schemes;
}

Result<bool> CompressionSchemes::isIgnored(const std::string& module) const
{
    for (const Target& target : ignored_) {
        HILO_TRY(const bool fits, target.fits(module));
        if (fits)
            return true;
    }
    return false;
}

Result<std::optional<WeightScheme>> CompressionSchemes::schemeOf(const std::string& module) const
{
    HILO_TRY(const bool ignored, isIgnored(module));
    if (ignored)
        return std::optional<WeightScheme>();
    for (const Target& target : targets_) {
        HILO_TRY(const bool fits, target.fits(module));
        if (fits)
            return groups_[target.group];
    }
    for (const Target& target : targets_)
        if (target.text == "Linear")
            return groups_[target.group];
    return std::optional<WeightScheme>();
}

} // namespace hilo
