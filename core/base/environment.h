// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// An environment variable's text; empty where it is not set.
inline std::string environmentText(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

/// An environment variable that is a whole number. Errors: none, or out of range, with the name as place; hint: of
/// both.
inline Result<int> environmentNumber(const char* name, int lowest, int highest, const std::string& hint = {})
{
    const std::string text = environmentText(name);
    int value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || value < lowest || value > highest)
        return failure(badInput({}, name,
                                "\"" + text + "\" is not a whole number from " + std::to_string(lowest) + " to " +
                                    std::to_string(highest),
                                hint));
    return value;
}

/// This process's environment as NAME=VALUE for a new one, with some names replaced or added, and some left out.
inline std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>>& replaced,
                                                std::span<const char* const> leftOut = {})
{
    const auto names = [](const std::string& entry, const std::string& name) {
        return entry.starts_with(name) && entry.size() > name.size() && entry[name.size()] == '=';
    };
    std::vector<std::string> result;
    for (char** entry = environ; *entry; ++entry) {
        const std::string text = *entry;
        if (std::none_of(leftOut.begin(), leftOut.end(), [&](const char* name) { return names(text, name); }) &&
            std::none_of(replaced.begin(), replaced.end(), [&](const auto& one) { return names(text, one.first); }))
            result.push_back(text);
    }
    for (const auto& [name, value] : replaced)
        result.push_back(name + "=" + value);
    return result;
}

} // namespace hilo
