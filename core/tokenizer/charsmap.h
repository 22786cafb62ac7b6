// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// SentencePiece's table of characters and what they become ("precompiled_charsmap"): the length of a double-array trie
/// in bytes (32 bits, little-endian), the trie in units of 32 bits, then the replacements, each ended by a 0 byte. What
/// a key leads to is where its replacement begins. The units are those of darts-clone (github.com/s-yata/darts-clone).
class Charsmap
{
  public:
    /// Bad input, with the file and the place given: a length that does not fit, a trie that leads out of itself or
    /// around in a circle, a replacement that is not there or is no UTF-8.
    static Result<Charsmap> parse(std::string_view bytes, const std::string& file, const std::string& place);

    struct Match
    {
        std::size_t length; ///< bytes of the key
        std::string_view replacement;
    };
    /// The shortest key that text begins with, or the longest.
    std::optional<Match> shortest(std::string_view text) const { return match(text, true); }
    std::optional<Match> longest(std::string_view text) const { return match(text, false); }

    /// As tokenizers has it (normalizers/precompiled.rs): the shortest key that a grapheme of fewer than six bytes
    /// begins with stands for the whole grapheme; in others each character is looked up for itself.
    Result<std::string> applied(const std::string& text) const;

  private:
    std::optional<Match> match(std::string_view text, bool shortest) const;
    std::string_view replacementAt(std::size_t begin) const;
    Status check(const std::string& file, const std::string& place) const;

    std::vector<std::uint32_t> units_;
    std::string replacements_;
};

} // namespace hilo
