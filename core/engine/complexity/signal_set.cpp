// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/signal_set.h"

#include "allocation/rank_correlation.h"
#include "allocation/signal_catalogue.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// As many values as there are layers.
void fillUp(SignalValues& values, const ModuleGrid& modules)
{
    for (auto& [module, list] : values.modules)
        list.resize(std::max(list.size(), modules.layers()), absent);
    for (auto& [module, list] : values.experts)
        list.resize(std::max(list.size(), modules.layers()));
}

/// Where the first value stands that is not finite though the layer has the module; empty when all are.
std::string firstUndefined(const SignalValues& values, const ModuleGrid& modules)
{
    for (const auto& [module, list] : values.modules)
        for (std::size_t layer = 0; layer < list.size(); ++layer)
            if (!std::isfinite(list[layer]) && (modules.layers() == 0 || modules.find(layer, module)))
                return module + " of layer " + std::to_string(layer);
    for (std::size_t layer = 0; layer < values.layers.size(); ++layer)
        if (!std::isfinite(values.layers[layer]) && !(values.layersMayLack && std::isnan(values.layers[layer])))
            return "layer " + std::to_string(layer);
    return {};
}

/// "layer 3" or "layers 0, 4 and 5": those without a value; empty where there are none.
std::string layersWithout(const std::vector<double>& layers)
{
    std::vector<std::string> numbers;
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
        if (std::isnan(layers[layer]))
            numbers.push_back(std::to_string(layer));
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        text += (i == 0 ? "" : i + 1 == numbers.size() ? " and " : ", ") + numbers[i];
    return text.empty() ? text : (numbers.size() > 1 ? "layers " : "layer ") + text;
}

} // namespace

void SignalValues::put(const std::string& module, std::int64_t layer, double value)
{
    std::vector<double>& list = modules[module];
    list.resize(std::max(list.size(), static_cast<std::size_t>(layer) + 1), absent);
    list[static_cast<std::size_t>(layer)] = value;
}

void SignalValues::putExperts(const std::string& module, std::int64_t layer, std::vector<double> values,
                              const std::vector<double>& weights)
{
    double sum = 0, weight = 0;
    for (std::size_t expert = 0; expert < values.size(); ++expert) {
        if (!(weights[expert] > 0)) {
            values[expert] = absent;
            continue;
        }
        sum += values[expert] * weights[expert];
        weight += weights[expert];
    }
    put(module, layer, weight > 0 ? sum / weight : absent);
    std::vector<std::vector<double>>& ofModule = experts[module];
    ofModule.resize(std::max(ofModule.size(), static_cast<std::size_t>(layer) + 1));
    ofModule[static_cast<std::size_t>(layer)] = std::move(values);
}

std::vector<double> layersOf(const SignalValues& values)
{
    if (!values.layers.empty() || values.modules.empty())
        return values.layers;
    std::vector<double> layers(values.modules.begin()->second.size(), 0);
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        double count = 0;
        for (const auto& [module, list] : values.modules)
            count += std::isnan(list[layer]) ? 0 : 1;
        for (const auto& [module, list] : values.modules)
            layers[layer] += std::isnan(list[layer]) ? 0 : list[layer] / count;
        if (count == 0)
            layers[layer] = absent;
    }
    return layers;
}

void SignalSet::add(const std::string& name, SignalValues values, double costSeconds, std::vector<SignalValues> halves)
{
    fillUp(values, modules);
    for (SignalValues& half : halves)
        fillUp(half, modules);
    if (const std::string place = firstUndefined(values, modules); !place.empty()) {
        notes.push_back(name + " is left out: it has no value for " + place + ".");
        return;
    }
    const SignalDescription& description = *findSignalDescription(name);
    ComplexitySignal signal;
    signal.name = name;
    signal.title = description.title;
    signal.kind = kindName(description.kind);
    signal.direction = description.direction;
    signal.meaning = description.meaning;
    signal.source = description.source;
    signal.spectrum = description.spectrum;
    signal.seconds = costSeconds;
    if (halves.size() == 2)
        signal.splitHalf = spearman(layersOf(halves[0]), layersOf(halves[1]));
    signal.layers = layersOf(values);
    if (const std::string without = layersWithout(signal.layers); !without.empty()) {
        notes.push_back(name + " has values by module and none by layer: " + without + " would have none.");
        signal.layers.clear();
    }
    signal.modules = std::move(values.modules);
    signal.experts = std::move(values.experts);
    signals[name] = std::move(signal);
}

ComplexitySignal* SignalSet::find(const std::string& name)
{
    const auto found = signals.find(name);
    return found == signals.end() ? nullptr : &found->second;
}

bool SignalSet::hasExperts() const
{
    return std::any_of(signals.begin(), signals.end(), [](const auto& entry) { return !entry.second.experts.empty(); });
}

void SignalSet::merge(SignalSet other)
{
    signals.merge(other.signals);
    notes.insert(notes.end(), other.notes.begin(), other.notes.end());
    seconds += other.seconds;
}

std::vector<std::int64_t> spreadRanks(std::int64_t size, std::int64_t count)
{
    std::vector<std::int64_t> ranks;
    if (size <= count) {
        for (std::int64_t rank = 1; rank <= size; ++rank)
            ranks.push_back(rank);
        return ranks;
    }
    for (std::int64_t step = 0; step < count; ++step) {
        const double share = static_cast<double>(step) / static_cast<double>(count - 1);
        const auto rank = static_cast<std::int64_t>(std::lround(std::pow(static_cast<double>(size), share)));
        if (ranks.empty() || rank > ranks.back())
            ranks.push_back(rank);
    }
    return ranks;
}

} // namespace hilo
