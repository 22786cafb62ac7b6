// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/run_data.h"

#include "base/log.h"
#include "base/sha256.h"
#include "data/labels.h"
#include "data/rejected_rows.h"
#include "data/render.h"
#include "data/template_choice.h"
#include "engine/data/resolve_protocol.h"

#include <algorithm>

namespace hilo {
namespace {

void append(std::string& bytes, std::int64_t value)
{
    for (int i = 0; i < 8; ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
}

/// Of one row; hashed by itself, so that nothing needs all rows as one text.
std::string hashOf(const TokenisedExample& row)
{
    std::string bytes;
    append(bytes, static_cast<std::int64_t>(row.tokens.size()));
    for (const std::int32_t token : row.tokens)
        append(bytes, token);
    for (const auto& [begin, end] : row.answers) {
        append(bytes, begin);
        append(bytes, end);
    }
    append(bytes, row.labelPosition);
    for (const std::int32_t token : row.labelTokens)
        append(bytes, token);
    append(bytes, row.correct);
    for (const TokenisedExample& rejected : row.rejected)
        bytes += hashOf(rejected);
    if (row.isGood)
        append(bytes, *row.isGood ? 1 : 0);
    for (const ChoiceTokens& choice : row.choices) {
        append(bytes, choice.start);
        for (const std::int32_t token : choice.tokens)
            append(bytes, token);
    }
    return sha256(bytes);
}

/// A model that only ever sees one class learns to say it.
void tellSingleClass(const std::vector<Example>& examples, const std::string& split)
{
    std::set<std::string> seen;
    for (const Example& example : examples)
        if (example.correct >= 0 && static_cast<std::size_t>(example.correct) < example.labels.size())
            seen.insert(example.labels[static_cast<std::size_t>(example.correct)]);
    if (seen.size() == 1 && examples.size() > 1)
        logger("data")->warn("all {} rows of the split {} have the same answer, \"{}\"", examples.size(), split,
                             *seen.begin());
}

} // namespace

RunData::RunData(std::shared_ptr<const Tokenizer> tokenizer, Dataset dataset, PromptTemplate promptTemplate,
                 std::vector<std::string> labels)
    : tokenizer_(std::move(tokenizer)), dataset_(std::move(dataset)), template_(std::move(promptTemplate)),
      labels_(std::move(labels))
{
}

Result<RunData> RunData::load(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                              const Progress& progress)
{
    HILO_TRY(Dataset dataset, readDataset(spec, progress));
    logDataset(dataset);
    HILO_TRY(ChosenTemplate chosen, chooseTemplate(spec, dataset, tokenizer));
    for (const std::string& note : chosen.notes)
        logger("data")->warn("{}", note);
    const PromptTemplate& promptTemplate = chosen.promptTemplate;
    // The labels of all splits are those of the rows that are trained on, or of whatever there is to evaluate.
    const std::string source = dataset.has("train") ? "train" : dataset.splits.begin()->first;
    HILO_TRY(const std::vector<Row>* rows, dataset.split(source));
    HILO_TRY(std::vector<std::string> labels, labelsOf(promptTemplate, *rows));
    RunData data(std::move(tokenizer), std::move(dataset), std::move(chosen.promptTemplate), std::move(labels));
    data.spec_ = std::move(chosen.spec);
    data.reject(data.dataset_.rejected);
    return data;
}

void RunData::reject(const std::vector<RejectedRow>& rows)
{
    std::vector<RejectedRow> fresh;
    for (const RejectedRow& row : rows)
        if (seen_.insert(row).second)
            fresh.push_back(row);
    logRejectedRows(fresh);
    rejected_.insert(rejected_.end(), fresh.begin(), fresh.end());
}

Result<std::vector<Example>> RunData::examples(const std::string& split)
{
    HILO_TRY(const std::vector<Row>* rows, dataset_.split(split));
    auto rendered = renderExamples(*rows, template_, labels_);
    if (!rendered) {
        Error error = rendered.error();
        error.message = "split \"" + split + "\": " + error.message;
        return failure(std::move(error));
    }
    reject(rendered->rejected);
    return std::move(rendered->examples);
}

Result<TokenisedRows> RunData::tokenised(const std::string& split, const std::vector<Example>& examples,
                                         const TokeniseSettings& settings, const Progress& progress)
{
    HILO_TRY(TokenisedRows result, tokeniseAll(*tokenizer_, examples, settings, progress));
    if (result.rows.empty() && !result.rejected.empty()) {
        const RejectedRow& first = result.rejected.front();
        return failure(badInput(first.file, "line " + std::to_string(first.line),
                                "no row of the split \"" + split + "\" can be used: " + first.reason,
                                "raise max_length, or look at the template and its fields"));
    }
    reject(result.rejected);
    const auto cut =
        std::count_if(result.rows.begin(), result.rows.end(), [](const auto& row) { return row.truncated; });
    const auto lost =
        std::count_if(result.rows.begin(), result.rows.end(), [](const auto& row) { return row.promptLost; });
    if (cut > 0)
        logger("data")->warn("{} of {} rows of the split {} are longer than max_length {} and were cut{}", cut,
                             result.rows.size(), split, settings.maxLength,
                             lost > 0 ? "; nothing of the prompt is left of " + std::to_string(lost) : "");
    return result;
}

Result<std::vector<TokenisedExample>> RunData::training(const std::string& split, std::int64_t maxLength,
                                                        const Progress& progress, LossOn lossOn, std::int64_t limit,
                                                        ObjectiveRows learnt)
{
    HILO_TRY(std::vector<Example> rows, examples(split));
    if (limit > 0 && static_cast<std::int64_t>(rows.size()) > limit)
        rows.resize(static_cast<std::size_t>(limit));
    tellSingleClass(rows, split);
    const RowUse use = learnt != ObjectiveRows::Answers ? RowUse::Prefer
                       : lossOn == LossOn::WholeText    ? RowUse::LearnText
                                                        : RowUse::LearnAnswer;
    if (use != RowUse::Prefer && objectiveRows() == ObjectiveRows::Pairs)
        logger("data")->warn("of pairs the chosen answers alone are learnt; the rejected ones are not used");
    HILO_TRY(TokenisedRows result, tokenised(split, rows, {maxLength, template_.endOfText, use}, progress));
    truncated_ += std::count_if(result.rows.begin(), result.rows.end(), [](const auto& row) { return row.truncated; });
    return std::move(result.rows);
}

ObjectiveRows RunData::objectiveRows() const
{
    return !template_.rejected.empty()          ? ObjectiveRows::Pairs
           : !template_.judgementColumn.empty() ? ObjectiveRows::Judged
                                                : ObjectiveRows::Answers;
}

Result<EvaluationData> RunData::evaluation(const std::string& split, const EvaluationSpec& spec, std::int64_t maxLength,
                                           const Progress& progress)
{
    EvaluationData data;
    data.split = split;
    HILO_TRY(std::vector<Example> rows, examples(split));
    const auto all = static_cast<std::int64_t>(dataset_.splits.at(split).size());
    data.rejected = all - static_cast<std::int64_t>(rows.size());
    if (spec.limit > 0 && static_cast<std::int64_t>(rows.size()) > spec.limit)
        rows.resize(static_cast<std::size_t>(spec.limit));
    HILO_TRY(data.protocol, resolveProtocol(spec.protocol, template_, rows, *tokenizer_));
    data.kind = template_.kind;
    data.answerEnd = template_.assistantEnd;
    // Pairs and judged answers are measured as what they are.
    const bool isPreference = objectiveRows() != ObjectiveRows::Answers && data.protocol == Protocol::Loss;
    const RowUse use = isPreference ? RowUse::Prefer : rowUseOf(data.protocol, spec.lossOn);
    HILO_TRY(TokenisedRows result, tokenised(split, rows, {maxLength, template_.endOfText, use}, progress));
    data.rejected += static_cast<std::int64_t>(result.rejected.size());
    for (const std::size_t example : result.examples)
        data.examples.push_back(std::move(rows[example]));
    data.tokenised = std::move(result.rows);
    truncatedEvaluation_ +=
        std::count_if(data.tokenised.begin(), data.tokenised.end(), [](const auto& row) { return row.truncated; });
    if (data.protocol == Protocol::GenMatchStrict) {
        HILO_TRY(data.matcher, AnswerMatcher::create(template_));
    }
    return data;
}

std::int64_t withinPositions(const ModelConfig& model, std::int64_t maxLength)
{
    if (!model.learnedPositions || (maxLength > 0 && maxLength <= model.maximumPositions))
        return maxLength;
    logger("data")->warn("max_length {} is more than the {} positions that the model has; rows are cut there",
                         maxLength, model.maximumPositions);
    return model.maximumPositions;
}

std::int64_t tellLongRows(const ModelConfig& model, const std::vector<TokenisedExample>& rows, const std::string& split)
{
    const auto isLong = [&model](const TokenisedExample& row) {
        return static_cast<std::int64_t>(row.tokens.size()) > model.maximumPositions;
    };
    const auto count = std::count_if(rows.begin(), rows.end(), isLong);
    if (count > 0)
        logger("data")->warn("{} of {} rows of the split {} are longer than the {} positions that the model was made "
                             "for; a smaller max_length cuts them",
                             count, rows.size(), split, model.maximumPositions);
    return count;
}

std::string rowsHash(const std::vector<const std::vector<TokenisedExample>*>& parts)
{
    std::string hashes;
    for (const auto* rows : parts) {
        for (const TokenisedExample& row : *rows)
            hashes += hashOf(row);
        hashes += "\n";
    }
    return sha256(hashes);
}

} // namespace hilo
