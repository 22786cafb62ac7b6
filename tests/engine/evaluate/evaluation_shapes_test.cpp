// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/evaluation_shapes.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::vector<std::int32_t> tokensOf(std::int64_t count, std::int32_t last = 1)
{
    std::vector<std::int32_t> tokens(static_cast<std::size_t>(count), 1);
    tokens.back() = last;
    return tokens;
}

TokenisedExample rowOf(std::int64_t prompt, std::int64_t answer)
{
    TokenisedExample row;
    row.tokens = tokensOf(prompt + answer);
    row.answerStart = prompt;
    row.answers = {{prompt, prompt + answer}};
    row.labelPosition = prompt;
    return row;
}

EvaluationData dataOf(Protocol protocol, std::vector<TokenisedExample> rows)
{
    EvaluationData data;
    data.protocol = protocol;
    data.examples.resize(rows.size());
    data.tokenised = std::move(rows);
    return data;
}

std::vector<EvaluationShape> shapesOf(const EvaluationData& data, std::int64_t batchSize, std::int64_t newTokens = 8)
{
    EvaluationSpec spec;
    spec.batchSize = batchSize;
    spec.maxNewTokens = newTokens;
    ModelConfig model;
    model.layers = 1;
    model.heads = 2;
    return evaluationShapes(data, spec, model);
}

} // namespace

HILO_TEST(theLongestRowsOfABatchAreReadAtOnce)
{
    const std::vector<TokenisedExample> rows{rowOf(10, 2), rowOf(40, 2), rowOf(38, 2)};
    // The last token of a row predicts nothing.
    const auto loss = shapesOf(dataOf(Protocol::Loss, rows), 2);
    CHECK_EQ(loss.size(), std::size_t{1});
    CHECK_EQ(loss[0].tokens, 41 + 39);
    CHECK_EQ(loss[0].attentionPairs, 2 * 41 * 41);
    CHECK_EQ(loss[0].cachedTokens, 0);
    const auto label = shapesOf(dataOf(Protocol::LabelLogit, rows), 2);
    CHECK_EQ(label.size(), std::size_t{1});
    CHECK_EQ(label[0].tokens, 41 + 39);
    // A batch for all of them holds no more than there are.
    CHECK_EQ(shapesOf(dataOf(Protocol::Loss, rows), 32)[0].tokens, 41 + 39 + 11);
    CHECK_EQ(shapesOf(dataOf(Protocol::Loss, {}), 32)[0].tokens, 0);
}

HILO_TEST(choicesShareTheirBeginningWhereThatSaves)
{
    const auto choicesOf = [](std::int64_t prompt, std::int64_t answer) {
        TokenisedExample row = rowOf(prompt, answer);
        row.correct = 0;
        for (std::int32_t choice = 0; choice < 4; ++choice) {
            ChoiceTokens tokens;
            tokens.tokens = tokensOf(prompt, 7);
            for (std::int64_t i = 0; i < answer; ++i)
                tokens.tokens.push_back(choice + 10);
            tokens.start = prompt;
            row.choices.push_back(tokens);
        }
        return row;
    };
    const auto shared = shapesOf(dataOf(Protocol::ChoiceLikelihood, {choicesOf(50, 3), choicesOf(30, 3)}), 2);
    CHECK_EQ(shared.size(), std::size_t{2});
    CHECK_EQ(shared[0].tokens, 80);
    CHECK_EQ(shared[0].cachedTokens, 2 * 50);
    CHECK_EQ(shared[1].tokens, 2 * 3);
    CHECK_EQ(shared[1].cachedTokens, 2 * 50 + 2 * 2 * 50);
    // Answers that are longer than the question are read whole.
    const auto whole = shapesOf(dataOf(Protocol::ChoiceLikelihood, {choicesOf(2, 40)}), 2);
    CHECK_EQ(whole.size(), std::size_t{1});
    CHECK_EQ(whole[0].tokens, 2 * 41);
    CHECK_EQ(whole[0].cachedTokens, 0);
}

HILO_TEST(generatedTextsKeepACacheThatDoubles)
{
    const auto shapes = shapesOf(dataOf(Protocol::Generate, {rowOf(100, 4), rowOf(300, 4)}), 2, 310);
    CHECK_EQ(shapes.size(), std::size_t{2});
    // Prompts are read 256 tokens at a time.
    CHECK_EQ(shapes[0].tokens, 100 + 256);
    CHECK_EQ(shapes[0].cachedTokens, 2 * 1200);
    CHECK_EQ(shapes[0].labels, 2);
    // And the loss of the rows is measured behind that.
    CHECK_EQ(shapes[1].tokens, 303 + 103);
    CHECK_EQ(shapesOf(dataOf(Protocol::Generate, {rowOf(100, 4)}), 2, 100)[0].cachedTokens, 200);
}

HILO_TEST(preferredAndRejectedAnswersAreReadTogether)
{
    TokenisedExample row = rowOf(10, 5);
    row.rejected = {rowOf(10, 25)};
    CHECK_EQ(shapesOf(dataOf(Protocol::Loss, {row}), 8)[0].tokens, 14 + 34);
}
