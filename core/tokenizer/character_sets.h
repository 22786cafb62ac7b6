// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <optional>
#include <string>

namespace hilo {

/// A set of characters in the words of two libraries.
struct CharacterSet
{
    std::string pcre; ///< what stands between "[" and "]" for PCRE2
    std::string icu;  ///< a pattern of icu::UnicodeSet
};

/// What Oniguruma means by `\w`, `\s`, `\d`, `\h` and their opposites `\W`, `\S`, `\D`, `\H`; nothing for other
/// letters.
std::optional<CharacterSet> escapedSet(char letter);

/// pattern[at…] is "\p{…}" or "\P{…}"; at moves behind it. Names: POSIX brackets, general categories, scripts (the
/// script itself and not its extensions), binary properties, blocks as In_…; a "^" turns the meaning round.
Result<CharacterSet> readProperty(const std::string& pattern, std::size_t& at);

/// The set of a name between "[:" and ":]"; nothing for other names.
std::optional<Result<CharacterSet>> bracketSet(const std::string& name);

/// A pattern of icu::UnicodeSet as a list of ranges. Error: ICU does not know it.
Result<CharacterSet> setOfIcu(std::string icuPattern);
Result<CharacterSet> oppositeOf(const CharacterSet& set);

/// PCRE2's pattern for `\X` as Oniguruma has it: one extended grapheme cluster, by the rules of UAX #29 up to
/// Unicode 15.0 (PCRE2 10.42 takes neighbouring emoji for one, and cuts behind regional indicators).
const std::string& graphemeCluster();

/// As it may stand in a pattern and in a class of PCRE2 and ICU.
std::string escapedCharacter(char32_t character);

} // namespace hilo
