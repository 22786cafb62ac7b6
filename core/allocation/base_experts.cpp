// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/base_experts.h"

#include "allocation/apportion.h"
#include "allocation/parameters.h"
#include "formats/base_expert_modules.h"

#include <algorithm>

namespace hilo {
namespace {

/// A module of one layer that is the base's own experts.
struct Place
{
    std::size_t layer = 0;
    ModuleShape shape;
};

std::vector<Place> placesOf(const ModelConfig& model)
{
    std::vector<Place> places;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (ModuleShape& shape : baseExpertModules(model, layer))
            places.push_back({static_cast<std::size_t>(layer), std::move(shape)});
    return places;
}

/// Each place's value of the signal.
Result<std::vector<double>> valuesOf(const std::vector<Place>& places, const ComplexitySignal& signal,
                                     const std::string& file)
{
    std::vector<double> values;
    for (const Place& place : places) {
        const auto found = signal.modules.find(place.shape.name);
        if (found == signal.modules.end())
            return failure(badInput(file, "signals." + signal.name + ".modules",
                                    "no values for the base's own experts (" + place.shape.name + ")",
                                    "choose a signal by module, and profile the model again if the profile is old"));
        values.push_back(found->second[place.layer]);
    }
    return values;
}

/// Ranks whose mean is rank: one for each cell, the others in proportion to 1/2 + u, u the signal from 0 (wants the
/// least) to 1, so that the cell that wants the most gets three times as many of them as the one that wants the least.
/// The proportion is this project's own choice.
Result<std::vector<std::int64_t>> ranksBySignal(const std::vector<Place>& places, std::int64_t rank,
                                                const StrategySettings& settings,
                                                const std::vector<ComplexityProfile>& profiles)
{
    const std::string& name = settings.text("base_experts_signal");
    if (profiles.empty())
        return failure(settings.errorAt("base_experts_signal", "the signal \"" + name + "\" needs a profile",
                                        "make one with hilo profile and give it with --profile"));
    HILO_TRY(const ComplexitySignal* signal, profiles.front().signal(name));
    if (signal->direction == SignalDirection::Unstated)
        return failure(settings.errorAt("base_experts_signal",
                                        "nobody states whether a larger value of \"" + name + "\" wants more capacity",
                                        "choose another signal"));
    HILO_TRY(std::vector<double> values, valuesOf(places, *signal, profiles.front().file));
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double low = *least, high = *most;
    if (!(high > low))
        return failure(settings.errorAt("base_experts_signal",
                                        "the signal \"" + name + "\" is the same in all of the base's own experts",
                                        "choose another signal"));
    std::int64_t width = places.front().shape.width();
    for (std::size_t index = 0; index < places.size(); ++index) {
        const double share = (values[index] - low) / (high - low);
        values[index] = 0.5 + (signal->direction == SignalDirection::Larger ? share : 1 - share);
        width = std::min(width, places[index].shape.width());
    }
    return apportion(values, rank * static_cast<std::int64_t>(places.size()), 1, width);
}

} // namespace

bool baseExpertsUseProfile(const StrategySettings& settings)
{
    return settings.isGiven("base_experts_signal") && settings.integer("base_experts") > 0;
}

Result<BaseExperts> BaseExperts::of(const ModelConfig& model, const StrategySettings& settings,
                                    const std::vector<ComplexityProfile>& profiles)
{
    BaseExperts experts;
    const std::int64_t rank = settings.integer("base_experts");
    if (rank == 0)
        return experts;
    if (!model.mixture.isMixture())
        return failure(settings.errorAt("base_experts", "the model has no experts of its own", "leave it at 0"));
    const std::vector<Place> places = placesOf(model);
    for (const Place& place : places)
        if (rank > place.shape.width())
            return failure(settings.errorAt("base_experts", "expected at most the smaller width of " +
                                                                place.shape.name + ", " +
                                                                std::to_string(place.shape.width())));
    if (places.empty())
        return experts;
    std::vector<std::int64_t> ranks(places.size(), rank);
    if (!settings.text("base_experts_signal").empty()) {
        HILO_TRY(ranks, ranksBySignal(places, rank, settings, profiles));
    }
    for (std::size_t index = 0; index < places.size(); ++index) {
        const auto& [layer, shape] = places[index];
        const ModuleAllocation module =
            baseExpertAllocation(model, shape, static_cast<int>(ranks[index]), settings.number("alpha"));
        experts.cost_ += countParameters(module, shape).trainable();
        experts.cells_.push_back({layer, shape.name, module});
    }
    return experts;
}

Result<std::optional<std::int64_t>> BaseExperts::leftOf(std::optional<std::int64_t> budget,
                                                        const StrategySettings& settings) const
{
    if (budget && cost_ >= *budget)
        return failure(settings.errorAt("budget",
                                        std::to_string(*budget) + " is too small: the base's own experts alone " +
                                            "take " + std::to_string(cost_),
                                        "raise the budget or lower base_experts"));
    return budget ? std::optional(*budget - cost_) : budget;
}

void BaseExperts::addTo(AllocationMap& map) const
{
    for (const Cell& cell : cells_)
        map.layers[cell.layer].emplace(cell.module, cell.allocation);
}

} // namespace hilo
