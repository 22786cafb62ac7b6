// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/run_data.h"

#include "base/counted.h"
#include "base/log.h"
#include "data/labels.h"
#include "data/rejected_rows.h"
#include "data/render.h"
#include "data/single_answer.h"
#include "data/template_choice.h"
#include "engine/data/resolve_protocol.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {
namespace {

/// A model that only ever sees one class learns to say it.
void tellSingleClass(std::int64_t examples, const std::string& label, const std::string& split)
{
    if (!label.empty() && examples > 1)
        logger("data")->warn("all {} rows of the split {} have the same answer, \"{}\"", examples, split, label);
}

void tellCutRows(const std::string& split, std::int64_t cut, std::int64_t lost, std::size_t rows,
                 std::int64_t maxLength)
{
    if (cut > 0)
        logger("data")->warn("{} of {} of the split {} {} longer than max_length {} and {} cut{}", cut,
                             counted(static_cast<std::int64_t>(rows), "row"), split, cut == 1 ? "is" : "are", maxLength,
                             cut == 1 ? "was" : "were",
                             lost > 0 ? "; nothing of the prompt is left of " + std::to_string(lost) : "");
}

void tellWindows(const std::string& split, std::int64_t texts, std::size_t rows, std::int64_t maxLength)
{
    if (texts > 0)
        logger("data")->info("{} of the split {} {} longer than max_length {} and {} through in windows: {} in all",
                             counted(texts, "text"), split, texts == 1 ? "is" : "are", maxLength,
                             texts == 1 ? "goes" : "go", counted(static_cast<std::int64_t>(rows), "row"));
}

std::int64_t countOf(const std::vector<TokenisedExample>& rows, bool TokenisedExample::*member)
{
    return std::count_if(rows.begin(), rows.end(), [member](const TokenisedExample& row) { return row.*member; });
}

/// tokeniseAll, of whose rows some must be left.
Result<TokenisedRows> tokenisedRows(const Tokenizer& tokenizer, const std::string& split,
                                    const std::vector<Example>& examples, const TokeniseSettings& settings,
                                    const Progress& progress)
{
    HILO_TRY(TokenisedRows result, tokeniseAll(tokenizer, examples, settings, progress));
    if (result.rows.empty() && !result.rejected.empty())
        return failure(noRowToUse(split, result.rejected.front()));
    return result;
}

/// The example of each row. Those of a text's windows say where it stands and nothing more: a book a window is too
/// much.
std::vector<Example> examplesOf(const TokenisedRows& rows, std::vector<Example> examples)
{
    std::vector<Example> result;
    result.reserve(rows.examples.size());
    for (std::size_t i = 0; i < rows.examples.size(); ++i) {
        const std::size_t own = rows.examples[i];
        const auto isOwn = [&](std::size_t row) { return row < rows.examples.size() && rows.examples[row] == own; };
        if (isOwn(i + 1) || (i > 0 && isOwn(i - 1))) {
            Example window;
            window.file = examples[own].file;
            window.line = examples[own].line;
            result.push_back(std::move(window));
        } else {
            result.push_back(std::move(examples[own]));
        }
    }
    return result;
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
    HILO_TRY(const RowCacheSettings cache, RowCacheSettings::ofEnvironment());
    HILO_TRY(const bool isStreamed, StreamedData::isWanted(spec, *tokenizer, cache));
    if (isStreamed)
        return stream(std::move(tokenizer), spec, cache, progress);
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

Result<RunData> RunData::stream(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                                const RowCacheSettings& cache, const Progress& progress)
{
    HILO_TRY(StreamedData streamed, StreamedData::open(tokenizer, spec, cache, progress));
    Dataset told;
    told.files = streamed.files();
    told.notes = streamed.notes();
    logDataset(told);
    for (const auto& [split, rows] : streamed.rows())
        logger("data")->info("{} rows of the split {}", rows, split);
    for (const std::string& note : streamed.chosen().notes)
        logger("data")->warn("{}", note);
    RunData data(std::move(tokenizer), {}, streamed.chosen().promptTemplate, streamed.labels());
    data.spec_ = streamed.chosen().spec;
    data.reject(streamed.rejected());
    data.streamed_ = std::move(streamed);
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

Result<TokenRows> RunData::streamedTraining(const std::string& split, const TokeniseSettings& settings,
                                            std::int64_t limit, const Progress& progress)
{
    HILO_TRY(const StreamedRows found, streamed_->training(split, settings, limit, progress));
    tellSingleClass(found.examples, found.onlyLabel, split);
    reject(found.rejected);
    tellCutRows(split, found.cut, found.promptLost, found.rows.size(), settings.maxLength);
    tellWindows(split, found.inWindows, found.rows.size(), settings.maxLength);
    truncated_ += found.cut;
    return found.rows;
}

Result<TokenRows> RunData::training(const std::string& split, std::int64_t maxLength, const Progress& progress,
                                    LossOn lossOn, std::int64_t limit, ObjectiveRows learnt)
{
    const RowUse use = learnt != ObjectiveRows::Answers ? RowUse::Prefer
                       : lossOn == LossOn::WholeText    ? RowUse::LearnText
                                                        : RowUse::LearnAnswer;
    const TokeniseSettings settings{maxLength, template_.endOfText, use};
    if (use != RowUse::Prefer && objectiveRows() == ObjectiveRows::Pairs)
        logger("data")->warn("of pairs the chosen answers alone are learnt; the rejected ones are not used");
    if (streamed_)
        return streamedTraining(split, settings, limit, progress);
    HILO_TRY(std::vector<Example> rows, examples(split));
    if (limit > 0 && static_cast<std::int64_t>(rows.size()) > limit)
        rows.resize(static_cast<std::size_t>(limit));
    SingleAnswer single;
    for (const Example& row : rows)
        single.see(row);
    tellSingleClass(static_cast<std::int64_t>(rows.size()), single.answer(), split);
    HILO_TRY(TokenisedRows result, tokenisedRows(*tokenizer_, split, rows, settings, progress));
    reject(result.rejected);
    const std::int64_t cut = countOf(result.rows, &TokenisedExample::truncated);
    tellCutRows(split, cut, countOf(result.rows, &TokenisedExample::promptLost), result.rows.size(), maxLength);
    tellWindows(split, result.inWindows, result.rows.size(), maxLength);
    truncated_ += cut;
    return TokenRows(std::move(result.rows));
}

ObjectiveRows RunData::objectiveRows() const
{
    return !template_.rejected.empty()          ? ObjectiveRows::Pairs
           : !template_.judgementColumn.empty() ? ObjectiveRows::Judged
                                                : ObjectiveRows::Answers;
}

Result<RunData::MadeRows> RunData::evaluationOf(std::vector<Example> rows, const std::string& split,
                                                const EvaluationSpec& spec, std::int64_t maxLength,
                                                const Progress& progress) const
{
    MadeRows made;
    made.data.split = split;
    HILO_TRY(made.data.protocol, resolveProtocol(spec.protocol, template_, rows, *tokenizer_));
    // Pairs and judged answers are measured as what they are.
    const bool isPreference = objectiveRows() != ObjectiveRows::Answers && made.data.protocol == Protocol::Loss;
    const RowUse use = isPreference ? RowUse::Prefer : rowUseOf(made.data.protocol, spec.lossOn);
    HILO_TRY(TokenisedRows result,
             tokenisedRows(*tokenizer_, split, rows, {maxLength, template_.endOfText, use}, progress));
    made.data.examples = examplesOf(result, std::move(rows));
    tellWindows(split, result.inWindows, result.rows.size(), maxLength);
    made.data.tokenised = std::move(result.rows);
    made.rejected = std::move(result.rejected);
    return made;
}

Result<EvaluationData> RunData::streamedEvaluation(const std::string& split, const EvaluationSpec& spec,
                                                   std::int64_t maxLength, const Progress& progress)
{
    const Json what = {{"rows", "evaluation"},
                       {"split", split},
                       {"max_length", maxLength},
                       {"protocol", nameOf(protocolNames, spec.protocol)},
                       {"loss_on", nameOf(lossOnNames, spec.lossOn)},
                       {"limit", spec.limit}};
    const auto make = [&](RowSink& sink) -> Result<Json> {
        std::vector<RejectedRow> rejected;
        HILO_TRY(std::vector<Example> rows, streamed_->examples(split, spec.limit, rejected, progress));
        HILO_TRY(MadeRows made, evaluationOf(std::move(rows), split, spec, maxLength, progress));
        for (std::size_t i = 0; i < made.data.examples.size(); ++i)
            HILO_CHECK(sink.add(made.data.tokenised[i], &made.data.examples[i]));
        rejected.insert(rejected.end(), made.rejected.begin(), made.rejected.end());
        Json list = Json::array();
        for (const RejectedRow& row : rejected)
            list.push_back(Json::array({row.file, row.line, row.reason}));
        return Json{{"protocol", nameOf(protocolNames, made.data.protocol)}, {"rejected", std::move(list)}};
    };
    HILO_TRY(const KeptRows found, streamed_->kept(what.dump(), make, progress));
    EvaluationData data;
    data.split = split;
    for (const auto& [protocol, name] : protocolNames)
        if (found.facts()["protocol"] == name)
            data.protocol = protocol;
    std::vector<RejectedRow> rejected;
    for (const Json& one : found.facts()["rejected"])
        rejected.push_back({one[0].get<std::string>(), one[1].get<std::int64_t>(), one[2].get<std::string>()});
    reject(rejected);
    data.rejected = static_cast<std::int64_t>(rejected.size());
    for (std::size_t row = 0; row < found.rows().size(); ++row) {
        HILO_TRY(Example example, found.example(row));
        data.examples.push_back(std::move(example));
        data.tokenised.push_back(found.rows()[row]);
    }
    return data;
}

Result<EvaluationData> RunData::evaluation(const std::string& split, const EvaluationSpec& spec, std::int64_t maxLength,
                                           const Progress& progress)
{
    EvaluationData data;
    if (streamed_) {
        HILO_TRY(data, streamedEvaluation(split, spec, maxLength, progress));
    } else {
        HILO_TRY(std::vector<Example> rows, examples(split));
        const auto all = static_cast<std::int64_t>(dataset_.splits.at(split).size());
        const std::int64_t byTemplate = all - static_cast<std::int64_t>(rows.size());
        if (spec.limit > 0 && static_cast<std::int64_t>(rows.size()) > spec.limit)
            rows.resize(static_cast<std::size_t>(spec.limit));
        HILO_TRY(MadeRows made, evaluationOf(std::move(rows), split, spec, maxLength, progress));
        reject(made.rejected);
        data = std::move(made.data);
        data.rejected = byTemplate + static_cast<std::int64_t>(made.rejected.size());
    }
    const std::int64_t cut = countOf(data.tokenised, &TokenisedExample::truncated);
    tellCutRows(split, cut, countOf(data.tokenised, &TokenisedExample::promptLost), data.tokenised.size(), maxLength);
    data.kind = template_.kind;
    data.answerEnd = template_.assistantEnd;
    truncatedEvaluation_ += cut;
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

std::int64_t tellLongRows(const ModelConfig& model, const TokenRows& rows, const std::string& split)
{
    std::int64_t count = 0;
    for (std::size_t row = 0; row < rows.size(); ++row)
        count += rows.tokens(row) > model.maximumPositions;
    if (count > 0)
        logger("data")->warn("{} of {} of the split {} {} longer than the {} positions that the model was made "
                             "for; a smaller max_length cuts them",
                             count, counted(static_cast<std::int64_t>(rows.size()), "row"), split,
                             count == 1 ? "is" : "are", model.maximumPositions);
    return count;
}

} // namespace hilo
