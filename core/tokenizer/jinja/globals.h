// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/interpreter.h"

namespace hilo::jinja {

/// The functions that every template has: range, dict, namespace, cycler, joiner, raise_exception, strftime_now.
/// now: seconds since 1970, for strftime_now, which writes UTC.
void addGlobals(Scope& scope, std::int64_t now);

} // namespace hilo::jinja
