// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/trained_update.h"

#include "engine/base/torch_border.h"
#include "formats/module_grid.h"

#include <algorithm>
#include <cmath>

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

Result<SignalSet> updates(const ModelConfig& model, const TrainedExperts& trained)
{
    const Stopwatch cost;
    SignalValues values;
    std::map<std::string, std::vector<std::vector<double>>> spectra;
    double all = 0;
    const ModuleGrid grid = moduleGrid(model);
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
            std::vector<double> spectrum = spectrumOf(layers[layer]);
            double sum = 0;
            for (const double value : spectrum)
                sum += value;
            all += sum;
            values.put(module, static_cast<std::int64_t>(layer), std::sqrt(sum));
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
    set.seconds = cost.seconds();
    return set;
}

} // namespace

Result<SignalSet> measureTrainedUpdate(const ModelConfig& model, const TrainedExperts& trained)
{
    return atTorchBorder([&] { return updates(model, trained); });
}

} // namespace hilo
