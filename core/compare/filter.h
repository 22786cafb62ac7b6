// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
/// the last part of it where that is clear, a metric (its last value; loss.min and loss.max for the others), or
/// evaluation.SPLIT (the newest accuracy). Operators: = != < <= > >= and ~ (contains, case ignored), "in (a, b)", and
/// a key alone (it has a value). Values: numbers, words, 'texts'. A run without the key passes no condition on it.
class Filter
{
  public:
    /// Passes everything.
    Filter() = default;
    /// An error names the column and what was expected.
    static Result<Filter> parse(const std::string& text);
    /// Finds the keys in the database; unknown and ambiguous ones are errors.
    Result<SqlCondition> operator()(Database& database) const;

    struct Node;

  private:
    std::shared_ptr<const Node> root_;
};

} // namespace hilo
