// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/idle_settings.h"

#include <algorithm>

namespace hilo {
namespace {

bool hasExperts(const AllocationMap& map)
{
    return std::any_of(map.layers.begin(), map.layers.end(), [](const auto& modules) {
        return std::any_of(modules.begin(), modules.end(),
                           [](const auto& module) { return !module.second.ranks.empty(); });
    });
}

bool hasRouters(const AllocationMap& map)
{
    return std::any_of(map.layers.begin(), map.layers.end(), [](const auto& modules) {
        return std::any_of(modules.begin(), modules.end(),
                           [](const auto& module) { return module.second.hasRouter(); });
    });
}

} // namespace

std::vector<std::string> idleSettings(const RunSpec& spec)
{
    const TrainingSpec& chosen = spec.training;
    const TrainingSpec defaults;
    std::vector<std::string> notes;
    const auto idle = [&notes](bool differs, const std::string& setting, const std::string& reason) {
        if (differs)
            notes.push_back("training." + setting + " changes nothing: " + reason);
    };
    if (!hasExperts(spec.map))
        notes.emplace_back(
            "the allocation map has no experts: nothing is trained, and what is measured is the base model");
    if (!hasRouters(spec.map)) {
        const std::string noRouter = "no module of the allocation map has a router (more than one expert)";
        idle(chosen.router != defaults.router, "router", noRouter);
        idle(chosen.auxiliaryLoss != defaults.auxiliaryLoss, "auxiliary_loss", noRouter);
        idle(chosen.routerLearningRateFactor != defaults.routerLearningRateFactor, "router_learning_rate_factor",
             noRouter);
    }
    idle(chosen.router != RouterKind::TopP && chosen.routerTopP != defaults.routerTopP, "router_top_p",
         "training.router is not top_p");
    idle(chosen.scaling != ScalingMode::Constant && chosen.constantScale != defaults.constantScale, "constant_scale",
         "training.scaling is not constant");
    const ReallocationSpec still;
    const ReallocationSpec& moving = chosen.reallocation;
    const bool says = moving.from != still.from || moving.to != still.to || moving.every != still.every ||
                      moving.budget != still.budget;
    idle(!moving.moves() && says, "reallocation", "its method is none");
    idle(moving.moves() && !hasExperts(spec.map), "reallocation", "the allocation map has no experts");
    if (spec.tasks.size() < 2)
        idle(chosen.mixing != defaults.mixing, "mixing", "the run has one task");
    idle((spec.tasks.size() < 2 || chosen.mixing != Mixing::Temperature) &&
             chosen.mixingTemperature != defaults.mixingTemperature,
         "mixing_temperature", "the rows of tasks are not mixed by temperature");
    return notes;
}

} // namespace hilo
