// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/dataset.h"
#include "data/tokenise.h"
#include "engine/data/evaluation_data.h"
#include "formats/model_config.h"
#include "objectives/objective.h"
#include "run/run_spec.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <set>
#include <vector>

namespace hilo {

/// A run's data as the model reads it: rows, template and labels together.
class RunData
{
  public:
    /// Reads the data and the template. Rows that cannot be used are logged by file and line and kept in rejected().
    static Result<RunData> load(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                                const Progress& progress = {});

    /// One split tokenised for training; limit: its first usable rows only (0: all). A split that is not there, or none
    /// of whose rows has anything to learn, is an error. How many rows were cut is logged.
    Result<std::vector<TokenisedExample>> training(const std::string& split, std::int64_t maxLength,
                                                   const Progress& progress = {}, LossOn lossOn = LossOn::Answer,
                                                   std::int64_t limit = 0,
                                                   ObjectiveRows learnt = ObjectiveRows::Answers);
    /// One split ready to be scored; limit: the first rows only (0: all). Rows that the protocol cannot score, such as
    /// those of whose prompt nothing is left within maxLength, are rejected; without any other it is an error.
    Result<EvaluationData> evaluation(const std::string& split, const EvaluationSpec& spec, std::int64_t maxLength,
                                      const Progress& progress = {});

    bool has(const std::string& split) const { return dataset_.has(split); }
    /// What an objective can learn from, by the template.
    ObjectiveRows objectiveRows() const;
    const std::string& templateName() const { return template_.name; }
    const Tokenizer& tokenizer() const { return *tokenizer_; }
    /// As it was asked for, with the template's name where that was left to the columns, and what is learnt.
    const DataSpec& spec() const { return spec_; }
    /// Rows that no split could use, so far, each once.
    const std::vector<RejectedRow>& rejected() const { return rejected_; }
    /// Rows that were cut, so far: of splits that were asked for training, and for evaluation.
    std::int64_t truncatedRows() const { return truncated_; }
    std::int64_t truncatedEvaluationRows() const { return truncatedEvaluation_; }

  private:
    RunData(std::shared_ptr<const Tokenizer> tokenizer, Dataset dataset, PromptTemplate promptTemplate,
            std::vector<std::string> labels);
    Result<std::vector<Example>> examples(const std::string& split);
    Result<TokenisedRows> tokenised(const std::string& split, const std::vector<Example>& examples,
                                    const TokeniseSettings& settings, const Progress& progress);
    void reject(const std::vector<RejectedRow>& rows);

    std::shared_ptr<const Tokenizer> tokenizer_;
    DataSpec spec_;
    Dataset dataset_;
    PromptTemplate template_;
    std::vector<std::string> labels_;
    std::vector<RejectedRow> rejected_;
    std::set<RejectedRow> seen_; ///< the same rows
    std::int64_t truncated_ = 0;
    std::int64_t truncatedEvaluation_ = 0;
};

/// The longest rows that a model can read: maxLength, or its positions where it has learned ones. What was lowered is
/// logged.
std::int64_t withinPositions(const ModelConfig& model, std::int64_t maxLength);

/// How many of the rows are longer than what a model without learned positions was made for; logged where there are
/// any.
std::int64_t tellLongRows(const ModelConfig& model, const std::vector<TokenisedExample>& rows,
                          const std::string& split);

/// A SHA-256 over the tokens, answers and labels of a run's rows, part after part: the same data in other files,
/// another template that says the same, or another order of files that changes nothing all agree.
std::string rowsHash(const std::vector<const std::vector<TokenisedExample>*>& parts);

} // namespace hilo
