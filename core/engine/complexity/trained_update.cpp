// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/trained_update.h"

#include "engine/base/torch_border.h"

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
    for (const ModuleShape& shape : moduleShapes(model)) {
        const auto& layers = trained.modules.at(shape.name);
        if (std::any_of(layers.begin(), layers.end(), [](const auto& experts) { return experts.empty(); }))
            continue;
        for (const std::vector<ExpertUpdate>& experts : layers) {
            std::vector<double> spectrum = spectrumOf(experts);
            double sum = 0;
            for (const double value : spectrum)
                sum += value;
            all += sum;
            values.modules[shape.name].push_back(std::sqrt(sum));
            spectra[shape.name].push_back(std::move(spectrum));
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
