// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "allocation/profile.h"
#include "allocation/strategy_settings.h"
#include "formats/module_grid.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

enum class ProfileUse { None, Optional, Required };

/// What a strategy decides from. Everything is checked already.
struct StrategyInputs
{
    const ModelConfig& model;
    ModuleGrid modules; ///< those that get adapters
    const StrategySettings& settings;
    std::vector<ComplexityProfile> profiles; ///< of this model; several only where a strategy compares tasks
    std::optional<std::int64_t> budget;      ///< trainable parameters, never to be exceeded
};

/// A way to decide experts and ranks. Each one is a file in strategies/ that defines `const Strategy& NAME_strategy()`
/// after its own file name; the build lists them, so that adding one touches no other file.
struct Strategy
{
    std::string name;
    std::string title;
    std::string description; ///< what it allocates by, and where it comes from
    std::vector<StrategySetting> settings;
    ProfileUse profile = ProfileUse::None;
    /// Fills the layers of the map; name, strategy and settings are filled by allocate(). Scales to the budget.
    Result<AllocationMap> (*plan)(const StrategyInputs& inputs) = nullptr;
};

/// All strategies, by name.
const std::vector<const Strategy*>& strategies();
/// wrong usage: no strategy of this name; lists those that there are.
Result<const Strategy*> findStrategy(const std::string& name);
/// The strategy's own settings followed by those that every strategy has: modules, alpha, base_experts,
/// base_experts_signal, budget, fill.
std::vector<StrategySetting> allSettings(const Strategy& strategy);

/// Runs a strategy: resolves settings and budget, checks profiles and the finished map against the model.
/// The same inputs give the same map. The map's notes say where a given setting was lowered, overridden or of no
/// effect, and where a budget is left over. Errors: unknown settings, values out of range, a missing or foreign
/// profile, a budget that the bounds can't meet.
Result<AllocationMap> allocate(const Strategy& strategy, const ModelConfig& model,
                               const std::map<std::string, std::string>& given,
                               std::vector<ComplexityProfile> profiles = {});

/// {"name", "title", "description", "profile", "settings": [{"name", "type", "default", "range", "meaning"}]}
Json toJson(const Strategy& strategy);

} // namespace hilo
