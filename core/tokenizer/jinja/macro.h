// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/interpreter.h"

namespace hilo::jinja {

/// A macro, or the body of a call block, as something that can be called while the scope exists.
Value makeMacro(const Statement& macro, const Scope& definedIn);

/// Sets a macro's parameters from a call's arguments; those that are more are in varargs and kwargs. Errors: an
/// argument twice.
Status bindParameters(Interpreter& interpreter, const Statement& macro, const Arguments& arguments, Scope& scope);

} // namespace hilo::jinja
