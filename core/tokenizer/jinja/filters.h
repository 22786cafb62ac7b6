// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/interpreter.h"

#include <functional>
#include <map>
#include <string>

namespace hilo::jinja {

/// input | name(arguments)
using Filter = std::function<Result<Value>(Interpreter&, const Value& input, const Arguments& arguments)>;
using Filters = std::map<std::string, Filter, std::less<>>;

/// Jinja's built-in filters, with tojson as transformers has it; nullptr when there is none of the name.
const Filter* findFilter(const std::string& name);

/// The whole number at a position or of a name. Errors: something else.
Result<std::int64_t> integerArgument(const Arguments& arguments, std::size_t position, std::string_view name,
                                     std::int64_t fallback);

} // namespace hilo::jinja
