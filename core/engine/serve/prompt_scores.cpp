// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/prompt_scores.h"

#include <algorithm>

namespace hilo {

using torch::Tensor;

std::vector<ScoredToken> scoredTokens(const Tensor& logits, std::span<const std::int32_t> tokens, int alternatives)
{
    const auto rows = static_cast<std::int64_t>(tokens.size());
    const Tensor ids =
        torch::tensor(std::vector<std::int64_t>(tokens.begin(), tokens.end()), torch::kInt64).to(logits.device());
    const Tensor total = torch::logsumexp(logits, 1, true);
    const Tensor own = (logits.gather(1, ids.unsqueeze(1)) - total).to(torch::kCPU).contiguous();
    const std::int64_t count = std::min<std::int64_t>(alternatives, logits.size(1));
    const auto [values, places] = logits.topk(count, 1);
    const Tensor best = (values - total).to(torch::kCPU).contiguous();
    const Tensor bestIds = places.to(torch::kCPU).contiguous();
    std::vector<ScoredToken> scored;
    for (std::int64_t row = 0; row < rows; ++row) {
        ScoredToken token{tokens[static_cast<std::size_t>(row)], own.data_ptr<float>()[row], {}};
        for (std::int64_t i = row * count; i < (row + 1) * count; ++i)
            token.alternatives.emplace_back(static_cast<std::int32_t>(bestIds.data_ptr<std::int64_t>()[i]),
                                            best.data_ptr<float>()[i]);
        scored.push_back(std::move(token));
    }
    return scored;
}

std::vector<ScoredToken> scoredBehind(const Decoder& decoder, const Tensor& hidden,
                                      std::span<const std::int32_t> tokens, int alternatives)
{
    constexpr std::size_t rowsAtOnce = 64;
    std::vector<ScoredToken> scored;
    for (std::size_t first = 0; first < tokens.size(); first += rowsAtOnce) {
        const std::size_t count = std::min(rowsAtOnce, tokens.size() - first);
        const Tensor logits =
            decoder.logits(hidden.narrow(0, static_cast<std::int64_t>(first), static_cast<std::int64_t>(count)));
        for (ScoredToken& token : scoredTokens(logits, tokens.subspan(first, count), alternatives))
            scored.push_back(std::move(token));
    }
    return scored;
}

} // namespace hilo
