// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/evaluation_shapes.h"

#include "data/row_tokens.h"
#include "engine/evaluate/generator.h"
#include "engine/evaluate/group_losses.h"
#include "engine/evaluate/token_losses.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

using Lengths = std::vector<std::int64_t>;

std::int64_t lengthOf(const std::vector<std::int32_t>& tokens)
{
    return static_cast<std::int64_t>(tokens.size());
}

/// Of rows that a loss is taken of (row_scorer.h), and of what is weighed against them: the last token is not read.
Lengths lengthsOfTexts(const EvaluationData& data, LossOn lossOn)
{
    Lengths lengths;
    for (const TokenisedExample& row : data.tokenised) {
        if (!lossPlaces(row, lossOn).empty() || row.isGood)
            lengths.push_back(lengthOf(row.tokens) - 1);
        for (const TokenisedExample& rejected : row.rejected)
            lengths.push_back(lengthOf(rejected.tokens) - 1);
    }
    return lengths;
}

/// Of label_logit.cpp: up to the label or the last token with a loss.
Lengths lengthsUpToLabels(const EvaluationData& data, LossOn lossOn)
{
    Lengths lengths;
    for (const TokenisedExample& row : data.tokenised) {
        const std::vector<std::int64_t> places = lossPlaces(row, lossOn);
        lengths.push_back(std::max(row.labelPosition, places.empty() ? 0 : places.back()));
    }
    return lengths;
}

/// A row's choices as group_losses.cpp has them.
struct Choices
{
    std::int64_t shared = 0, longest = 0;
};

/// Beginnings of rows that share them, with the caches, and the choices behind them, each with its copy.
std::vector<EvaluationShape> shapesOfShared(std::vector<Choices> rows, std::int64_t batchSize, std::int64_t heads)
{
    std::sort(rows.begin(), rows.end(), [](const Choices& a, const Choices& b) { return a.shared > b.shared; });
    Lengths shared;
    for (const Choices& row : rows)
        shared.push_back(row.shared);
    const std::size_t count = beginningsAtOnce(heads, shared, 0, batchSize);
    const std::int64_t longest = shared.front();
    EvaluationShape beginnings;
    beginnings.tokens =
        std::accumulate(shared.begin(), shared.begin() + static_cast<std::ptrdiff_t>(count), std::int64_t{0});
    beginnings.cachedTokens = static_cast<std::int64_t>(count) * longest;
    beginnings.attentionPairs = beginnings.cachedTokens * longest;
    std::int64_t behind = 0;
    for (const Choices& row : rows)
        behind = std::max(behind, row.longest - row.shared);
    EvaluationShape continuations;
    continuations.tokens = batchSize * behind;
    continuations.labels = continuations.tokens;
    // A cache that has to grow grows to twice its length.
    continuations.cachedTokens = beginnings.cachedTokens + batchSize * 2 * longest;
    continuations.attentionPairs = continuations.tokens * (longest + behind);
    return {beginnings, continuations};
}

std::vector<EvaluationShape> shapesOfChoices(const EvaluationData& data, std::int64_t batchSize, std::int64_t heads)
{
    Lengths whole;
    std::vector<Choices> sharing;
    for (const TokenisedExample& row : data.tokenised) {
        if (row.choices.empty())
            continue;
        Choices choices{lengthOf(row.choices.front().tokens) - 1, lengthOf(row.tokens)};
        std::int64_t tokens = 0;
        for (const ChoiceTokens& choice : row.choices) {
            const std::int64_t length = lengthOf(choice.tokens);
            choices.shared =
                std::min({choices.shared, length - 1, commonPrefix(row.choices.front().tokens, choice.tokens)});
            choices.longest = std::max(choices.longest, length);
            tokens += length;
        }
        if (isWorthSharing(heads, choices.shared, static_cast<std::int64_t>(row.choices.size()), tokens)) {
            sharing.push_back(choices);
            continue;
        }
        for (const ChoiceTokens& choice : row.choices)
            whole.push_back(lengthOf(choice.tokens) - 1);
        whole.push_back(lengthOf(row.tokens) - 1);
    }
    std::vector<EvaluationShape> shapes;
    if (!sharing.empty())
        shapes = shapesOfShared(std::move(sharing), batchSize, heads);
    if (!whole.empty())
        shapes.push_back(measuredEvaluation(std::move(whole), batchSize));
    return shapes;
}

/// The longest prompts, read in parts, and one token of each after another (generator.cpp). The cache grows to twice
/// its length where it has to.
EvaluationShape shapeOfGenerated(const EvaluationData& data, const EvaluationSpec& spec, const ModelConfig& model)
{
    Lengths prompts;
    for (const TokenisedExample& row : data.tokenised)
        prompts.push_back(row.answerStart);
    std::sort(prompts.rbegin(), prompts.rend());
    prompts.resize(std::min(prompts.size(), static_cast<std::size_t>(spec.batchSize)));
    EvaluationShape shape;
    if (prompts.empty())
        return shape;
    const auto count = static_cast<std::int64_t>(prompts.size());
    const std::int64_t longest = std::max<std::int64_t>(1, prompts.front());
    const std::int64_t atOnce = tokensReadAtOnce(model, count, longest, GenerationSettings{});
    for (const std::int64_t length : prompts)
        shape.tokens += std::min(length, atOnce);
    std::int64_t capacity = longest;
    while (capacity < longest + spec.maxNewTokens)
        capacity *= 2;
    shape.cachedTokens = count * capacity;
    shape.attentionPairs = count * atOnce * longest;
    shape.labels = count;
    return shape;
}

} // namespace

std::vector<EvaluationShape> evaluationShapes(const EvaluationData& data, const EvaluationSpec& spec,
                                              const ModelConfig& model)
{
    std::vector<EvaluationShape> shapes;
    switch (data.protocol) {
    case Protocol::LabelLogit:
        return {measuredEvaluation(lengthsUpToLabels(data, spec.lossOn), spec.batchSize)};
    case Protocol::ChoiceLikelihood:
        return shapesOfChoices(data, spec.batchSize, model.heads);
    case Protocol::Generate:
    case Protocol::GenMatchStrict:
        shapes.push_back(shapeOfGenerated(data, spec, model));
        break;
    case Protocol::Auto:
    case Protocol::Loss:
        break;
    }
    shapes.push_back(measuredEvaluation(lengthsOfTexts(data, spec.lossOn), spec.batchSize));
    return shapes;
}

} // namespace hilo
