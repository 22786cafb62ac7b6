// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/regex.h"

namespace hilo {

/// Calls found for each match in a text that is valid UTF-8, left to right. An error comes from a pattern that gives
/// up.
using TextMatcher = std::function<Status(const std::string& text, const Regex::Found& found)>;

TextMatcher matcherOf(const Regex& regex);
/// An empty literal is found before every character and at the end.
TextMatcher matcherOf(const std::string& literal);

} // namespace hilo
