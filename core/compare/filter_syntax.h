// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/filter.h"

#include <optional>

namespace hilo {

/// One value of a condition: its text, and its number when it is one (quoted texts never are).
struct FilterValue
{
    std::string text;
    std::optional<double> number;
};

/// The syntax tree of a filter.
struct Filter::Node
{
    enum class Kind { And, Or, Not, Compare, Exists };
    Kind kind = Kind::Exists;
    std::vector<std::shared_ptr<const Node>> children;
    std::string key;
    std::size_t column = 0; ///< of the key, from 1
    std::string comparison; ///< "=", "!=", "<", "<=", ">", ">=", "~"
    FilterValue value;
};

/// Recursive descent over
///     or := and ("or" and)*     and := not ("and" not)*     not := "not" not | "(" or ")" | condition
///     condition := key [operator value | "in" "(" value ("," value)* ")"]
Result<std::shared_ptr<const Filter::Node>> parseFilter(const std::string& text);

} // namespace hilo
