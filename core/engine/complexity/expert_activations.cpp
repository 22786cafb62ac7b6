// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/expert_activations.h"

#include "engine/base/eigenvalues.h"
#include "engine/complexity/activation_measures.h"
#include "engine/complexity/layer_activations.h"
#include "engine/complexity/spectrum_means.h"
#include "engine/complexity/spectrum_measures.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <numeric>

namespace hilo {

using torch::Tensor;

bool ExpertActivations::wantsSpectrum() const
{
    return wants("activation_effective_rank") || wants("activation_participation_ratio") || wants("explained_variance");
}

void ExpertActivations::add(int half, BaseExpertWeight which, const Tensor& rows, std::span<const std::int64_t> counts)
{
    if (wantsSpectrum() || wants("outlier_ratio"))
        batches_[static_cast<std::size_t>(which)][static_cast<std::size_t>(half)].push_back(
            {rows.detach().to(torch::kFloat32), {counts.begin(), counts.end()}});
}

Tensor ExpertActivations::rowsOf(std::size_t weight, int half, std::int64_t expert) const
{
    std::vector<Tensor> parts;
    for (const Batch& batch : batches_[weight][static_cast<std::size_t>(half)]) {
        const auto end = batch.counts.begin() + expert;
        parts.push_back(batch.rows.narrow(0, std::accumulate(batch.counts.begin(), end, std::int64_t{0}), *end));
    }
    return parts.empty() ? Tensor() : torch::cat(parts);
}

ExpertActivations::Measured ExpertActivations::measure(const Tensor& rows, const Tensor& weight)
{
    Measured measured;
    if (!rows.defined() || rows.size(0) == 0)
        return measured;
    measured.rows = static_cast<double>(rows.size(0));
    if (wantsSpectrum()) {
        const Stopwatch cost;
        // In float64, and by the smaller of the two Gram matrices: an expert often has fewer rows than columns.
        const Tensor wide = rows.to(torch::kFloat64);
        std::vector<double> descending = squaredSingularValues(wide - wide.mean(0, true));
        std::reverse(descending.begin(), descending.end());
        measured.values["activation_effective_rank"] = entropyRank(descending);
        measured.values["activation_participation_ratio"] = participationRatio(descending);
        measured.values["explained_variance"] = static_cast<double>(countForShare(descending, explainedShare));
        const double sum = std::accumulate(descending.begin(), descending.end(), 0.0);
        for (std::size_t index = 0; index < std::min(descending.size(), listedDirections); ++index)
            measured.shares.push_back(sum > 0 ? descending[index] / sum : 0);
        for (const char* name : {"activation_effective_rank", "activation_participation_ratio", "explained_variance"})
            costs[name] += cost.seconds();
    }
    if (wants("outlier_ratio")) {
        const Stopwatch cost;
        measured.values["outlier_ratio"] =
            outlierRatio(weight, rows.square().sum(0, false, torch::kFloat64).sqrt(), outlierFactor);
        costs["outlier_ratio"] += cost.seconds();
    }
    return measured;
}

void ExpertActivations::finish(std::int64_t layer, const std::vector<ModuleShape>& shapes,
                               const std::function<Tensor(BaseExpertWeight, std::int64_t)>& weightOf, Values& values)
{
    for (const ModuleShape& shape : shapes) {
        const auto which = shape.inputGroup == inputGroupOfExpertsDown ? BaseExpertWeight::Down : BaseExpertWeight::In;
        const auto place = static_cast<std::size_t>(which);
        if (batches_[place][0].empty() && batches_[place][1].empty())
            continue;
        std::array<std::map<std::string, std::vector<double>>, 3> byExpert;
        std::array<std::vector<double>, 3> rows;
        std::vector<std::vector<double>> shares;
        for (std::int64_t expert = 0; expert < shape.baseExperts; ++expert) {
            const Tensor weight = wants("outlier_ratio") ? weightOf(which, expert) : Tensor();
            std::array<Tensor, 3> inputs{rowsOf(place, 0, expert), rowsOf(place, 1, expert), {}};
            inputs[wholeData] = !inputs[0].defined()   ? inputs[1]
                                : !inputs[1].defined() ? inputs[0]
                                                       : torch::cat({inputs[0], inputs[1]});
            for (std::size_t part = 0; part < inputs.size(); ++part) {
                Measured measured = measure(inputs[part], weight);
                rows[part].push_back(measured.rows);
                for (const std::string& name : wanted_)
                    byExpert[part][name].push_back(measured.values[name]);
                if (part == wholeData)
                    shares.push_back(std::move(measured.shares));
            }
        }
        for (std::size_t part = 0; part < byExpert.size(); ++part) {
            for (const char* name :
                 {"activation_effective_rank", "activation_participation_ratio", "explained_variance", "outlier_ratio"})
                if (wants(name))
                    values[name][part].putExperts(shape.name, layer, std::move(byExpert[part][name]), rows[part]);
        }
        if (wantsSpectrum()) {
            spectra[shape.name].resize(static_cast<std::size_t>(layer) + 1);
            spectra[shape.name].back() = meanSpectrum(shares, rows[wholeData]);
        }
    }
    batches_ = {};
}

} // namespace hilo
