// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "allocation/profile.h"
#include "allocation/strategy_settings.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// Whether a profile is given for them, whatever the strategy itself does with it.
bool baseExpertsUseProfile(const StrategySettings& settings);

/// A LoRA on each of the base's own experts, beside what a strategy decides: by the settings base_experts (the mean
/// rank) and base_experts_signal.
class BaseExperts
{
  public:
    /// One rank in all cells, or with a signal's name in base_experts_signal ranks that follow the signal. Errors: the
    /// setting is given for a model without experts, a rank above an expert's width, a profile without such a signal or
    /// without its values of these modules, a signal whose direction is not stated or that is the same in all cells.
    static Result<BaseExperts> of(const ModelConfig& model, const StrategySettings& settings,
                                  const std::vector<ComplexityProfile>& profiles);

    bool isEmpty() const { return cells_.empty(); }
    /// What of a budget the others may use.
    Result<std::optional<std::int64_t>> leftOf(std::optional<std::int64_t> budget,
                                               const StrategySettings& settings) const;
    void addTo(AllocationMap& map) const;

  private:
    struct Cell
    {
        std::size_t layer = 0;
        std::string module;
        ModuleAllocation allocation;
    };
    std::vector<Cell> cells_;
    std::int64_t cost_ = 0;
};

} // namespace hilo
