// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "run/run_spec.h"

#include <cstdint>
#include <optional>
#include <string>

namespace hilo {

/// What a run knows of its evaluations on the way: which step is the best so far, and since how many evaluations. It is
/// part of every checkpoint, so that a run goes on as if it had never stopped.
class BestSoFar
{
  public:
    explicit BestSoFar(const RunSpec& spec);
    /// From a checkpoint's state. step: of the checkpoint; one that is older than selection has evaluated there what
    /// was due. Errors: it was kept with another metric or interval, because then two runs would be compared.
    Status restore(const Json& kept, std::int64_t step, const std::string& runFile);
    Json toJson() const;

    /// The evaluations of a step are done; value: of the metric, nothing where it was not measured. Returns whether it
    /// is better than all before; equal ones are not.
    bool add(std::int64_t step, std::optional<double> value);
    std::int64_t evaluatedStep() const { return evaluatedStep_; }
    /// Of the evaluated step.
    std::optional<double> value() const { return value_; }
    std::optional<std::int64_t> bestStep() const { return bestStep_; }
    std::optional<double> bestValue() const { return bestValue_; }
    /// Early stopping says that the run ends.
    bool isOver() const { return earlyStopping_ > 0 && withoutImprovement_ >= earlyStopping_; }

  private:
    bool keepsBest_ = false;
    std::int64_t earlyStopping_ = 0;
    std::int64_t every_ = 0;
    std::string metric_;
    std::int64_t evaluatedStep_ = 0;
    std::optional<double> value_;
    std::optional<std::int64_t> bestStep_;
    std::optional<double> bestValue_;
    std::int64_t withoutImprovement_ = 0;
};

} // namespace hilo
