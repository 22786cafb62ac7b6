// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/sample_losses.h"

#include "engine/base/eigenvalues.h"
#include "gpu/operators/cross_entropy.h"

#include <algorithm>
#include <limits>

namespace hilo {

using torch::Tensor;

std::vector<double> sampleLosses(const StreamedModel& model, const CalibrationBatch& batch, const Tensor& hidden)
{
    constexpr std::int64_t chunk = 256;
    const torch::NoGradGuard noGradients;
    const Tensor places = batch.packed.labels.ge(0).nonzero().flatten();
    const Tensor rows = model.finalNorm(hidden.index_select(0, places));
    const Tensor labels = batch.packed.labels.index_select(0, places);
    std::vector<double> losses;
    for (std::int64_t first = 0; first < places.size(0); first += chunk) {
        const std::int64_t last = std::min(first + chunk, places.size(0));
        const Tensor logs = torch::log_softmax(model.logits(rows.slice(0, first, last)), 1);
        const std::vector<double> part = valuesOf(-logs.gather(1, labels.slice(0, first, last).unsqueeze(1)).flatten());
        losses.insert(losses.end(), part.begin(), part.end());
    }
    std::vector<double> means;
    std::size_t next = 0;
    for (const std::int64_t count : batch.labels) {
        double sum = count > 0 ? 0 : std::numeric_limits<double>::quiet_NaN();
        for (std::int64_t label = 0; label < count; ++label)
            sum += losses[next++];
        means.push_back(count > 0 ? sum / static_cast<double>(count) : sum);
    }
    return means;
}

Tensor lossGradient(const StreamedModel& model, const CalibrationBatch& batch, const Tensor& hidden)
{
    const torch::AutoGradMode enabled(true);
    const Tensor input = hidden.detach().requires_grad_(true);
    const Tensor normal = model.finalNorm(input);
    const Tensor output = normal.detach().requires_grad_(true);
    gpu::CrossEntropyOptions options;
    options.logitSoftcap = model.config().logitSoftcap;
    gpu::chunkedCrossEntropy(output, model.outputWeight(), batch.packed.labels, options).backward();
    // A token's loss depends on its own row alone, so each row may be weighed behind the sum.
    std::vector<float> weights;
    for (std::size_t sequence = 0; sequence < batch.labels.size(); ++sequence)
        weights.insert(weights.end(),
                       static_cast<std::size_t>(batch.packed.starts[sequence + 1] - batch.packed.starts[sequence]),
                       1.0F / static_cast<float>(std::max<std::int64_t>(1, batch.labels[sequence])));
    const Tensor perToken = torch::tensor(weights, torch::kFloat32).to(output.device()).unsqueeze(1);
    normal.backward((output.grad() * perToken).to(normal.scalar_type()));
    return input.grad();
}

} // namespace hilo
