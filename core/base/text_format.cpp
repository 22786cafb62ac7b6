// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_format.h"

#include <charconv>
#include <cstdarg>
#include <cstdio>
#include <string_view>

namespace hilo {

std::string printed(const char* pattern, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, pattern);
    std::vsnprintf(text, sizeof text, pattern, arguments);
    va_end(arguments);
    return text;
}

std::string shortestNumber(double value)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string joined(const std::vector<std::string>& texts, const std::string& separator)
{
    std::string result;
    for (std::size_t i = 0; i < texts.size(); ++i)
        result += (i > 0 ? separator : "") + texts[i];
    return result;
}

std::string shellCommand(const std::vector<std::string>& words)
{
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./=,:+@%-";
    std::vector<std::string> quoted;
    for (const std::string& word : words) {
        if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) {
            quoted.push_back(word);
            continue;
        }
        std::string inside;
        for (const char character : word)
            inside += character == '\'' ? std::string("'\\''") : std::string(1, character);
        quoted.push_back("'" + inside + "'");
    }
    return joined(quoted, " ");
}

std::string xmlEscaped(const std::string& text)
{
    std::string result;
    for (const char character : text) {
        if (character == '&')
            result += "&amp;";
        else if (character == '<')
            result += "&lt;";
        else if (character == '>')
            result += "&gt;";
        else if (character == '"')
            result += "&quot;";
        else if (static_cast<unsigned char>(character) >= 0x20)
            result += character;
    }
    return result;
}

} // namespace hilo
