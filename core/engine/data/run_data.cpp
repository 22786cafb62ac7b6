// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/run_data.h"

#include <algorithm>

namespace hilo {

RunData::RunData(std::shared_ptr<const Tokenizer> tokenizer, Dataset dataset, PromptTemplate promptTemplate,
                 std::vector<std::string> labels)
    : tokenizer_(std::move(tokenizer)), dataset_(std::move(dataset)), template_(std::move(promptTemplate)),
      labels_(std::move(labels)), rejected_(static_cast<std::int64_t>(dataset_.rejected.size()))
{
}

Result<RunData> RunData::load(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                              const Progress& progress)
{
    HILO_TRY(PromptTemplate promptTemplate, loadTemplate(spec.template_));
    HILO_TRY(Dataset dataset, readDataset(spec, progress));
    logRejectedRows(dataset.rejected);
    // The labels of all splits are those of the rows that are trained on, or of whatever there is to evaluate.
    const std::string source = dataset.has("train") ? "train" : dataset.splits.begin()->first;
    HILO_TRY(const std::vector<Row>* rows, dataset.split(source));
    HILO_TRY(std::vector<std::string> labels, labelsOf(promptTemplate, *rows));
    return RunData(std::move(tokenizer), std::move(dataset), std::move(promptTemplate), std::move(labels));
}

Result<std::vector<Example>> RunData::examples(const std::string& split)
{
    HILO_TRY(const std::vector<Row>* rows, dataset_.split(split));
    HILO_TRY(Examples rendered, renderExamples(*rows, template_, labels_));
    logRejectedRows(rendered.rejected);
    rejected_ += static_cast<std::int64_t>(rendered.rejected.size());
    return std::move(rendered.examples);
}

Result<std::vector<TokenisedExample>> RunData::training(const std::string& split, std::int64_t maxLength,
                                                        const Progress& progress)
{
    HILO_TRY(const std::vector<Example> rows, examples(split));
    HILO_TRY(std::vector<TokenisedExample> tokenised,
             tokeniseAll(*tokenizer_, rows, {maxLength, template_.endOfText, false}, progress));
    truncated_ +=
        std::count_if(tokenised.begin(), tokenised.end(), [](const TokenisedExample& one) { return one.truncated; });
    return tokenised;
}

Result<EvaluationData> RunData::evaluation(const std::string& split, const EvaluationSpec& spec, std::int64_t maxLength,
                                           const Progress& progress)
{
    EvaluationData data;
    data.split = split;
    HILO_TRY(data.examples, examples(split));
    if (spec.limit > 0 && static_cast<std::int64_t>(data.examples.size()) > spec.limit)
        data.examples.resize(static_cast<std::size_t>(spec.limit));
    const bool withLabels = spec.protocol == Protocol::LabelLogit;
    HILO_TRY(data.tokenised,
             tokeniseAll(*tokenizer_, data.examples, {maxLength, template_.endOfText, withLabels}, progress));
    if (spec.protocol == Protocol::GenMatchStrict) {
        HILO_TRY(data.matcher, AnswerMatcher::create(template_));
    }
    return data;
}

} // namespace hilo
