// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/text_matcher.h"

#include "tokenizer/utf8.h"

namespace hilo {

TextMatcher matcherOf(const Regex& regex)
{
    return [regex](const std::string& text, const Regex::Found& found) { return regex.forEachMatch(text, found); };
}

TextMatcher matcherOf(const std::string& literal)
{
    if (literal.empty())
        return [](const std::string& text, const Regex::Found& found) -> Status {
            for (std::size_t at = 0; at < text.size(); at += utf8::lengthFrom(static_cast<unsigned char>(text[at])))
                found(at, at);
            found(text.size(), text.size());
            return {};
        };
    return [literal](const std::string& text, const Regex::Found& found) -> Status {
        for (std::size_t at = text.find(literal); at != std::string::npos; at = text.find(literal, at + literal.size()))
            found(at, at + literal.size());
        return {};
    };
}

} // namespace hilo
