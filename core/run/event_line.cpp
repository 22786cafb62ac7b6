// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/event_line.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace hilo {
namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether a word outside of texts stands for a number that is not finite.
bool isNotFinite(const std::string& word)
{
    std::string name;
    for (const char c : word.substr(word.starts_with('-') || word.starts_with('+') ? 1 : 0))
        name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    if (name == "nan" || name == "inf" || name == "infinity")
        return true;
    const char first = name.empty() ? '\0' : name.front();
    return first >= '0' && first <= '9' && std::isinf(std::strtod(word.c_str(), nullptr));
}

std::string withNulls(const std::string& line)
{
    std::string result;
    result.reserve(line.size());
    for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i + 1;
        if (line[i] == '"') {
            while (end < line.size() && line[end] != '"')
                end += line[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, line.size());
            result.append(line, i, end - i);
        } else if (isLetter(line[i]) || (line[i] >= '0' && line[i] <= '9') || line[i] == '-' || line[i] == '+') {
            while (end < line.size() && (isLetter(line[end]) || (line[end] >= '0' && line[end] <= '9') ||
                                         line[end] == '-' || line[end] == '+' || line[end] == '.'))
                ++end;
            const std::string word = line.substr(i, end - i);
            result += isNotFinite(word) ? "null" : word;
        } else {
            result += line[i];
        }
        i = end;
    }
    return result;
}

} // namespace

Result<Json> parseEventLine(const std::string& line, const std::string& file, const JsonLimits& limits)
{
    auto event = parseJson(line, file, limits);
    if (event || line.size() > limits.maximumBytes)
        return event;
    const std::string mended = withNulls(line);
    return mended == line ? event : parseJson(mended, file, limits);
}

} // namespace hilo
