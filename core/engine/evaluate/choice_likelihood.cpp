// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/choice_likelihood.h"

#include "engine/evaluate/group_losses.h"

#include <algorithm>

namespace hilo {
namespace {

std::vector<std::int64_t> placesFrom(std::int64_t begin, std::int64_t end)
{
    std::vector<std::int64_t> places;
    for (std::int64_t i = begin; i < end; ++i)
        places.push_back(i);
    return places;
}

double sumOver(const TextToScore& text, const std::vector<std::int64_t>& places)
{
    double sum = 0;
    for (const std::int64_t place : places) {
        const auto found = std::lower_bound(text.places.begin(), text.places.end(), place);
        sum += text.losses[static_cast<std::size_t>(found - text.places.begin())];
    }
    return sum;
}

/// The texts of a row: its prompt with each choice, and the row itself, which is that of the right choice with EOS
/// behind it unless the two were cut in different places.
struct RowTexts
{
    std::vector<TextToScore> texts;
    std::vector<std::vector<std::int64_t>> places; ///< of each choice
    std::vector<std::int64_t> ofLoss;
    std::size_t lossText = 0; ///< of texts: the row itself
};

RowTexts textsOf(const TokenisedExample& row, LossOn lossOn)
{
    RowTexts result;
    for (const ChoiceTokens& choice : row.choices) {
        result.places.push_back(placesFrom(choice.start, static_cast<std::int64_t>(choice.tokens.size())));
        result.texts.push_back({choice.tokens, result.places.back(), {}});
    }
    result.ofLoss = lossPlaces(row, lossOn);
    if (result.ofLoss.empty())
        return result;
    result.lossText = static_cast<std::size_t>(row.correct);
    TextToScore& right = result.texts[result.lossText];
    const bool isSame = row.tokens.size() >= right.tokens.size() &&
                        std::equal(right.tokens.begin(), right.tokens.end(), row.tokens.begin());
    if (!isSame) {
        result.lossText = result.texts.size();
        result.texts.push_back({row.tokens, result.ofLoss, {}});
        return result;
    }
    right.tokens = row.tokens;
    std::vector<std::int64_t> both;
    std::set_union(right.places.begin(), right.places.end(), result.ofLoss.begin(), result.ofLoss.end(),
                   std::back_inserter(both));
    right.places = std::move(both);
    return result;
}

class ChoiceLikelihoodScorer : public RowScorer
{
  public:
    using RowScorer::RowScorer;

    Status score(std::span<const std::size_t> rows, std::vector<ScoredRow>& scored, const Progress&) const override
    {
        HILO_TRY(const std::vector<std::vector<double>> likelihoods, choiceLikelihoods(inputs_, rows, scored));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const TokenisedExample& one = tokens(rows[i]);
            std::vector<double> byLength = likelihoods[i];
            for (std::size_t c = 0; c < byLength.size(); ++c)
                byLength[c] /= static_cast<double>(std::max<std::int64_t>(1, one.choices[c].characters));
            ScoredRow& row = scored[rows[i]];
            row.likelihoods = likelihoods[i];
            row.right = labelOf(rows[i], static_cast<std::size_t>(one.correct));
            if (const std::int64_t best = onlyHighest(likelihoods[i]); best >= 0)
                row.given = labelOf(rows[i], static_cast<std::size_t>(best));
            if (const std::int64_t best = onlyHighest(byLength); best >= 0)
                row.givenNormalised = labelOf(rows[i], static_cast<std::size_t>(best));
        }
        return {};
    }
};

} // namespace

std::int64_t onlyHighest(std::span<const double> values)
{
    const auto best = std::max_element(values.begin(), values.end());
    return std::count(values.begin(), values.end(), *best) == 1 ? best - values.begin() : -1;
}

Result<std::vector<std::vector<double>>>
choiceLikelihoods(const ScoringInputs& inputs, std::span<const std::size_t> rows, std::vector<ScoredRow>& scored)
{
    std::vector<RowTexts> all;
    std::vector<std::vector<TextToScore>> groups;
    for (const std::size_t row : rows) {
        all.push_back(textsOf(inputs.data.tokenised[row], inputs.spec.lossOn));
        groups.push_back(std::move(all.back().texts));
    }
    HILO_CHECK(scoreGroups(inputs.decoder, inputs.adapter, groups, inputs.spec.batchSize));
    std::vector<std::vector<double>> likelihoods;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<double> ofRow;
        for (std::size_t choice = 0; choice < all[i].places.size(); ++choice)
            ofRow.push_back(-sumOver(groups[i][choice], all[i].places[choice]));
        likelihoods.push_back(std::move(ofRow));
        ScoredRow& row = scored[rows[i]];
        row.tokens = static_cast<std::int64_t>(all[i].ofLoss.size());
        row.loss = row.tokens > 0 ? sumOver(groups[i][all[i].lossText], all[i].ofLoss) : 0;
    }
    return likelihoods;
}

std::unique_ptr<RowScorer> makeChoiceLikelihoodScorer(const ScoringInputs& inputs)
{
    return std::make_unique<ChoiceLikelihoodScorer>(inputs);
}

} // namespace hilo
