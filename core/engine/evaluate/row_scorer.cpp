// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/row_scorer.h"

#include "engine/evaluate/token_losses.h"

#include <numeric>

namespace hilo {
namespace {

class LossScorer : public RowScorer
{
  public:
    using RowScorer::RowScorer;

    Status score(std::span<const std::size_t> rows, std::vector<ScoredRow>& scored, const Progress&) const override
    {
        return scoreLosses(rows, scored);
    }
};

} // namespace

Status RowScorer::scoreLosses(std::span<const std::size_t> rows, std::vector<ScoredRow>& scored) const
{
    std::vector<TextToScore> texts;
    for (const std::size_t row : rows)
        texts.push_back({tokens(row).tokens, lossPlaces(tokens(row), inputs_.spec.lossOn), {}});
    std::vector<TextToScore*> wanted;
    for (TextToScore& text : texts)
        if (!text.places.empty())
            wanted.push_back(&text);
    HILO_CHECK(scoreTexts(inputs_.decoder, inputs_.adapter, wanted, inputs_.spec.batchSize));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        scored[rows[i]].loss = std::accumulate(texts[i].losses.begin(), texts[i].losses.end(), 0.0);
        scored[rows[i]].tokens = static_cast<std::int64_t>(texts[i].losses.size());
    }
    return {};
}

std::string RowScorer::labelOf(std::size_t row, std::size_t choice) const
{
    return choice < example(row).labels.size() ? example(row).labels[choice] : example(row).choices[choice];
}

std::unique_ptr<RowScorer> makeLossScorer(const ScoringInputs& inputs)
{
    return std::make_unique<LossScorer>(inputs);
}

} // namespace hilo
