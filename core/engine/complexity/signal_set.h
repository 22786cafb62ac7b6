// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"
#include "formats/module_grid.h"

#include <array>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo {

/// Signals of data are measured of its halves, parts 0 and 1, for their correlation, and of both together.
constexpr int wholeData = 2;

/// Values of one signal while they are measured.
struct SignalValues
{
    std::vector<double> layers; ///< empty: the mean over modules
    bool layersMayLack = false; ///< NaN in layers: the layer has no value, and was not measured wrong
    /// By module name, one value per layer, NaN where the layer has no such module; the last ones may be left out.
    std::map<std::string, std::vector<double>> modules;
    /// ComplexitySignal::experts; the last layers may be left out.
    std::map<std::string, std::vector<std::vector<double>>> experts;

    /// Of a module of one layer; layers before it that have none are filled with NaN.
    void put(const std::string& module, std::int64_t layer, double value);
    /// Of a module that is the base's own experts: each one's value, and with it the module's, which is their mean in
    /// which each counts by its weight. An expert of weight 0 has no value, and NaN stands in its place.
    void putExperts(const std::string& module, std::int64_t layer, std::vector<double> values,
                    const std::vector<double>& weights);
};

/// Signals that were measured, by name.
struct SignalSet
{
    ModuleGrid modules; ///< whose values there must be, of signals by module
    std::map<std::string, ComplexitySignal> signals;
    std::vector<std::string> notes;
    double seconds = 0;

    /// Adds a signal of the catalogue; one with a value that is not finite is left out, and notes say so. Where layers
    /// have no value, because all of their modules are without, the signal has values by module alone, as notes say.
    /// halves: the same from one half of the data and from the other; empty where there is no data.
    void add(const std::string& name, SignalValues values, double costSeconds, std::vector<SignalValues> halves = {});
    /// The signal, to put spectra into; nullptr when it was left out.
    ComplexitySignal* find(const std::string& name);
    /// Whether a signal has values of the base's own experts.
    bool hasExperts() const;
    void merge(SignalSet other);
};

/// Per layer: as given, or the mean over the modules that the layer has; NaN where it has none.
std::vector<double> layersOf(const SignalValues& values);

/// At most `count` places from 1 to size, all of them where they fit, else at equal steps of the logarithm.
std::vector<std::int64_t> spreadRanks(std::int64_t size, std::int64_t count);

/// Seconds since it was made.
class Stopwatch
{
  public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
};

} // namespace hilo
