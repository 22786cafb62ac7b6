// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/dataset.h"
#include "data/streamed_data.h"
#include "data/token_rows.h"
#include "engine/data/evaluation_data.h"
#include "formats/model_config.h"
#include "objectives/objective.h"
#include "run/run_spec.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace hilo {

/// A run's data as the model reads it: rows, template and labels together. Rows of small data sets are in memory, those
/// of large ones pass by once and are kept, tokenised, in a cache that all runs share (data/streamed_data.h); what is
/// given is the same. Of rows that are measured the texts are in memory in either case.
class RunData
{
  public:
    /// Reads the data and the template. Rows that cannot be used are logged by file and line and kept in rejected().
    static Result<RunData> load(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                                const Progress& progress = {});

    /// One split tokenised for training; limit: its first usable rows only (0: all). A split that is not there, or none
    /// of whose rows has anything to learn, is an error. How many rows were cut is logged.
    Result<TokenRows> training(const std::string& split, std::int64_t maxLength, const Progress& progress = {},
                               LossOn lossOn = LossOn::Answer, std::int64_t limit = 0,
                               ObjectiveRows learnt = ObjectiveRows::Answers);
    /// One split ready to be scored; limit: the first rows only (0: all). Rows that the protocol cannot score, such as
    /// those of whose prompt nothing is left within maxLength, are rejected; without any other it is an error.
    Result<EvaluationData> evaluation(const std::string& split, const EvaluationSpec& spec, std::int64_t maxLength,
                                      const Progress& progress = {});

    bool has(const std::string& split) const { return streamed_ ? streamed_->has(split) : dataset_.has(split); }
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
    static Result<RunData> stream(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                                  const RowCacheSettings& cache, const Progress& progress);
    Result<std::vector<Example>> examples(const std::string& split);
    void reject(const std::vector<RejectedRow>& rows);
    Result<TokenRows> streamedTraining(const std::string& split, const TokeniseSettings& settings, std::int64_t limit,
                                       const Progress& progress);
    Result<EvaluationData> streamedEvaluation(const std::string& split, const EvaluationSpec& spec,
                                              std::int64_t maxLength, const Progress& progress);
    /// Examples of a split made ready to be scored; what could not be used is in rejected.
    struct MadeRows
    {
        EvaluationData data;
        std::vector<RejectedRow> rejected;
    };
    Result<MadeRows> evaluationOf(std::vector<Example> rows, const std::string& split, const EvaluationSpec& spec,
                                  std::int64_t maxLength, const Progress& progress) const;

    std::shared_ptr<const Tokenizer> tokenizer_;
    DataSpec spec_;
    Dataset dataset_; ///< empty where the rows pass by
    std::optional<StreamedData> streamed_;
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
std::int64_t tellLongRows(const ModelConfig& model, const TokenRows& rows, const std::string& split);

} // namespace hilo
