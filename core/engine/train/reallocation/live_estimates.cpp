// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/live_estimates.h"

#include "engine/base/eigenvalues.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

/// What every rank's column of B tells.
struct Columns
{
    std::vector<double> worth; ///< Σ |b| √v
    std::vector<double> slope; ///< Σ |m| without noise
};

Columns columnsOf(const ModuleLayout& module, const Tensor& parameters, const OptimiserView& optimiser)
{
    const auto of = [&](const Tensor& flat) {
        return flat.narrow(0, module.offsetB, module.out * module.ranks).view({module.out, module.ranks});
    };
    const auto steps = static_cast<double>(optimiser.step);
    const Tensor second = of(optimiser.secondMoment) / (1 - std::pow(optimiser.beta2, steps));
    const Tensor first = of(optimiser.firstMoment) / (1 - std::pow(optimiser.beta1, steps));
    const double noise = (1 - optimiser.beta1) / (1 + optimiser.beta1);
    const Tensor squares = (first.square().sum(0) - second.sum(0) * noise).clamp_min(0);
    const double meanOfNormal = std::sqrt(2 / std::numbers::pi * static_cast<double>(module.out));
    return {valuesOf((of(parameters).abs() * second.sqrt()).sum(0)), valuesOf(squares.sqrt() * meanOfNormal)};
}

void addRouting(LiveModule& live, const ModuleLayout& module, const double* slots, const double* probabilities)
{
    const auto choices = static_cast<std::size_t>(module.allocation.experts() + module.allocation.nullExperts);
    const double chosen = std::accumulate(slots, slots + choices, 0.0);
    const double weight = std::accumulate(probabilities, probabilities + choices, 0.0);
    if (!(chosen > 0) || !(weight > 0))
        return;
    live.routes = true;
    for (std::size_t expert = 0; expert < live.experts.size(); ++expert)
        live.experts[expert].load = slots[expert] / chosen * static_cast<double>(choices);
    for (std::size_t choice = 0; choice < choices; ++choice)
        if (const double share = probabilities[choice] / weight; share > 0)
            live.entropy -= share * std::log(share) / std::log(static_cast<double>(choices));
}

/// What one more expert would gain.
double expertGain(const LiveModule& live, const ModuleLayout& module)
{
    const double mean = std::accumulate(live.experts.begin(), live.experts.end(), 0.0,
                                        [](double sum, const LiveExpert& one) { return sum + one.rankGain; }) /
                        static_cast<double>(live.experts.size());
    const int rank = *std::min_element(module.allocation.ranks.begin(), module.allocation.ranks.end());
    const double experts = module.allocation.experts();
    return rank * mean * live.entropy * experts / (experts + 1);
}

} // namespace

std::vector<double> squaredSpectrum(const Tensor& a, const Tensor& b)
{
    const Tensor left = a.to(torch::kCPU, torch::kFloat64);
    const Tensor right = b.to(torch::kCPU, torch::kFloat64);
    const auto [values, vectors] = torch::linalg_eigh(torch::mm(left, left.t()), "L");
    const Tensor root = torch::mm(vectors * values.clamp_min(0).sqrt().unsqueeze(0), vectors.t());
    const Tensor middle = torch::mm(torch::mm(root, torch::mm(right.t(), right)), root);
    std::vector<double> found = valuesOf(torch::linalg_eigvalsh(middle, "L").clamp_min(0));
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<LiveModule> estimateLive(MixtureAdapter& adapter, const OptimiserView& optimiser, const Tensor& routed)
{
    const AdapterLayout& layout = adapter.layout();
    const AdapterSettings& settings = adapter.settings();
    const Tensor parameters = adapter.parameters().detach();
    const std::vector<double> counts = valuesOf(routed);
    const std::size_t logits = counts.size() / 2;
    std::vector<LiveModule> result;
    std::size_t firstLogit = 0;
    for (std::size_t group = 0; group < layout.groups.size(); ++group) {
        const GroupLayout& one = layout.groups[group];
        for (std::size_t index = 0; index < one.modules.size(); ++index) {
            const ModuleLayout& module = one.modules[index];
            if (module.allocation.ofBase)
                continue;
            LiveModule live{group, index, {}, 0, 0, false};
            const Columns columns = columnsOf(module, parameters, optimiser);
            for (std::size_t expert = 0; expert < module.expertBegin.size(); ++expert) {
                const int rank = module.allocation.ranks[expert];
                const auto begin = static_cast<std::ptrdiff_t>(module.expertBegin[expert]);
                LiveExpert& own = live.experts.emplace_back();
                for (std::ptrdiff_t column = begin; column < begin + rank; ++column)
                    own.worth.push_back(columns.worth[static_cast<std::size_t>(column)] +
                                        optimiser.rateAhead * columns.slope[static_cast<std::size_t>(column)]);
                const double slope =
                    std::accumulate(columns.slope.begin() + begin, columns.slope.begin() + begin + rank, 0.0) / rank;
                const Tensor a = parameters.narrow(0, one.offset + (module.firstRank + begin) * one.in, rank * one.in)
                                     .view({rank, one.in});
                const Tensor b = parameters.narrow(0, module.offsetB, module.out * module.ranks)
                                     .view({module.out, module.ranks})
                                     .narrow(1, begin, rank);
                const std::vector<double> squares = squaredSpectrum(a, b);
                const double mean = std::accumulate(squares.begin(), squares.end(), 0.0) / rank;
                own.spectrum = mean > 0 ? std::min(1.0, squares.back() / mean) : 1;
                own.rankGain = optimiser.rateAhead * slope * own.spectrum *
                               expertScale(settings, module.allocation.alpha, rank + 1) /
                               expertScale(settings, module.allocation.alpha, rank);
            }
            if (module.firstLogit >= 0) {
                const std::size_t column = firstLogit + static_cast<std::size_t>(module.firstLogit);
                addRouting(live, module, counts.data() + column, counts.data() + logits + column);
                if (live.routes && settings.router != RouterKind::Dense && module.allocation.topK > 1)
                    live.expertGain = expertGain(live, module);
            }
            result.push_back(std::move(live));
        }
        firstLogit += static_cast<std::size_t>(one.plan.logits);
    }
    return result;
}

} // namespace hilo
