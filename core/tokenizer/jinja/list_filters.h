// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/filters.h"

namespace hilo::jinja {

/// Filters of lists and dicts: first, join, map, select, sort, groupby, dictsort, …
Filters listFilters();

} // namespace hilo::jinja
