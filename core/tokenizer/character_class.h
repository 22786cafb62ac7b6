// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace hilo {

/// pattern[at…] is an escape of one character (`\n`, `\x41`, `\x{41}`, `\u0041`, `\101`, `\-`); at moves behind it.
Result<char32_t> readCharacter(const std::string& pattern, std::size_t& at);

/// pattern[at] is the "[" of a class, with nested classes and intersections (&&) as Oniguruma has them; at moves behind
/// its "]". Returns the same as a class of PCRE2, which has neither. Intersections become lists of ranges (ICU).
Result<std::string> translateClass(const std::string& pattern, std::size_t& at);

} // namespace hilo
