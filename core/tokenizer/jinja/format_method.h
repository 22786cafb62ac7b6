// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/object.h"

namespace hilo::jinja {

/// Python's str.format with {}, {0}, {name}, conversions !s and !r, and the specifications of fill, alignment, sign,
/// width, comma, precision and s, d, f, e, g, x, %. Attributes and indices inside of the braces are errors.
Result<Value> formatMethod(Interpreter& interpreter, const Value& self, const Arguments& arguments);

} // namespace hilo::jinja
