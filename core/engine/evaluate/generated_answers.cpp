// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/generated_answers.h"

#include "engine/evaluate/generator.h"
#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo {
namespace {

std::string withoutSpacesAround(std::string text)
{
    text.erase(text.size() - utf8::spacesAtEnd(text));
    text.erase(0, utf8::spacesAtStart(text));
    return text;
}

class GenerationScorer : public RowScorer
{
  public:
    explicit GenerationScorer(const ScoringInputs& inputs) : RowScorer(inputs)
    {
        settings_.maximumTokens = inputs.spec.maxNewTokens;
        settings_.endTokens = inputs.tokenizer.endTokens();
        for (const std::int64_t id : inputs.decoder.config().eosTokens)
            settings_.endTokens.push_back(static_cast<std::int32_t>(id));
    }

    Status score(std::span<const std::size_t> rows, std::vector<ScoredRow>& scored,
                 const Progress& progress) const override
    {
        std::vector<std::vector<std::int32_t>> prompts;
        for (const std::size_t row : rows) {
            const TokenisedExample& one = tokens(row);
            prompts.emplace_back(one.tokens.begin(), one.tokens.begin() + one.answerStart);
        }
        HILO_TRY(const auto generated, generate(inputs_.decoder, inputs_.adapter, prompts, settings_, {}, progress));
        if (progress.isCancelled())
            return failure(cancelled());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (inputs_.data.matcher) {
                HILO_CHECK(matchAnswer(rows[i], generated[i], scored[rows[i]]));
            } else {
                const std::string& end = inputs_.data.answerEnd;
                scored[rows[i]].wanted = comparedText(example(rows[i]).answer, end);
                scored[rows[i]].written = comparedText(inputs_.tokenizer.decode(generated[i]), end);
            }
        }
        return scoreLosses(rows, scored);
    }

  private:
    Status matchAnswer(std::size_t row, const std::vector<std::int32_t>& generated, ScoredRow& scored) const
    {
        const Example& one = example(row);
        HILO_TRY(const std::optional<std::string> answer,
                 inputs_.data.matcher->match(inputs_.tokenizer.decode(generated)));
        HILO_TRY(const std::optional<std::string> wanted, inputs_.data.matcher->match(one.answer));
        const bool isKnown = answer && (one.labels.empty() ||
                                        std::find(one.labels.begin(), one.labels.end(), *answer) != one.labels.end());
        scored.right =
            one.correct >= 0 ? labelOf(row, static_cast<std::size_t>(one.correct)) : wanted.value_or(one.answer);
        scored.given = isKnown ? answer : std::nullopt;
        return {};
    }

    GenerationSettings settings_;
};

} // namespace

std::string comparedText(std::string text, const std::string& answerEnd)
{
    const std::string mark = withoutSpacesAround(answerEnd);
    if (const auto at = mark.empty() ? std::string::npos : text.find(mark); at != std::string::npos)
        text.erase(at);
    return withoutSpacesAround(std::move(text));
}

std::unique_ptr<RowScorer> makeGenerationScorer(const ScoringInputs& inputs)
{
    return std::make_unique<GenerationScorer>(inputs);
}

} // namespace hilo
