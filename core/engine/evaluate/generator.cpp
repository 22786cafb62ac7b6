// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/generator.h"

#include "engine/evaluate/not_finite.h"
#include "engine/model/key_value_cache.h"
#include "gpu/kernels/counter_random.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

/// logits [V] float32 on the CPU.
std::int32_t sample(const Tensor& logits, const GenerationSettings& settings, std::uint64_t bits)
{
    if (settings.temperature <= 0)
        return static_cast<std::int32_t>(logits.argmax().item<std::int64_t>());
    auto [sorted, order] = torch::softmax(logits.to(torch::kFloat64) / settings.temperature, 0).sort(0, true);
    const auto* probabilities = sorted.data_ptr<double>();
    const auto* ids = order.data_ptr<std::int64_t>();
    std::int64_t count = 0;
    double mass = 0;
    while (count < sorted.size(0) && (count == 0 || mass < settings.topP))
        mass += probabilities[count++];
    double point = static_cast<double>(bits >> 11) * 0x1p-53 * mass;
    for (std::int64_t i = 0; i < count; ++i)
        if ((point -= probabilities[i]) < 0)
            return static_cast<std::int32_t>(ids[i]);
    return static_cast<std::int32_t>(ids[count - 1]);
}

PackedBatch batchOf(const std::vector<std::vector<std::int32_t>>& parts, const KeyValueCache& cache)
{
    PackedBatch batch;
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> positions;
    batch.starts = {0};
    for (std::size_t s = 0; s < parts.size(); ++s) {
        const std::int64_t before = cache.length(static_cast<std::int64_t>(s));
        for (std::size_t i = 0; i < parts[s].size(); ++i) {
            tokens.push_back(parts[s][i]);
            positions.push_back(before + static_cast<std::int64_t>(i));
        }
        batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    batch.tokens = torch::tensor(tokens, torch::kInt64);
    batch.positions = torch::tensor(positions, torch::kInt64);
    return batch;
}

} // namespace

Result<std::vector<std::vector<std::int32_t>>> generate(const Decoder& decoder, ModuleAdapter* adapter,
                                                        const std::vector<std::vector<std::int32_t>>& prompts,
                                                        const GenerationSettings& settings, const TokenSink& sink,
                                                        const Progress& progress)
{
    const torch::NoGradGuard noGradient;
    std::vector<std::vector<std::int32_t>> results(prompts.size());
    if (prompts.empty())
        return results;
    KeyValueCache cache(decoder.config(), static_cast<std::int64_t>(prompts.size()), decoder.dtype(), decoder.device());
    ForwardOptions options;
    options.adapter = adapter;
    std::vector<std::size_t> running(prompts.size());
    std::iota(running.begin(), running.end(), std::size_t{0});
    std::vector<std::vector<std::int32_t>> next = prompts;
    for (std::int64_t position = 0; position < settings.maximumTokens && !running.empty(); ++position) {
        if (progress.isCancelled())
            break;
        const PackedBatch batch = batchOf(next, cache);
        const Tensor hidden = decoder.hiddenCached(batch, cache, options);
        std::vector<std::int64_t> last;
        for (std::size_t s = 0; s < running.size(); ++s)
            last.push_back(batch.starts[s + 1] - 1);
        const Tensor logits =
            decoder.logits(hidden.index_select(0, torch::tensor(last, torch::kInt64).to(decoder.device())))
                .to(torch::kCPU);
        if (!logits.isfinite().all().item<bool>())
            return failure(notFiniteError(decoder));
        std::vector<std::int64_t> kept;
        std::vector<std::size_t> still;
        next.clear();
        for (std::size_t s = 0; s < running.size(); ++s) {
            const std::size_t sequence = running[s];
            const std::uint64_t bits = gpu::randomKey(static_cast<std::uint64_t>(settings.seed), sequence, position);
            const std::int32_t token = sample(logits[static_cast<std::int64_t>(s)], settings, bits);
            if (std::find(settings.endTokens.begin(), settings.endTokens.end(), token) != settings.endTokens.end())
                continue;
            results[sequence].push_back(token);
            if (sink && !sink(sequence, token))
                continue;
            // A learned position that the model does not have cannot be read.
            const std::size_t read = prompts[sequence].size() + results[sequence].size();
            if (decoder.config().learnedPositions &&
                static_cast<std::int64_t>(read) > decoder.config().maximumPositions)
                continue;
            kept.push_back(static_cast<std::int64_t>(s));
            still.push_back(sequence);
            next.push_back({token});
        }
        if (kept.size() < running.size() && !kept.empty())
            cache.keep(kept);
        running = std::move(still);
    }
    return results;
}

} // namespace hilo
