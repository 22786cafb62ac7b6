// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/weight_signals.h"

#include "base/sha256.h"
#include "engine/base/eigenvalues.h"
#include "engine/base/torch_border.h"
#include "engine/complexity/expert_weights.h"
#include "engine/complexity/spectrum_means.h"
#include "engine/complexity/spectrum_measures.h"
#include "engine/model/weight_tensors.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace hilo {
namespace {

constexpr std::int64_t listedRanks = 128;

struct Measure
{
    std::string name;
    std::function<double(const std::vector<double>&)> of;
};

std::vector<double> roots(const std::vector<double>& squared)
{
    std::vector<double> values;
    for (const double value : squared)
        values.push_back(std::sqrt(value));
    return values;
}

const std::vector<Measure>& measures()
{
    using Values = std::vector<double>;
    static const std::vector<Measure> all = {
        {"pl_alpha_hill", [](const Values& v) { return fitTail(v, TailWindow::Published).alpha; }},
        {"pl_alpha_hill_corrected", [](const Values& v) { return fitTail(v, TailWindow::Corrected).alpha; }},
        {"alpha_fit_distance", [](const Values& v) { return fitTail(v, TailWindow::Published).distance; }},
        {"hill_half", hillOfHalf},
        {"stable_rank", stableRank},
        {"effective_rank", [](const Values& v) { return entropyRank(roots(v)); }},
        {"effective_rank_energy", entropyRank},
        {"participation_ratio", participationRatio},
        {"spectral_norm", [](const Values& v) { return std::sqrt(v.back()); }},
        {"frobenius_norm",
         [](const Values& v) {
             double sum = 0;
             for (const double value : v)
                 sum += value;
             return std::sqrt(sum);
         }},
    };
    return all;
}

/// Ascending squared singular values of one weight in float32, from the cache where its values are known.
std::vector<double> spectrumOf(const torch::Tensor& loaded, const ProfileCache& cache)
{
    const torch::Tensor weight = loaded.contiguous();
    const std::string hash =
        sha256(std::as_bytes(std::span(weight.data_ptr<float>(), static_cast<std::size_t>(weight.numel()))));
    std::string shape;
    for (const std::int64_t size : weight.sizes())
        shape += "-" + std::to_string(size);
    const std::string key = "spectrum-" + hash + shape;
    if (const auto kept = cache.find(key); kept && kept->is_array() && !kept->empty())
        if (std::all_of(kept->begin(), kept->end(), [](const Json& value) { return value.is_number(); }))
            return kept->get<std::vector<double>>();
    std::vector<double> values = squaredSingularValues(weight);
    cache.keep(key, values);
    return values;
}

/// Of the weights of one module: one, or each of the base's own experts'.
Result<std::vector<std::vector<double>>> spectraOf(const ModelSource& model, std::int64_t layer,
                                                   const ModuleShape& shape, const ProfileCache& cache,
                                                   const std::function<bool()>& goesOn)
{
    std::vector<std::vector<double>> spectra;
    if (shape.baseExperts == 0) {
        const std::string name = modulePath(model.config, layer, shape) + ".weight";
        HILO_TRY(const torch::Tensor weight,
                 loadTensor(*model.weights, *model.weights->find(name), torch::kFloat32, torch::kCPU));
        if (const auto broken = brokenTensor({{name, weight}}, model.weights.get()))
            return failure(*broken);
        spectra.push_back(spectrumOf(weight, cache));
        return spectra;
    }
    HILO_TRY(const ExpertWeights experts, ExpertWeights::open(model, layer, shape));
    for (std::int64_t expert = 0; expert < shape.baseExperts; ++expert) {
        if (!goesOn())
            return failure(cancelled());
        HILO_TRY(const torch::Tensor weight, experts.read(expert));
        spectra.push_back(spectrumOf(weight, cache));
    }
    return spectra;
}

/// One spectrum as it is; of several the mean rank by rank, ascending as they are.
std::vector<double> meanOf(const std::vector<std::vector<double>>& ascending)
{
    if (ascending.size() == 1)
        return ascending.front();
    std::vector<std::vector<double>> descending;
    for (const std::vector<double>& one : ascending)
        descending.emplace_back(one.rbegin(), one.rend());
    const std::vector<double> mean = meanSpectrum(descending, std::vector<double>(descending.size(), 1));
    return {mean.rbegin(), mean.rend()};
}

/// Up to 128 of the squared singular values, the largest first, into the signal that is drawn as a spectrum.
void listSpectrum(ComplexitySignal& signal, const std::string& module, const std::vector<std::vector<double>>& layers)
{
    // Layers may differ in width, and lack the module.
    std::size_t directions = 0;
    for (const std::vector<double>& ascending : layers)
        if (!ascending.empty() && (directions == 0 || ascending.size() < directions))
            directions = ascending.size();
    const std::vector<std::int64_t> ranks = spreadRanks(static_cast<std::int64_t>(directions), listedRanks);
    signal.spectrumRanks[module] = ranks;
    for (const std::vector<double>& ascending : layers) {
        if (ascending.empty()) {
            signal.spectra[module].emplace_back();
            signal.spectrumTotals[module].push_back(0);
            continue;
        }
        std::vector<double> listed;
        double total = 0;
        for (const double value : ascending)
            total += value;
        for (const std::int64_t rank : ranks)
            listed.push_back(ascending[ascending.size() - static_cast<std::size_t>(rank)]);
        signal.spectra[module].push_back(std::move(listed));
        signal.spectrumTotals[module].push_back(total);
    }
}

Result<SignalSet> measured(const ModelSource& model, const std::set<std::string>& wanted, const ProfileCache& cache,
                           const Progress& progress)
{
    const ModuleGrid grid = mapGrid(model.config);
    std::map<std::string, SignalValues> values;
    std::map<std::string, double> costs;
    std::map<std::string, std::vector<std::vector<double>>> spectra;
    std::int64_t floored = 0;
    SignalSet set;
    set.modules = grid;
    std::int64_t done = 0, count = 0;
    for (std::size_t layer = 0; layer < grid.layers(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer))
            count += std::max<std::int64_t>(1, shape.baseExperts);
    const Stopwatch all;
    for (std::int64_t layer = 0; layer < model.config.layers; ++layer)
        for (const ModuleShape& shape : grid.layer(static_cast<std::size_t>(layer))) {
            const std::string path = modulePath(model.config, layer, shape);
            const auto goesOn = [&] {
                progress.report({"Spectra of the weights", done++, count, path});
                return !progress.isCancelled();
            };
            if (shape.baseExperts == 0 && !goesOn())
                return failure(cancelled());
            HILO_TRY(const auto ofModule, spectraOf(model, layer, shape, cache, goesOn));
            for (const std::vector<double>& spectrum : ofModule)
                floored += std::count_if(spectrum.begin(), spectrum.end(),
                                         [](double value) { return value < smallestEigenvalue; });
            for (const Measure& measure : measures()) {
                if (!wanted.contains(measure.name))
                    continue;
                const Stopwatch cost;
                std::vector<double> found;
                for (const std::vector<double>& spectrum : ofModule)
                    found.push_back(measure.of(spectrum));
                if (shape.baseExperts == 0)
                    values[measure.name].put(shape.name, layer, found.front());
                else
                    values[measure.name].putExperts(shape.name, layer, std::move(found),
                                                    std::vector<double>(ofModule.size(), 1));
                costs[measure.name] += cost.seconds();
            }
            spectra[shape.name].resize(grid.layers());
            spectra[shape.name][static_cast<std::size_t>(layer)] = meanOf(ofModule);
        }
    for (auto& [name, one] : values)
        set.add(name, std::move(one), costs[name]);
    if (ComplexitySignal* signal = set.find("stable_rank"))
        for (const auto& [module, layers] : spectra)
            listSpectrum(*signal, module, layers);
    if (set.hasExperts())
        set.notes.push_back("Signals of the weights: a value of the base's own experts is the mean over them.");
    if (floored > 0)
        set.notes.push_back(std::to_string(floored) + " squared singular values of the weights are zero; they count "
                                                      "as 1e-30 where a logarithm is taken.");
    set.seconds = all.seconds();
    return set;
}

} // namespace

Result<SignalSet> measureWeights(const ModelSource& model, const std::set<std::string>& wanted,
                                 const ProfileCache& cache, const Progress& progress)
{
    if (!model.weights)
        return failure(weightsMissing(model, "a profile"));
    return atTorchBorder([&] {
        const torch::NoGradGuard noGradients;
        return measured(model, wanted, cache, progress);
    });
}

} // namespace hilo
