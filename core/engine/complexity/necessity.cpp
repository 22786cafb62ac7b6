// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/necessity.h"

#include "engine/complexity/sample_losses.h"

#include <array>
#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;

/// Mean loss of half 0, of half 1 and of both.
std::array<double, 3> meanLosses(const StreamedModel& model, const std::vector<CalibrationBatch>& batches,
                                 const std::vector<Tensor>& hidden)
{
    std::array<double, 3> sums{};
    std::array<double, 3> counts{};
    for (std::size_t index = 0; index < batches.size(); ++index)
        for (const double loss : sampleLosses(model, batches[index], hidden[index])) {
            if (std::isnan(loss))
                continue;
            for (const std::size_t part : {static_cast<std::size_t>(batches[index].half), std::size_t{2}}) {
                sums[part] += loss;
                ++counts[part];
            }
        }
    for (std::size_t part = 0; part < sums.size(); ++part)
        sums[part] /= counts[part];
    return sums;
}

} // namespace

Result<SignalSet> measureNecessity(StreamedModel& model, const std::vector<CalibrationBatch>& batches,
                                   const Progress& progress)
{
    const torch::NoGradGuard noGradients;
    const Stopwatch cost;
    const std::int64_t layers = model.config().layers;
    // variants[0] is the whole model; variants[l + 1] goes past layer l, whose keys and values other layers still see.
    std::vector<std::vector<std::shared_ptr<ForwardContext>>> contexts(1);
    std::vector<std::vector<Tensor>> variants(1);
    for (const CalibrationBatch& batch : batches) {
        contexts[0].push_back(model.begin(batch.packed));
        variants[0].push_back(model.embed(batch.packed));
    }
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        HILO_CHECK(model.loadLayer(layer));
        std::vector<Tensor> without = variants[0];
        for (std::size_t variant = 0; variant < variants.size(); ++variant)
            for (std::size_t index = 0; index < batches.size(); ++index) {
                if (progress.isCancelled())
                    return failure(cancelled());
                Tensor& hidden = variants[variant][index];
                hidden = model.layer(*contexts[variant][index], hidden);
                HILO_CHECK(model.checkFinite(hidden));
            }
        variants.push_back(std::move(without));
        contexts.emplace_back();
        for (const std::shared_ptr<ForwardContext>& context : contexts[0])
            contexts.back().push_back(StreamedModel::copyOf(*context));
        progress.report({"Leaving one layer out", (layer + 1) * (layer + 2), layers * (layers + 1), {}});
    }
    const std::array<double, 3> whole = meanLosses(model, batches, variants[0]);
    std::array<SignalValues, 3> values;
    for (std::size_t variant = 1; variant < variants.size(); ++variant) {
        const std::array<double, 3> losses = meanLosses(model, batches, variants[variant]);
        for (std::size_t part = 0; part < values.size(); ++part)
            values[part].layers.push_back(losses[part] - whole[part]);
    }
    SignalSet set;
    set.modules = moduleGrid(model.config());
    auto& [first, second, both] = values;
    set.add("necessity", std::move(both), cost.seconds(), {std::move(first), std::move(second)});
    set.seconds = cost.seconds();
    return set;
}

} // namespace hilo
