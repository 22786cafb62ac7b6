// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/trained_update.h"

#include "engine/base/torch_border.h"
#include "engine/complexity/spectrum_means.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

/// Squared singular values of the mean of the experts' updates.
std::vector<double> spectrumOf(const std::vector<ExpertUpdate>& experts)
{
    std::vector<Tensor> a;
    std::vector<Tensor> b;
    for (const ExpertUpdate& expert : experts) {
        a.push_back(expert.a);
        b.push_back(expert.b);
    }
    std::vector<double> values =
        orderUpdate({torch::cat(a, 0), torch::cat(b, 1) / static_cast<double>(experts.size())}).singularValues;
    for (double& value : values)
        value *= value;
    return values;
}

double sumOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Puts the module's values down; its spectrum. Of the base's own experts each has an update of its own.
std::vector<double> putUpdate(SignalValues& values, const ModuleShape& shape, std::int64_t layer,
                              const std::vector<ExpertUpdate>& experts)
{
    if (shape.baseExperts == 0) {
        std::vector<double> spectrum = spectrumOf(experts);
        values.put(shape.name, layer, std::sqrt(sumOf(spectrum)));
        return spectrum;
    }
    std::vector<std::vector<double>> spectra;
    std::vector<double> norms;
    for (const ExpertUpdate& expert : experts) {
        spectra.push_back(spectrumOf({expert}));
        norms.push_back(std::sqrt(sumOf(spectra.back())));
    }
    const std::vector<double> alike(experts.size(), 1);
    values.putExperts(shape.name, layer, std::move(norms), alike);
    return meanSpectrum(spectra, alike);
}

Result<SignalSet> updates(const ModelConfig& model, const TrainedExperts& trained)
{
    const Stopwatch cost;
    SignalValues values;
    std::map<std::string, std::vector<std::vector<double>>> spectra;
    double all = 0;
    const ModuleGrid grid = mapGrid(model);
    for (const std::string& module : grid.names()) {
        const auto& layers = trained.modules.at(module);
        const auto lacks = [&](std::size_t layer) { return grid.find(layer, module) && layers[layer].empty(); };
        std::size_t layer = 0;
        while (layer < layers.size() && !lacks(layer))
            ++layer;
        if (layer < layers.size())
            continue;
        for (layer = 0; layer < layers.size(); ++layer) {
            if (layers[layer].empty()) {
                spectra[module].emplace_back();
                continue;
            }
            std::vector<double> spectrum =
                putUpdate(values, *grid.find(layer, module), static_cast<std::int64_t>(layer), layers[layer]);
            all += sumOf(spectrum);
            spectra[module].push_back(std::move(spectrum));
        }
    }
    if (values.modules.empty())
        return failure(badInput(trained.file, "map.layers",
                                "no module has an expert in every layer, so trained_update "
                                "has no value",
                                "profile an adapter whose map covers a module through all layers"));
    if (all == 0)
        return failure(badInput(trained.file, {}, "The adapter's updates are all zero: it has not been trained.",
                                "Give the adapter or the folder of a finished run."));
    SignalSet set;
    set.modules = grid;
    set.add("trained_update", std::move(values), cost.seconds());
    if (ComplexitySignal* signal = set.find("trained_update"))
        signal->spectra = std::move(spectra);
    if (set.hasExperts())
        set.notes.push_back("trained_update: a value of the base's own experts is the mean over them.");
    set.seconds = cost.seconds();
    return set;
}

} // namespace

Result<SignalSet> measureTrainedUpdate(const ModelConfig& model, const TrainedExperts& trained)
{
    return atTorchBorder([&] { return updates(model, trained); });
}

} // namespace hilo
