// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace hilo {

/// How many letters must be put in, left out or exchanged to make b of a: to offer the nearest name for a misspelt one.
std::size_t editDistance(std::string_view a, std::string_view b);

} // namespace hilo
