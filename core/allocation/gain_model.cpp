// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/gain_model.h"

#include "allocation/base_experts.h"
#include "allocation/signal_values.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

/// The sum of a spectrum's values to a power, of which only the first are listed: the rest of the total is taken as
/// spread evenly over the directions that are left.
double poweredSum(const std::vector<double>& listed, double total, std::int64_t directions, double power)
{
    double sum = 0;
    double first = 0;
    for (const double value : listed) {
        sum += std::pow(value, power);
        first += value;
    }
    const double left = static_cast<double>(directions) - static_cast<double>(listed.size());
    return left > 0 && total > first ? sum + left * std::pow((total - first) / left, power) : sum;
}

Status readSpectra(std::vector<ModuleGain>& gains, const StrategyInputs& inputs, const std::string& name, double power)
{
    const ComplexityProfile& profile = inputs.profiles.front();
    HILO_TRY(const ComplexitySignal* signal, profile.signal(name));
    const std::vector<Slot> slots = slotsOf(inputs);
    for (std::size_t index = 0; index < slots.size(); ++index) {
        const std::string place = "signals." + name + ".spectra." + slots[index].shape->name;
        const auto module = signal->spectra.find(slots[index].shape->name);
        if (module == signal->spectra.end())
            return failure(badInput(profile.file, place, "no spectrum for this module"));
        const std::vector<double>& values = module->second[slots[index].layer];
        // A list may be the beginning of a spectrum; what it leaves out counts as well.
        const auto totals = signal->spectrumTotals.find(slots[index].shape->name);
        const double listed = std::accumulate(values.begin(), values.end(), 0.0);
        const double sum =
            totals == signal->spectrumTotals.end() ? listed : std::max(listed, totals->second[slots[index].layer]);
        if (!(sum > 0) || !std::isfinite(sum))
            return failure(badInput(profile.file, place + "[" + std::to_string(slots[index].layer) + "]",
                                    "the spectrum is all zero or too large to add"));
        const double whole = poweredSum(values, sum, std::min(slots[index].shape->in, slots[index].shape->out), power);
        double running = 0;
        for (const double value : values)
            gains[index].cumulative.push_back((running += std::pow(value, power)) / whole);
    }
    return {};
}

Status readWeights(std::vector<ModuleGain>& gains, const StrategyInputs& inputs, const std::string& name, double power)
{
    HILO_TRY(const ComplexitySignal* signal, inputs.profiles.front().signal(name));
    HILO_TRY(const std::vector<double> weights, signalPerSlot(inputs, name, !signal->modules.empty()));
    for (std::size_t index = 0; index < weights.size(); ++index) {
        if (weights[index] < 0)
            return failure(
                badInput(inputs.profiles.front().file, "signals." + name,
                         "a weight of the gain must be at least 0, found " + std::to_string(weights[index])));
        gains[index].weight = std::pow(weights[index], power);
    }
    return {};
}

} // namespace

double ModuleGain::captured(std::int64_t rank) const
{
    if (rank < 1)
        return 0;
    if (cumulative.empty())
        return 1 - std::exp(-static_cast<double>(rank) / tau);
    return cumulative[std::min(static_cast<std::size_t>(rank), cumulative.size()) - 1];
}

double ModuleGain::of(std::int64_t experts, std::int64_t rank, std::int64_t topK) const
{
    if (experts < 1)
        return 0;
    return weight * captured(std::min(topK, experts) * rank) * (1 - diversity / static_cast<double>(experts));
}

Result<std::vector<ModuleGain>> moduleGains(const StrategyInputs& inputs)
{
    const StrategySettings& settings = inputs.settings;
    const std::vector<Slot> slots = slotsOf(inputs);
    std::vector<ModuleGain> gains(slots.size());
    const bool hasSpectrum = !settings.text("spectrum").empty();
    const double lowTau = hasSpectrum ? 0 : settings.number("tau_min");
    const double highTau = hasSpectrum ? 0 : settings.number("tau_max");
    for (std::size_t index = 0; index < slots.size(); ++index) {
        const double depth = inputs.model.layers == 1 ? 0
                                                      : static_cast<double>(slots[index].layer) /
                                                            static_cast<double>(inputs.model.layers - 1);
        gains[index].tau = lowTau + (highTau - lowTau) * depth;
        gains[index].weight = static_cast<double>(slots[index].shape->in + slots[index].shape->out);
        gains[index].diversity = settings.number("diversity");
    }
    const bool usesProfile =
        hasSpectrum || !settings.text("weight").empty() ||
        !(settings.text("diversity_signal").empty() || settings.text("diversity_signal") == "depth");
    if (usesProfile && inputs.profiles.empty())
        return failure(settings.errorAt("spectrum, weight, diversity_signal", "signals need a profile",
                                        "give one with --profile"));
    if (!usesProfile && !inputs.profiles.empty() && !baseExpertsUseProfile(inputs.settings))
        return failure(settings.errorAt("spectrum, weight, diversity_signal",
                                        "a profile is given, but none of them names a signal of it"));
    if (hasSpectrum)
        HILO_CHECK(readSpectra(gains, inputs, settings.text("spectrum"), settings.number("spectrum_power")));
    if (!settings.text("weight").empty())
        HILO_CHECK(readWeights(gains, inputs, settings.text("weight"), settings.number("weight_power")));
    if (!settings.text("diversity_signal").empty()) {
        HILO_TRY(const std::vector<double> share,
                 complexityPerSlot(inputs, settings.text("diversity_signal"), false, "profile"));
        for (std::size_t index = 0; index < share.size(); ++index)
            gains[index].diversity *= share[index];
    }
    return gains;
}

} // namespace hilo
