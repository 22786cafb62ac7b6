// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/starting_adapter.h"

#include "run/run_spec_names.h"

#include <cmath>

namespace hilo {
namespace {

/// A module of which an expert's output would be multiplied by another number; nothing where there is none.
bool scalesDiffer(const AdapterSettings& own, const AdapterSettings& asked, const AllocationMap& map)
{
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            for (const int rank : module.ranks) {
                const double is = expertScale(own, module.alpha, rank), wanted = expertScale(asked, module.alpha, rank);
                if (std::abs(is - wanted) > 1e-9 * std::abs(is))
                    return true;
            }
    return false;
}

bool hasRouters(const AllocationMap& map)
{
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            if (module.hasRouter())
                return true;
    return false;
}

} // namespace

Result<std::shared_ptr<MixtureAdapter>> startingAdapter(const TrainingSpec& training, const AllocationMap& map,
                                                        const ModelConfig& model, torch::Device device)
{
    HILO_TRY(const auto start, MixtureAdapter::load(training.startFrom, model, device));
    if (start->map().layers != map.layers)
        return failure(badInput(training.startFrom, {},
                                "The adapter to start from has another allocation map than the run.",
                                "Use the adapter's own map in the run."));
    const AdapterSettings& own = start->settings();
    const AdapterSettings asked = adapterSettings(training);
    if (scalesDiffer(own, asked, map))
        return failure(badInput(training.startFrom, "settings.scaling",
                                "The adapter to start from multiplies its experts' outputs by other factors (" +
                                    nameOf(scalingNames, own.scaling) + ") than the run (" +
                                    nameOf(scalingNames, asked.scaling) + ").",
                                "Give the run's training the adapter's \"scaling\"."));
    const bool sameRouters = own.router == asked.router && (own.router != RouterKind::TopP || own.topP == asked.topP);
    if (!sameRouters && hasRouters(map))
        return failure(badInput(training.startFrom, "settings.router",
                                "The adapter to start from has routers of another kind (" +
                                    nameOf(routerNames, own.router) + ") than the run (" +
                                    nameOf(routerNames, asked.router) + ").",
                                "Give the run's training the adapter's \"router\" and \"router_top_p\"."));
    auto adapter = MixtureAdapter::create(model, map, asked, device);
    const torch::NoGradGuard noGradients;
    adapter->parameters().detach().copy_(start->parameters().detach());
    return adapter;
}

} // namespace hilo
