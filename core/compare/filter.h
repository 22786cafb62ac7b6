// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/metric_choice.h"
#include "index/sql_condition.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// Which runs to show: conditions over any setting or metric, joined by and, or, not and brackets.
///
///     accuracy > 0.8 and (learning_rate <= 3e-4 or map.strategy.name = mola) and not state = failed
///
/// A key is a run's own (id, name, state, seed, accuracy, trainable_parameters, …), a setting by its dotted path or by
/// the last part of it where that is clear, a metric of the steps (its last value; loss.min and loss.max for the
/// others), a number of the result (result.loss, the mean over tasks, or "rouge_l@news"), or evaluation.SPLIT (the
/// newest accuracy). Operators: = != < <= > >= and ~ (contains, case ignored), "in (a, b)", and a key alone (it has a
/// value). Values: numbers, words, 'texts'. A run without the key passes no condition on it.
class Filter
{
  public:
    /// Passes everything.
    Filter() = default;
    /// An error names the column and what was expected.
    static Result<Filter> parse(const std::string& text);
    /// Finds the keys in the database; unknown and ambiguous ones are errors.
    Result<SqlCondition> operator()(Database& database) const;

    /// The metric that runs are compared by: its bare name means that number.
    void setMetric(MetricChoice metric) { metric_ = std::move(metric); }

    struct Node;

  private:
    MetricChoice metric_;
    std::shared_ptr<const Node> root_;
};

} // namespace hilo
