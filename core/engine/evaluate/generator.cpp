// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/generator.h"

#include "engine/evaluate/not_finite.h"
#include "engine/model/key_value_cache.h"
#include "gpu/kernels/counter_random.h"
#include "sampling/choose_token.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

using Texts = std::vector<std::vector<std::int32_t>>;

PackedBatch batchOf(const Texts& parts, const KeyValueCache& cache)
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

/// At most so many tokens of a sequence are read between two looks at whether to go on.
constexpr std::int64_t tokensAtOnce = 256;

/// Reads the next tokens of each sequence. Returns the hidden states of the last ones, [sequences, hidden], or an
/// undefined tensor when it was cancelled.
Tensor readTexts(const Decoder& decoder, const Texts& texts, KeyValueCache& cache, const ForwardOptions& options,
                 const GenerationSettings& settings, const Progress& progress)
{
    std::int64_t longest = 0, all = 0;
    for (std::size_t s = 0; s < texts.size(); ++s) {
        longest = std::max(longest, static_cast<std::int64_t>(texts[s].size()));
        all = std::max(all, cache.length(static_cast<std::int64_t>(s)) + static_cast<std::int64_t>(texts[s].size()));
    }
    cache.reserve(all);
    const std::int64_t step =
        tokensReadAtOnce(decoder.config(), static_cast<std::int64_t>(texts.size()), longest, settings);
    std::vector<Tensor> last(texts.size());
    for (std::int64_t begin = 0; begin < longest; begin += step) {
        if (progress.isCancelled())
            return {};
        Texts parts;
        for (const auto& text : texts) {
            const auto size = static_cast<std::int64_t>(text.size());
            parts.emplace_back(text.begin() + std::min(begin, size), text.begin() + std::min(begin + step, size));
        }
        const PackedBatch batch = batchOf(parts, cache);
        const Tensor hidden = decoder.hiddenCached(batch, cache, options);
        for (std::size_t s = 0; s < texts.size(); ++s)
            if (const auto size = static_cast<std::int64_t>(texts[s].size()); size > begin && size <= begin + step)
                last[s] = hidden[batch.starts[s + 1] - 1];
    }
    return torch::stack(last);
}

} // namespace

std::int64_t tokensReadAtOnce(const ModelConfig& model, std::int64_t texts, std::int64_t longest,
                              const GenerationSettings& settings)
{
    const std::int64_t scores = texts * model.heads * longest;
    return std::clamp<std::int64_t>(settings.scoresAtOnce / scores, 1, std::min(longest, tokensAtOnce));
}

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
    std::vector<TokenHistory> histories(prompts.size());
    for (std::size_t sequence = 0; sequence < prompts.size(); ++sequence)
        histories[sequence].readPrompt(prompts[sequence]);
    Texts next = prompts;
    for (std::int64_t position = 0; position < settings.maximumTokens && !running.empty(); ++position) {
        if (progress.isCancelled())
            break;
        const Tensor hidden = readTexts(decoder, next, cache, options, settings, progress);
        if (!hidden.defined())
            break;
        const Tensor logits = decoder.logits(hidden).to(torch::kCPU).contiguous();
        if (!logits.isfinite().all().item<bool>())
            return failure(notFiniteError(decoder));
        std::vector<std::int64_t> kept;
        std::vector<std::size_t> still;
        next.clear();
        for (std::size_t s = 0; s < running.size(); ++s) {
            const std::size_t sequence = running[s];
            const std::uint64_t bits = gpu::randomKey(static_cast<std::uint64_t>(settings.seed), sequence, position);
            const float* const row = logits.data_ptr<float>() + static_cast<std::int64_t>(s) * logits.size(1);
            const std::int32_t token =
                chooseToken({row, static_cast<std::size_t>(logits.size(1))}, settings, histories[sequence], bits);
            if (std::find(settings.endTokens.begin(), settings.endTokens.end(), token) != settings.endTokens.end())
                continue;
            results[sequence].push_back(token);
            histories[sequence].addGenerated(token);
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
