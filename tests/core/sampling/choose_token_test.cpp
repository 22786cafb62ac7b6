// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/choose_token.h"
#include "sampling/ranked_tokens.h"
#include "support/testing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>

using namespace hilo;

namespace {

constexpr int draws = 4096;

/// How often each token comes for random numbers that are spread evenly.
std::map<std::int32_t, double> shares(const std::vector<float>& logits, const SamplingSettings& settings,
                                      const TokenHistory& history = {})
{
    std::map<std::int32_t, double> counts;
    for (std::uint64_t i = 0; i < draws; ++i)
        counts[chooseToken(logits, settings, history, (2 * i + 1) * (UINT64_MAX / (2 * draws)))] += 1.0 / draws;
    return counts;
}

std::set<std::int32_t> tokensOf(const std::map<std::int32_t, double>& counts)
{
    std::set<std::int32_t> tokens;
    for (const auto& [token, count] : counts)
        tokens.insert(token);
    return tokens;
}

std::vector<float> logitsOf(const std::vector<double>& probabilities)
{
    std::vector<float> logits;
    for (const double one : probabilities)
        logits.push_back(static_cast<float>(std::log(one) + 3));
    return logits;
}

SamplingSettings at(double temperature)
{
    SamplingSettings settings;
    settings.temperature = temperature;
    return settings;
}

} // namespace

HILO_TEST(ranksAreThoseOfAWholeSort)
{
    std::vector<double> weights;
    for (int i = 0; i < 1000; ++i)
        weights.push_back((i * 7919) % 97);
    std::vector<std::pair<double, std::int32_t>> sorted;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sorted.emplace_back(-weights[i], static_cast<std::int32_t>(i));
    std::sort(sorted.begin(), sorted.end());
    RankedTokens ranked(weights);
    for (const std::size_t rank : {std::size_t{70}, std::size_t{0}, std::size_t{999}, std::size_t{500}})
        CHECK_EQ(ranked.at(rank).second, sorted[rank].second);
    RankedTokens one(std::span<const double>(weights).first(1));
    CHECK_EQ(one.at(0).second, 0);
}

HILO_TEST(greedyTakesTheLikeliestAndOfEqualOnesTheFirst)
{
    CHECK_EQ(chooseToken(std::vector<float>{1, 5, 5, 2}, {}, {}, 77), 1);
}

HILO_TEST(sharesAreTheSoftmaxAtATemperature)
{
    const std::vector<float> logits = logitsOf({0.5, 0.3, 0.2});
    auto counts = shares(logits, at(1));
    CHECK_NEAR(counts[0], 0.5, 1e-3);
    CHECK_NEAR(counts[2], 0.2, 1e-3);
    counts = shares(logits, at(0.5));
    CHECK_NEAR(counts[0], 0.25 / 0.38, 1e-3);
}

HILO_TEST(onlyTheChosenPartOfTheTokensIsDrawn)
{
    const std::vector<float> logits = logitsOf({0.1, 0.4, 0.3, 0.15, 0.05});
    SamplingSettings settings = at(1);
    settings.topK = 2;
    CHECK(tokensOf(shares(logits, settings)) == std::set<std::int32_t>({1, 2}));
    settings.topK = 0;
    settings.topP = 0.6;
    CHECK(tokensOf(shares(logits, settings)) == std::set<std::int32_t>({1, 2}));
    // Of what top k leaves (0.4 and 0.3, renormalised 0.57 and 0.43) the first is enough.
    settings.topK = 2;
    settings.topP = 0.5;
    CHECK(tokensOf(shares(logits, settings)) == std::set<std::int32_t>({1}));
    settings = at(1);
    settings.minP = 0.3;
    CHECK(tokensOf(shares(logits, settings)) == std::set<std::int32_t>({1, 2, 3}));
    settings = at(1);
    settings.topP = 0;
    CHECK(tokensOf(shares(logits, settings)) == std::set<std::int32_t>({1}));
}

HILO_TEST(penaltiesAndBiasesChangeTheLogits)
{
    TokenHistory history;
    history.readPrompt(std::vector<std::int32_t>{0, 3});
    history.addGenerated(1);
    history.addGenerated(1);
    // Repetition counts the prompt, too, and divides what is above 0.
    SamplingSettings settings;
    settings.repetitionPenalty = 2;
    CHECK_EQ(chooseToken(std::vector<float>{6, 5, 4, 7}, settings, history, 0), 2);
    CHECK_EQ(chooseToken(std::vector<float>{-1, -1, -1.5f, -9}, settings, history, 0), 2);
    // Presence and frequency count what was generated alone.
    settings = {};
    settings.presencePenalty = 1.5;
    CHECK_EQ(chooseToken(std::vector<float>{3, 5, 4, 0}, settings, history, 0), 2);
    CHECK_EQ(chooseToken(std::vector<float>{5, 5.5f, 4, 0}, settings, history, 0), 0);
    settings = {};
    settings.frequencyPenalty = 1;
    CHECK_EQ(chooseToken(std::vector<float>{0, 5.9f, 4, 0}, settings, history, 0), 2);
    CHECK_EQ(chooseToken(std::vector<float>{0, 6.1f, 4, 0}, settings, history, 0), 1);
    settings = {};
    settings.bias = {{2, 100}, {77, 5}};
    CHECK_EQ(chooseToken(std::vector<float>{9, 1, 0, 3}, settings, history, 0), 2);
}
