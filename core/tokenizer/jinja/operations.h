// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/interpreter.h"

#include <string>

namespace hilo::jinja {

/// Python's a + b, a - b, a * b, a / b, a // b, a % b, a ** b, and Jinja's a ~ b, by name. Errors: types that do not
/// fit, a division by zero, an integer beyond 64 bits.
Result<Value> binaryOperation(Interpreter& interpreter, const std::string& name, const Value& a, const Value& b);

/// Python's "item in container".
Result<bool> contains(Interpreter& interpreter, const Value& container, const Value& item);

/// "a == b", "a < b", "a in b", …
Result<bool> comparisonHolds(Interpreter& interpreter, const std::string& name, const Value& a, const Value& b);

/// Python's "form % values", for %s, %r, %d, %i, %f, %e, %g, %x, %c and %%, with flags, width and precision.
Result<std::string> formatted(const std::string& form, const Value& values);

/// The value's error when it is undefined.
Status defined(const Value& value);

} // namespace hilo::jinja
