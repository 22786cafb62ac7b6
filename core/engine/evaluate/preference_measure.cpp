// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/preference_measure.h"

#include "base/counted.h"
#include "base/share_interval.h"
#include "engine/evaluate/answer_scores.h"

#include <algorithm>

namespace hilo {
namespace {

struct Mean
{
    double sum = 0;
    std::int64_t count = 0;
    void add(double value)
    {
        sum += value;
        ++count;
    }
    double value() const { return sum / static_cast<double>(count); }
};

} // namespace

bool areJudgedAlike(const std::vector<TokenisedExample>& rows, bool isGood)
{
    return !rows.empty() && std::all_of(rows.begin(), rows.end(),
                                        [isGood](const TokenisedExample& row) { return row.isGood == isGood; });
}

std::string whyJudgedAlike(const std::vector<TokenisedExample>& rows, const std::string& what)
{
    const auto count = static_cast<std::int64_t>(rows.size());
    const char* const judgement = rows.front().isGood.value_or(false) ? "good" : "bad";
    return (count == 1 ? std::string("its only row is judged ") : "all " + counted(count, "row") + " are judged ") +
           judgement + ", and " + what + "; give the split good and bad answers";
}

Status measurePreferences(const Decoder& decoder, ModuleAdapter* adapter, ModuleAdapter* reference,
                          const EvaluationData& data, const Objective& objective, const ObjectiveSettings& settings,
                          std::int64_t batchSize, const Progress& progress, EvaluationResult& result)
{
    std::vector<const TokenisedExample*> rows;
    for (const TokenisedExample& row : data.tokenised)
        if (!row.rejected.empty() || row.isGood)
            rows.push_back(&row);
    if (rows.empty())
        return {};
    const std::string what = "Scoring preferences of " + data.split;
    HILO_TRY(const auto policy, answerLogProbabilities(decoder, adapter, rows, batchSize, what, progress));
    std::vector<AnswerLogProbabilities> base(rows.size());
    if (objective.needsReference) {
        HILO_TRY(base, answerLogProbabilities(decoder, reference, rows, batchSize, what, progress));
    }
    Mean loss, margin, good, bad;
    std::int64_t right = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const AnswerScore chosen{policy[i].chosen, base[i].chosen, answerTokens(*rows[i])};
        if (objective.ofPair && !rows[i]->rejected.empty()) {
            const AnswerScore rejected{policy[i].rejected, base[i].rejected, answerTokens(rows[i]->rejected.front())};
            const PairLoss pair = objective.ofPair(chosen, rejected, settings);
            loss.add(pair.loss);
            margin.add(pair.chosen.reward - pair.rejected.reward);
            right += pair.chosen.reward > pair.rejected.reward;
        } else if (objective.ofJudged && rows[i]->isGood) {
            const JudgedLoss judged = objective.ofJudged(chosen, *rows[i]->isGood, 0, settings);
            loss.add(judged.loss);
            (*rows[i]->isGood ? good : bad).add(judged.answer.reward);
        }
    }
    if (loss.count > 0)
        result.metrics["preference_loss"] = loss.value();
    if (margin.count > 0) {
        result.metrics["reward_margin"] = margin.value();
        result.metrics["reward_accuracy"] = static_cast<double>(right) / static_cast<double>(margin.count);
        result.intervals["reward_accuracy"] =
            wilsonInterval(static_cast<double>(right), static_cast<double>(margin.count));
    } else if (good.count > 0 && bad.count > 0) {
        result.metrics["reward_margin"] = good.value() - bad.value();
    } else if (areJudgedAlike(data.tokenised, good.count > 0)) {
        result.notMeasured["reward_margin"] =
            whyJudgedAlike(data.tokenised, "the margin is between the rewards of good and of bad ones");
    }
    return {};
}

} // namespace hilo
