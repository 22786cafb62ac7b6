// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/token_losses.h"

#include "engine/evaluate/not_finite.h"
#include "gpu/operators/cross_entropy.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;

/// Logits that exist at once: a GPU is idle with the few that suit a CPU's cache.
constexpr std::int64_t scoredLogitBytesOnGpu = std::int64_t{512} << 20;

} // namespace

std::vector<std::int64_t> lossPlaces(const TokenisedExample& row, LossOn lossOn)
{
    std::vector<std::int64_t> places;
    // What somebody called bad is not to become likely.
    if (row.isGood && !*row.isGood)
        return places;
    if (lossOn == LossOn::WholeText) {
        for (std::int64_t i = 1; i < static_cast<std::int64_t>(row.tokens.size()); ++i)
            places.push_back(i);
        return places;
    }
    for (const auto& [begin, end] : row.answers)
        for (std::int64_t i = std::max<std::int64_t>(1, begin); i < end; ++i)
            places.push_back(i);
    return places;
}

PackedBatch packTexts(std::span<const std::span<const std::int32_t>> texts, std::span<const std::int64_t> firstPlaces)
{
    PackedBatch batch;
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> positions;
    batch.starts = {0};
    for (std::size_t s = 0; s < texts.size(); ++s) {
        const std::int64_t first = firstPlaces.empty() ? 0 : firstPlaces[s];
        for (std::size_t i = 0; i < texts[s].size(); ++i) {
            tokens.push_back(texts[s][i]);
            positions.push_back(first + static_cast<std::int64_t>(i));
        }
        batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    batch.tokens = torch::tensor(tokens, torch::kInt64);
    batch.positions = torch::tensor(positions, torch::kInt64);
    return batch;
}

Result<std::vector<double>> lossesBehind(const Decoder& decoder, const Tensor& hidden,
                                         const std::vector<std::int64_t>& at, const std::vector<std::int64_t>& next)
{
    if (at.empty())
        return std::vector<double>();
    gpu::CrossEntropyOptions options;
    options.logitSoftcap = decoder.config().logitSoftcap;
    if (decoder.device().is_cuda())
        options.logitBytes = scoredLogitBytesOnGpu;
    const Tensor states = hidden.index_select(0, torch::tensor(at, torch::kInt64).to(hidden.device()));
    const Tensor losses = gpu::tokenCrossEntropy(states, decoder.outputWeight(),
                                                 torch::tensor(next, torch::kInt64).to(hidden.device()), options)
                              .to(torch::kCPU)
                              .to(torch::kFloat64)
                              .contiguous();
    const auto* values = losses.data_ptr<double>();
    std::vector<double> result(values, values + losses.numel());
    if (!std::all_of(result.begin(), result.end(), [](double loss) { return std::isfinite(loss); }))
        return failure(notFiniteError(decoder));
    return result;
}

Status scoreTexts(const Decoder& decoder, ModuleAdapter* adapter, std::span<TextToScore* const> texts,
                  std::int64_t batchSize)
{
    std::vector<TextToScore*> order(texts.begin(), texts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const TextToScore* a, const TextToScore* b) { return a->tokens.size() > b->tokens.size(); });
    ForwardOptions options;
    options.adapter = adapter;
    for (std::size_t first = 0; first < order.size(); first += static_cast<std::size_t>(batchSize)) {
        const std::size_t count = std::min(static_cast<std::size_t>(batchSize), order.size() - first);
        std::vector<std::span<const std::int32_t>> parts;
        std::vector<std::int64_t> at;
        std::vector<std::int64_t> next;
        std::int64_t begin = 0;
        for (std::size_t i = first; i < first + count; ++i) {
            const TextToScore& text = *order[i];
            // The last token predicts nothing.
            parts.emplace_back(text.tokens.data(), std::max<std::size_t>(1, text.tokens.size() - 1));
            for (const std::int64_t place : text.places) {
                at.push_back(begin + place - 1);
                next.push_back(text.tokens[static_cast<std::size_t>(place)]);
            }
            begin += static_cast<std::int64_t>(parts.back().size());
        }
        const Tensor hidden = decoder.hidden(packTexts(parts, {}), options);
        HILO_TRY(const std::vector<double> losses, lossesBehind(decoder, hidden, at, next));
        auto loss = losses.begin();
        for (std::size_t i = first; i < first + count; ++i) {
            TextToScore& text = *order[i];
            const auto end = loss + static_cast<std::ptrdiff_t>(text.places.size());
            text.losses.assign(loss, end);
            loss = end;
        }
    }
    return {};
}

} // namespace hilo
