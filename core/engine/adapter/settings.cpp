// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/settings.h"

#include "run/expert_scale.h"
#include "run/run_spec_names.h"

#include <cmath>
#include <limits>

namespace hilo {
AdapterSettings adapterSettings(const TrainingSpec& training)
{
    return {training.scaling, training.constantScale, training.router, training.routerTopP,
            training.dropout, training.auxiliaryLoss, training.seed};
}

double expertScale(const AdapterSettings& settings, double alpha, std::int64_t rank)
{
    return expertScale(settings.scaling, settings.constantScale, alpha, rank);
}

Json toJson(const AdapterSettings& settings)
{
    Json json = {{"scaling", nameOf(scalingNames, settings.scaling)}, {"constant_scale", settings.constantScale},
                 {"router", nameOf(routerNames, settings.router)},    {"dropout", settings.dropout},
                 {"auxiliary_loss", settings.auxiliaryLoss},          {"seed", settings.seed}};
    // Whoever knows no such router reads the adapters of all others.
    if (settings.router == RouterKind::TopP)
        json["router_top_p"] = settings.topP;
    return json;
}

Result<AdapterSettings> parseAdapterSettings(const Json& document, const std::string& file, const std::string& place)
{
    HILO_TRY(const JsonObject object, JsonObject::of(document, file, place));
    HILO_CHECK(
        object.onlyKeys({"scaling", "constant_scale", "router", "router_top_p", "dropout", "auxiliary_loss", "seed"}));
    AdapterSettings settings;
    HILO_TRY(settings.scaling, named<ScalingMode>(object, "scaling", scalingNames));
    HILO_TRY(settings.router, named<RouterKind>(object, "router", routerNames));
    HILO_TRY(settings.topP, object.numberOr("router_top_p", settings.topP, 0.01, 1));
    HILO_TRY(settings.constantScale, object.numberOr("constant_scale", settings.constantScale, -1e6, 1e6));
    HILO_TRY(settings.dropout, object.numberOr("dropout", settings.dropout, 0, 0.999));
    HILO_TRY(settings.auxiliaryLoss, object.numberOr("auxiliary_loss", settings.auxiliaryLoss, 0, 1e6));
    HILO_TRY(settings.seed, object.integerOr("seed", settings.seed, std::numeric_limits<std::int64_t>::min(),
                                             std::numeric_limits<std::int64_t>::max()));
    return settings;
}

} // namespace hilo
