// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/filters.h"

namespace hilo::jinja {

/// Filters of texts and numbers: upper, trim, replace, indent, tojson, default, int, round, …
Filters textFilters();

} // namespace hilo::jinja
