// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/training_batch.h"

#include "support/testing.h"

#include <algorithm>
#include <numeric>

using namespace hilo;

namespace {

constexpr std::int64_t tokensOfPrompt = 400;

/// Tokens 0, 1, 2, …: a prompt of 400 and an answer of two.
TokenisedExample example()
{
    TokenisedExample example;
    example.tokens.resize(tokensOfPrompt + 2);
    std::iota(example.tokens.begin(), example.tokens.end(), 0);
    example.answerStart = tokensOfPrompt;
    example.answers = {{tokensOfPrompt, tokensOfPrompt + 2}};
    return example;
}

std::vector<std::int64_t> numbers(const torch::Tensor& tensor)
{
    return {tensor.data_ptr<std::int64_t>(), tensor.data_ptr<std::int64_t>() + tensor.numel()};
}

} // namespace

HILO_TEST(withoutDropoutEveryTokenButTheLastIsThere)
{
    const std::vector<TokenisedExample> examples{example(), example()};
    const std::vector<std::int64_t> rows{1, 0};
    const TrainingBatch batch = makeTrainingBatch(examples, rows, LossOn::Answer);
    CHECK_EQ(batch.packed.tokens.numel(), 2 * (tokensOfPrompt + 1));
    CHECK_EQ(batch.labels, 4);
    CHECK_EQ(batch.packed.labels[tokensOfPrompt - 1].item<std::int64_t>(), tokensOfPrompt);
    CHECK_EQ(batch.packed.labels[tokensOfPrompt].item<std::int64_t>(), tokensOfPrompt + 1);
    CHECK_EQ(makeTrainingBatch(examples, rows, LossOn::WholeText).labels, 2 * (tokensOfPrompt + 1));
}

HILO_TEST(promptDropoutLeavesOutItsShareAndNeverAnAnswer)
{
    const std::vector<TokenisedExample> examples{example()};
    const std::vector<std::int64_t> rows{0};
    const TrainingBatch batch = makeTrainingBatch(examples, rows, LossOn::Answer, {0.3, 7});
    const std::vector<std::int64_t> tokens = numbers(batch.packed.tokens);
    // 398 tokens may go; 119 ± 28 of them do (three standard deviations).
    CHECK(tokens.size() > 401 - 119 - 28 && tokens.size() < 401 - 119 + 28);
    CHECK_EQ(tokens.front(), 0);
    CHECK_EQ(tokens[tokens.size() - 2], tokensOfPrompt - 1);
    CHECK_EQ(tokens.back(), tokensOfPrompt);
    CHECK(std::is_sorted(tokens.begin(), tokens.end()));
    std::vector<std::int64_t> places(tokens.size());
    std::iota(places.begin(), places.end(), 0);
    CHECK_EQ(numbers(batch.packed.positions), places);
    CHECK_EQ(batch.labels, 2);
    const std::vector<std::int64_t> labels = numbers(batch.packed.labels);
    CHECK_EQ(labels[labels.size() - 2], tokensOfPrompt);
    CHECK_EQ(labels.back(), tokensOfPrompt + 1);
}

HILO_TEST(promptDropoutIsTheSameForAKeyAndAnotherForTheNext)
{
    const std::vector<TokenisedExample> examples{example(), example()};
    const std::vector<std::int64_t> first{0};
    const std::vector<std::int64_t> second{1};
    const auto tokens = [&](const std::vector<std::int64_t>& rows, std::uint64_t key) {
        return numbers(makeTrainingBatch(examples, rows, LossOn::Answer, {0.5, key}).packed.tokens);
    };
    CHECK_EQ(tokens(first, 7), tokens(first, 7));
    CHECK(tokens(first, 7) != tokens(first, 8));
    CHECK(tokens(first, 7) != tokens(second, 7));
}
