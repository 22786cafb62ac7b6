// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/interpreter.h"

namespace hilo::jinja {

/// The value of an expression, with Python's meaning. Interpreter::evaluate counts the work and adds the line to
/// errors.
Result<Value> evaluateExpression(Interpreter& interpreter, const Expression& expression, const Scope& scope);

/// A call; caller: the body of a call block, which the macro sees under that name.
Result<Value> evaluateCall(Interpreter& interpreter, const Expression& expression, const Scope& scope,
                           const Value* caller = nullptr);

/// A chain of filters. block: what goes into the first one where the chain stands at a block.
Result<Value> evaluateFilter(Interpreter& interpreter, const Expression& expression, const Scope& scope,
                             const Value* block);

} // namespace hilo::jinja
