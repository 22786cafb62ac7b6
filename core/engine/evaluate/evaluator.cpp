// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/evaluator.h"

#include "base/counted.h"
#include "data/row_place.h"
#include "engine/base/torch_border.h"
#include "engine/evaluate/preference_measure.h"
#include "engine/evaluate/row_scorer.h"
#include "run/run_spec_names.h"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace hilo {
namespace {

using Clock = std::chrono::steady_clock;

bool generates(Protocol protocol)
{
    return protocol == Protocol::Generate || protocol == Protocol::GenMatchStrict;
}

/// Rows of like length together, so that a batch's attention has little padding.
std::vector<std::size_t> orderByLength(const EvaluationData& data)
{
    std::vector<std::size_t> order(data.tokenised.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&data](std::size_t a, std::size_t b) {
        const TokenisedExample& one = data.tokenised[a];
        const TokenisedExample& other = data.tokenised[b];
        return generates(data.protocol) ? one.answerStart > other.answerStart : one.tokens.size() > other.tokens.size();
    });
    return order;
}

/// Tokens that must stand before what a protocol asks for.
std::int64_t tokensBefore(const TokenisedExample& row, Protocol protocol)
{
    switch (protocol) {
    case Protocol::LabelLogit:
        return row.labelPosition;
    case Protocol::ChoiceLikelihood: {
        std::int64_t first = static_cast<std::int64_t>(row.tokens.size());
        for (const ChoiceTokens& choice : row.choices)
            first = std::min(first, choice.start < static_cast<std::int64_t>(choice.tokens.size()) ? choice.start : 0);
        return first;
    }
    case Protocol::Generate:
    case Protocol::GenMatchStrict:
        return row.answerStart;
    case Protocol::Auto:
    case Protocol::Loss:
        break;
    }
    return 1;
}

Status checkData(const EvaluationData& data, const EvaluationSpec& spec)
{
    if (data.examples.empty())
        return failure(badInput({}, data.split, "there are no rows to score"));
    if (spec.protocol != Protocol::Auto && spec.protocol != data.protocol)
        return failure(badInput({}, "evaluation.protocol",
                                "the rows were made for " + nameOf(protocolNames, data.protocol) + ", not for " +
                                    nameOf(protocolNames, spec.protocol)));
    if (data.protocol == Protocol::GenMatchStrict && !data.matcher)
        return failure(badInput({}, "template", "the template has no answer_pattern, which gen-match-strict needs"));
    for (std::size_t row = 0; row < data.examples.size(); ++row) {
        const TokenisedExample& one = data.tokenised[row];
        const std::string place = placeText(data.examples[row].line);
        const bool lacksChoices = (data.protocol == Protocol::LabelLogit && one.labelTokens.empty()) ||
                                  (data.protocol == Protocol::ChoiceLikelihood && one.choices.empty());
        if (lacksChoices)
            return failure(badInput(data.examples[row].file, place,
                                    "the row has no choices; " + nameOf(protocolNames, data.protocol) +
                                        " compares the answers of a classification or choice template",
                                    "use the protocol generate or loss for free answers"));
        // RunData rejects such rows; whoever makes rows in another way must not read beyond their end.
        const std::int64_t read = tokensBefore(one, data.protocol);
        if (read < 1 || read > static_cast<std::int64_t>(one.tokens.size()))
            return failure(badInput(data.examples[row].file, place,
                                    "the row has " + counted(static_cast<std::int64_t>(one.tokens.size()), "token") +
                                        ", and token " + std::to_string(read) + " was to be the last before the answer",
                                    "raise max_length"));
    }
    return {};
}

std::unique_ptr<RowScorer> scorerOf(const ScoringInputs& inputs)
{
    switch (inputs.data.protocol) {
    case Protocol::LabelLogit:
        return makeLabelLogitScorer(inputs);
    case Protocol::ChoiceLikelihood:
        return makeChoiceLikelihoodScorer(inputs);
    case Protocol::Generate:
    case Protocol::GenMatchStrict:
        return makeGenerationScorer(inputs);
    case Protocol::Auto:
    case Protocol::Loss:
        break;
    }
    return makeLossScorer(inputs);
}

/// Rows of one place are the windows of one text.
void numberWindows(std::vector<ScoredRow>& rows)
{
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].file.empty() || rows[i].file != rows[i - 1].file || rows[i].line != rows[i - 1].line)
            continue;
        rows[i - 1].window = std::max<std::int64_t>(1, rows[i - 1].window);
        rows[i].window = rows[i - 1].window + 1;
    }
}

/// Of answers that somebody called bad no loss is taken (token_losses.h), which is no fault of their tokens.
void tellBadAnswers(const EvaluationData& data, EvaluationResult& result)
{
    if (!areJudgedAlike(data.tokenised, false))
        return;
    for (const char* metric : {"loss", "perplexity"})
        if (const auto absent = result.notMeasured.find(metric); absent != result.notMeasured.end())
            absent->second = whyJudgedAlike(data.tokenised, "the loss is one of good answers");
}

/// What was scored becomes what is told.
EvaluationResult resultOfRows(const EvaluationData& data, ScoredRows rows)
{
    EvaluationResult result;
    result.protocol = data.protocol;
    result.split = data.split;
    result.rows = static_cast<std::int64_t>(data.examples.size());
    if (data.kind == TemplateKind::Classification)
        rows.labels = data.examples.front().labels;
    rows.hasNormalised = data.protocol == Protocol::ChoiceLikelihood;
    for (const ScoredRow& row : rows.rows) {
        result.tokens += row.tokens;
        if (!row.right)
            continue;
        result.count(*row.right, row.given);
        result.unparsable += generates(data.protocol) && !row.given;
    }
    Measured measured = measure(rows);
    const auto take = [&measured](const char* metric) -> std::optional<double> {
        const auto node = measured.values.extract(metric);
        return node.empty() ? std::nullopt : std::optional(node.mapped());
    };
    result.loss = take("loss");
    result.perplexity = take("perplexity");
    // Counted above, with its interval.
    measured.values.erase("accuracy");
    measured.intervals.erase("accuracy");
    result.metrics = std::move(measured.values);
    result.intervals = std::move(measured.intervals);
    result.notMeasured = std::move(measured.absent);
    tellBadAnswers(data, result);
    if (result.metrics.contains("f1"))
        result.positiveLabel = rows.labels[1];
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        rows.rows[i].file = data.examples[i].file;
        rows.rows[i].line = data.examples[i].line;
    }
    numberWindows(rows.rows);
    result.scored = std::move(rows.rows);
    return result;
}

} // namespace

Result<EvaluationResult> evaluate(const Decoder& decoder, ModuleAdapter* adapter, const Tokenizer& tokenizer,
                                  const EvaluationData& data, const EvaluationSpec& spec, const Progress& progress)
{
    HILO_CHECK(checkData(data, spec));
    ScoredRows scored;
    scored.rows.resize(data.examples.size());
    const auto start = Clock::now();
    HILO_CHECK(atTorchBorder([&]() -> Status {
        const torch::NoGradGuard noGradient;
        const std::vector<std::size_t> order = orderByLength(data);
        const std::unique_ptr<RowScorer> scorer = scorerOf({decoder, adapter, tokenizer, data, spec});
        for (std::size_t first = 0; first < order.size(); first += static_cast<std::size_t>(spec.batchSize)) {
            const std::size_t count = std::min(static_cast<std::size_t>(spec.batchSize), order.size() - first);
            HILO_CHECK(scorer->score(std::span(order).subspan(first, count), scored.rows, progress));
            if (progress.isCancelled())
                return failure(cancelled());
            progress.report({"Evaluating on " + data.split,
                             static_cast<std::int64_t>(first + count),
                             static_cast<std::int64_t>(order.size()),
                             {}});
        }
        return {};
    }));
    EvaluationResult result = resultOfRows(data, std::move(scored));
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return result;
}

} // namespace hilo
