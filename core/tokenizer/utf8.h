// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hilo::utf8 {

/// Length in bytes of the character that starts with this byte, 1 for bytes that start none.
std::size_t lengthFrom(unsigned char lead);

/// The text with every invalid byte replaced by U+FFFD.
std::string repaired(std::string_view text);

/// Bytes of white space (Unicode's White_Space) at the beginning or at the end of valid UTF-8.
std::size_t spacesAtStart(std::string_view text);
std::size_t spacesAtEnd(std::string_view text);

/// Whether the text begins or ends with a character of a word, as Rust's regular expressions have it: letters and other
/// alphabetic characters, marks, decimal digits, connecting punctuation and joiners.
bool startsWithWord(std::string_view text);
bool endsWithWord(std::string_view text);

/// How many bytes at the end of text are the beginning of a character that is not complete yet.
std::size_t incompleteTail(std::string_view text);

void append(std::string& text, std::uint32_t codePoint);

/// The code point at text[at], which must be valid UTF-8; at moves behind it.
std::uint32_t next(std::string_view text, std::size_t& at);

inline constexpr std::string_view replacement = "\xEF\xBF\xBD";

} // namespace hilo::utf8
