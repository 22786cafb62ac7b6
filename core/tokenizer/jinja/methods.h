// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/object.h"

#include <optional>
#include <string>

namespace hilo::jinja {

/// A method of a text, list, tuple or dict, bound to it; nothing when there is none of the name. Methods that would
/// change a list or dict are errors when called, as in the sandbox that transformers renders templates in.
std::optional<Value> methodOf(const Value& value, const std::string& name);

} // namespace hilo::jinja
