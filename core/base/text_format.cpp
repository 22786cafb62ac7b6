// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_format.h"

#include <cstdarg>
#include <cstdio>

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
