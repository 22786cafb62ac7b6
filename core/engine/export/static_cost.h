// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/export/run_rows.h"

#include <optional>
#include <string>

namespace hilo {

/// What an adapter reaches on the rows that an approximation is measured on.
struct MeasuredAdapter
{
    std::string split, protocol;
    std::int64_t rows = 0;
    double loss = 0;                ///< nats a token of the answers
    std::optional<double> accuracy; ///< where the protocol has one
};

/// The rows that the forms of one adapter are measured on: of the first task that has the run's split (else of the
/// first), at most request.evaluationRows.
class CostRows
{
  public:
    static Result<CostRows> open(const ExportJob& job, TaskData& tasks);

    Result<MeasuredAdapter> measure(const ExportJob& job, ModuleAdapter& adapter) const;

  private:
    EvaluationData rows_;
    EvaluationSpec spec_;
    const Tokenizer* tokenizer_ = nullptr; ///< of the tasks' data
};

} // namespace hilo
