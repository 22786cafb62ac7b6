// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// A condition on "runs r" whose values are all bound parameters.
struct SqlCondition
{
    /// A number, or a text when number is empty.
    struct Value
    {
        std::optional<double> number;
        std::string text;
    };
    std::string sql = "1";
    std::vector<Value> values;
    void bindTo(SQLite::Statement& statement, int firstIndex) const;
};

/// Makes the condition once the database is open, so that it can look keys up there. Empty: every run.
using RunCondition = std::function<Result<SqlCondition>(Database&)>;

} // namespace hilo
