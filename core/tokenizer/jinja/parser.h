// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "tokenizer/jinja/syntax_tree.h"

#include <string_view>

namespace hilo::jinja {

/// Reads a template of Jinja 3 with its extension "loopcontrols" and transformers' {% generation %}. What chat
/// templates do not use (include, import, extends, block, do, trans) is an error that names it. Errors name the line.
Result<Statements> parse(std::string_view source);

} // namespace hilo::jinja
