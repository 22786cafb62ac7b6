// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/interpreter.h"

#include <string>
#include <vector>

namespace hilo::jinja {

/// "input is name(arguments)": Jinja's built-in tests. An unknown one is an error.
Result<bool> testHolds(Interpreter& interpreter, const std::string& name, const Value& input,
                       const std::vector<Value>& arguments);
bool isTest(const std::string& name);

} // namespace hilo::jinja
