// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/settings.h"

#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace hilo {
namespace {

constexpr std::array<std::pair<ScalingMode, const char*>, 3> scalingNames{{
    {ScalingMode::AlphaOverRank, "alpha_over_rank"},
    {ScalingMode::AlphaOverSqrtRank, "alpha_over_sqrt_rank"},
    {ScalingMode::Constant, "constant"},
}};
constexpr std::array<std::pair<RouterKind, const char*>, 3> routerNames{{
    {RouterKind::TopK, "top_k"},
    {RouterKind::Dense, "dense"},
    {RouterKind::TopKNull, "top_k_null"},
}};

template <class Names, class Value>
std::string nameOf(const Names& names, Value value)
{
    for (const auto& [known, name] : names)
        if (known == value)
            return name;
    return names.front().second;
}

template <class Value, class Names>
Result<Value> named(const JsonObject& object, const std::string& key, const Names& names)
{
    HILO_TRY(const std::string text, object.textOr(key, names.front().second));
    std::string all;
    for (const auto& [value, name] : names) {
        if (text == name)
            return value;
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    return failure(object.errorAt(key, "\"" + text + "\" is not known; expected one of " + all));
}

} // namespace

AdapterSettings adapterSettings(const TrainingSpec& training)
{
    return {training.scaling, training.constantScale, training.router,
            training.dropout, training.auxiliaryLoss, training.seed};
}

double expertScale(const AdapterSettings& settings, double alpha, std::int64_t rank)
{
    switch (settings.scaling) {
    case ScalingMode::AlphaOverRank:
        return alpha / static_cast<double>(rank);
    case ScalingMode::AlphaOverSqrtRank:
        return alpha / std::sqrt(static_cast<double>(rank));
    case ScalingMode::Constant:
        break;
    }
    return settings.constantScale;
}

Json toJson(const AdapterSettings& settings)
{
    return {{"scaling", nameOf(scalingNames, settings.scaling)}, {"constant_scale", settings.constantScale},
            {"router", nameOf(routerNames, settings.router)},    {"dropout", settings.dropout},
            {"auxiliary_loss", settings.auxiliaryLoss},          {"seed", settings.seed}};
}

Result<AdapterSettings> parseAdapterSettings(const Json& document, const std::string& file, const std::string& place)
{
    HILO_TRY(const JsonObject object, JsonObject::of(document, file, place));
    HILO_CHECK(object.onlyKeys({"scaling", "constant_scale", "router", "dropout", "auxiliary_loss", "seed"}));
    AdapterSettings settings;
    HILO_TRY(settings.scaling, named<ScalingMode>(object, "scaling", scalingNames));
    HILO_TRY(settings.router, named<RouterKind>(object, "router", routerNames));
    HILO_TRY(settings.constantScale, object.numberOr("constant_scale", settings.constantScale, -1e6, 1e6));
    HILO_TRY(settings.dropout, object.numberOr("dropout", settings.dropout, 0, 0.999));
    HILO_TRY(settings.auxiliaryLoss, object.numberOr("auxiliary_loss", settings.auxiliaryLoss, 0, 1e6));
    HILO_TRY(settings.seed, object.integerOr("seed", settings.seed, std::numeric_limits<std::int64_t>::min(),
                                             std::numeric_limits<std::int64_t>::max()));
    return settings;
}

} // namespace hilo
