// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/signal_values.h"

#include <algorithm>

namespace hilo {
namespace {

Result<const ComplexitySignal*> findSignal(const StrategyInputs& inputs, const std::string& signal)
{
    if (inputs.profiles.empty())
        return failure(wrongUsage("the signal \"" + signal + "\" needs a profile",
                                  "make one with hilo profile and give it with --profile"));
    return inputs.profiles.front().signal(signal);
}

} // namespace

Result<std::vector<double>> signalPerLayer(const StrategyInputs& inputs, const std::string& signal)
{
    HILO_TRY(const ComplexitySignal* found, findSignal(inputs, signal));
    if (found->layers.empty())
        return failure(badInput(inputs.profiles.front().file, "signals." + signal + ".layers",
                                "expected one number per layer, the signal has none",
                                found->modules.empty() ? "" : "it has values by module; the profile's notes say why"));
    return found->layers;
}

Result<std::vector<double>> signalPerSlot(const StrategyInputs& inputs, const std::string& signal, bool perModule)
{
    std::vector<double> values;
    if (!perModule) {
        HILO_TRY(const std::vector<double> layers, signalPerLayer(inputs, signal));
        for (const Slot& slot : slotsOf(inputs))
            values.push_back(layers[slot.layer]);
        return values;
    }
    HILO_TRY(const ComplexitySignal* found, findSignal(inputs, signal));
    for (const Slot& slot : slotsOf(inputs)) {
        const auto module = found->modules.find(slot.shape->name);
        if (module == found->modules.end())
            return failure(badInput(inputs.profiles.front().file, "signals." + signal + ".modules",
                                    "no values for the module " + slot.shape->name,
                                    "use the values per layer, or leave the module out by the setting modules"));
        values.push_back(module->second[slot.layer]);
    }
    return values;
}

Result<std::vector<double>> complexityPerSlot(const StrategyInputs& inputs, const std::string& signal, bool perModule,
                                              const std::string& direction)
{
    bool smaller = direction == "smaller";
    std::vector<double> values;
    if (signal == "depth") {
        for (const Slot& slot : slotsOf(inputs))
            values.push_back(static_cast<double>(slot.layer));
    } else {
        HILO_TRY(values, signalPerSlot(inputs, signal, perModule));
        if (direction == "profile") {
            HILO_TRY(const ComplexitySignal* found, findSignal(inputs, signal));
            if (found->direction == SignalDirection::Unstated)
                return failure(badInput(inputs.profiles.front().file, "signals." + signal + ".direction",
                                        "the profile does not say whether a larger value wants more capacity",
                                        "say it by the setting direction"));
            smaller = found->direction == SignalDirection::Smaller;
        }
    }
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double low = *least;
    const double high = *most;
    if (!(high > low))
        return failure(wrongUsage("the signal \"" + signal +
                                      "\" is constant, so it says nothing about where to put "
                                      "capacity",
                                  "choose another signal"));
    for (double& value : values)
        value = smaller ? (high - value) / (high - low) : (value - low) / (high - low);
    return values;
}

Result<std::vector<double>> listOrSignal(const StrategyInputs& inputs, const std::string& listSetting,
                                         const std::string& signalSetting)
{
    const std::string& text = inputs.settings.text(listSetting);
    if (text.empty())
        return signalPerLayer(inputs, inputs.settings.text(signalSetting));
    HILO_TRY(std::vector<double> values, parseNumberList(listSetting, text));
    if (static_cast<std::int64_t>(values.size()) != inputs.model.layers)
        return failure(inputs.settings.errorAt(listSetting, "expected one number per layer, " +
                                                                std::to_string(inputs.model.layers) + ", found " +
                                                                std::to_string(values.size())));
    return values;
}

} // namespace hilo
