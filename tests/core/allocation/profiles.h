// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/base_expert_modules.h"
#include "models.h"

#include <cmath>
#include <limits>
#include <random>

/// Profiles of made-up numbers.
namespace hilo::testing {

/// Every signal that a strategy asks for by default, with values per layer and module and spectra: reproducible noise.
inline ComplexityProfile noiseProfile(const ModelConfig& model, unsigned seed)
{
    std::mt19937 generator(seed);
    const auto noise = [&generator] { return static_cast<double>(generator()) / 4294967296.0; };
    ComplexityProfile profile;
    profile.file = "noise.profile.json";
    profile.architecture = model.architecture;
    profile.layers = model.layers;
    for (const char* name : {"pl_alpha_hill", "influence", "squared_gradient", "explained_variance", "weight_gradient",
                             "gradient_norm", "whitened_gradient"}) {
        ComplexitySignal signal;
        signal.name = name;
        signal.direction = SignalDirection::Larger;
        for (std::int64_t layer = 0; layer < model.layers; ++layer)
            signal.layers.push_back(0.5 + noise());
        const ModuleGrid modules = mapGrid(model);
        for (std::size_t column = 0; column < modules.columns(); ++column)
            for (std::size_t layer = 0; layer < modules.layers(); ++layer) {
                const std::string& module = modules.name(column);
                if (!modules.find(layer, column)) {
                    signal.modules[module].push_back(std::numeric_limits<double>::quiet_NaN());
                    signal.spectra[module].emplace_back();
                    continue;
                }
                signal.modules[module].push_back(0.5 + noise());
                std::vector<double> spectrum;
                const double decay = 0.6 + 0.35 * noise();
                for (int rank = 0; rank < 64; ++rank)
                    spectrum.push_back(std::pow(decay, rank) * (1 - decay));
                signal.spectra[module].push_back(std::move(spectrum));
            }
        profile.signals[name] = std::move(signal);
    }
    return profile;
}

} // namespace hilo::testing
