// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/dataset.h"
#include "data/example.h"
#include "engine/data/evaluation_data.h"
#include "run/run_spec.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <vector>

namespace hilo {

/// A run's data as the model reads it: rows, template and labels together.
class RunData
{
  public:
    /// Reads the data and the template. Rows that cannot be used are logged by file and line and counted.
    static Result<RunData> load(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                                const Progress& progress = {});

    /// One split tokenised for training. A split that is not there is an error.
    Result<std::vector<TokenisedExample>> training(const std::string& split, std::int64_t maxLength,
                                                   const Progress& progress = {});
    /// One split ready to be scored; limit: the first rows only (0: all).
    Result<EvaluationData> evaluation(const std::string& split, const EvaluationSpec& spec, std::int64_t maxLength,
                                      const Progress& progress = {});

    bool has(const std::string& split) const { return dataset_.has(split); }
    const Tokenizer& tokenizer() const { return *tokenizer_; }
    /// Rows that no split could use, so far.
    std::int64_t rejectedRows() const { return rejected_; }
    std::int64_t truncatedRows() const { return truncated_; }

  private:
    RunData(std::shared_ptr<const Tokenizer> tokenizer, Dataset dataset, PromptTemplate promptTemplate,
            std::vector<std::string> labels);
    Result<std::vector<Example>> examples(const std::string& split);

    std::shared_ptr<const Tokenizer> tokenizer_;
    Dataset dataset_;
    PromptTemplate template_;
    std::vector<std::string> labels_;
    std::int64_t rejected_ = 0;
    std::int64_t truncated_ = 0;
};

} // namespace hilo
