// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/plan.h"

#include <string>
#include <vector>

namespace hilo {

/// A signal's values as the profile has them, one per layer. Errors: no profile, no such signal, a signal without
/// values per layer.
Result<std::vector<double>> signalPerLayer(const StrategyInputs& inputs, const std::string& signal);

/// One value per slot: of the module where perModule, else of its layer. Errors as above, and a module without values.
Result<std::vector<double>> signalPerSlot(const StrategyInputs& inputs, const std::string& signal, bool perModule);

/// Brings values to 0..1, 1 wanting the most capacity: (v - min)/(max - min), turned round where less is more.
/// direction is "profile" (as the profile says), "larger" or "smaller". The signal "depth" (layer number, larger) needs
/// no profile. wrong usage or bad input: a constant signal, a direction that nobody states.
Result<std::vector<double>> complexityPerSlot(const StrategyInputs& inputs, const std::string& signal, bool perModule,
                                              const std::string& direction);

/// Values from a settings list (one per layer), or else from the profile's signal that another setting names.
/// wrong usage: a list of another length than the model's layers.
Result<std::vector<double>> listOrSignal(const StrategyInputs& inputs, const std::string& listSetting,
                                         const std::string& signalSetting);

} // namespace hilo
