// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace hilo {

/// The patterns of tokenizer.json are written for Oniguruma; this says the same in PCRE2 (to be compiled with
/// PCRE2_MULTILINE). What differs, after Oniguruma's doc/RE and pcre2pattern(3):
///
/// - classes nest, and "&&" intersects them (translateClass);
/// - `\w`, `\s`, `\b`, `\h`, `\v`, `\p{Han}` mean other sets, (?m) is what PCRE2 calls (?s), "$" and "^" stand at every
/// line;
/// - "{1,3}+" repeats and is not possessive, "{2}?" is optional and not lazy, "{,2}" begins at 0;
/// - (?i) in the middle opens a group up to the end of the one around it, other alternatives included;
/// - `\X` (alone) is a grapheme cluster by later rules of Unicode;
/// - `\uHHHH` is a character, `\Q` and `\E` are letters.
///
/// Bad input, without file and place, for what has no equal: absent operators, callouts, conditions, extended syntax,
/// unknown properties, `\X` beside other parts.
Result<std::string> fromOniguruma(const std::string& pattern);

} // namespace hilo
