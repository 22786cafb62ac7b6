// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/choose_token.h"

#include "sampling/ranked_tokens.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hilo {
namespace {

bool isToken(std::int32_t id, std::size_t count)
{
    return id >= 0 && static_cast<std::size_t>(id) < count;
}

std::vector<double> changedLogits(std::span<const float> logits, const SamplingSettings& settings,
                                  const TokenHistory& history)
{
    std::vector<double> values(logits.begin(), logits.end());
    for (const auto& [id, count] : history.counts()) {
        if (!isToken(id, values.size()))
            continue;
        double& value = values[static_cast<std::size_t>(id)];
        value = value > 0 ? value / settings.repetitionPenalty : value * settings.repetitionPenalty;
        if (count.generated > 0)
            value -= settings.presencePenalty + settings.frequencyPenalty * static_cast<double>(count.generated);
    }
    for (const auto& [id, bias] : settings.bias)
        if (isToken(id, values.size()))
            values[static_cast<std::size_t>(id)] += bias;
    return values;
}

template <class Value>
std::int32_t likeliest(std::span<const Value> logits)
{
    return static_cast<std::int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

/// How many of the ranked tokens may be chosen, and the sum of their weights.
struct Kept
{
    std::size_t count = 0;
    double weight = 0;
};

Kept keptOf(RankedTokens& ranked, double total, const SamplingSettings& settings)
{
    const std::size_t most =
        settings.topK > 0 ? std::min(ranked.size(), static_cast<std::size_t>(settings.topK)) : ranked.size();
    if (most < ranked.size()) {
        total = 0;
        for (std::size_t i = 0; i < most; ++i)
            total += ranked.at(i).first;
    } else if (settings.topP >= 1 && settings.minP <= 0) {
        return {most, total};
    }
    const double least = settings.minP * ranked.at(0).first;
    Kept kept;
    while (kept.count < most &&
           (kept.count == 0 || (kept.weight < settings.topP * total && ranked.at(kept.count).first >= least)))
        kept.weight += ranked.at(kept.count++).first;
    return kept;
}

} // namespace

void TokenHistory::readPrompt(std::span<const std::int32_t> tokens)
{
    for (const std::int32_t token : tokens)
        counts_.try_emplace(token);
}

void TokenHistory::addGenerated(std::int32_t token)
{
    ++counts_[token].generated;
}

std::int32_t chooseToken(std::span<const float> logits, const SamplingSettings& settings, const TokenHistory& history,
                         std::uint64_t random)
{
    if (settings.temperature <= 0 && !settings.changesLogits())
        return likeliest(logits);
    std::vector<double> weights = settings.changesLogits() ? changedLogits(logits, settings, history)
                                                           : std::vector<double>(logits.begin(), logits.end());
    if (settings.temperature <= 0)
        return likeliest<double>(weights);
    const double highest = *std::max_element(weights.begin(), weights.end());
    double total = 0;
    for (double& weight : weights)
        total += weight = std::exp((weight - highest) / settings.temperature);
    RankedTokens ranked(weights);
    const Kept kept = keptOf(ranked, total, settings);
    double point = static_cast<double>(random >> 11) * 0x1p-53 * kept.weight;
    for (std::size_t i = 0; i < kept.count; ++i)
        if ((point -= ranked.at(i).first) < 0)
            return ranked.at(i).second;
    // Rounding alone comes here.
    return ranked.at(0).second;
}

} // namespace hilo
