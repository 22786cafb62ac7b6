// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Python's operations on texts, by Unicode's rules. All texts are valid UTF-8.
namespace hilo::jinja::python {

std::string upper(const std::string& text);
std::string lower(const std::string& text);
/// The first letter large, all others small.
std::string capitalised(const std::string& text);
/// str.title(): the first letter of every run of letters large.
std::string titled(const std::string& text);
std::string swappedCase(const std::string& text);

enum class Side { Left, Right, Both };
/// Without the given characters at its ends; nothing given: without whitespace.
std::string stripped(const std::string& text, Side side, const std::optional<std::string>& characters = {});

/// str.split: by whitespace when there is no separator, which must not be empty. At most so many cuts; -1: all.
std::vector<std::string> split(const std::string& text, const std::optional<std::string>& separator, std::int64_t most);
std::vector<std::string> splitFromRight(const std::string& text, const std::optional<std::string>& separator,
                                        std::int64_t most);
std::vector<std::string> lines(const std::string& text, bool keepEnds);

/// At most so many replacements; -1: all.
std::string replaced(const std::string& text, const std::string& from, const std::string& to, std::int64_t most);

/// In characters.
std::int64_t length(std::string_view text);
/// Characters before a byte.
std::int64_t position(const std::string& text, std::size_t byte);

/// All characters are of the class, and there is one.
bool isAllOf(const std::string& text, bool (*belongs)(std::uint32_t));
bool isSpace(std::uint32_t point);
bool isAlphabetic(std::uint32_t point);
bool isDigit(std::uint32_t point);
bool isNumeric(std::uint32_t point);
bool isDecimal(std::uint32_t point);
bool isAlphanumeric(std::uint32_t point);
bool isUpper(const std::string& text);
bool isLower(const std::string& text);

/// Filled with blanks up to so many characters; position: Left puts the text at the left.
std::string padded(const std::string& text, std::int64_t width, Side position, const std::string& fill = " ");

} // namespace hilo::jinja::python
