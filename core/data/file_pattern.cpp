// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/file_pattern.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t mostFiles = 1'000'000;

std::vector<std::string_view> partsOf(std::string_view path)
{
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::string_view part = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(part.size() + 1, path.size()));
        if (!part.empty() && part != ".")
            parts.push_back(part);
    }
    return parts;
}

/// Whether a character fits what stands at pattern[at]; at moves behind it. A "[" that does not end is itself.
bool fitsOne(char c, std::string_view pattern, std::size_t& at)
{
    const char expected = pattern[at++];
    const std::size_t end = expected == '[' ? pattern.find(']', at + 1) : std::string_view::npos;
    if (expected == '?')
        return true;
    if (end == std::string_view::npos)
        return c == expected;
    std::string_view set = pattern.substr(at, end - at);
    at = end + 1;
    const bool isNot = set.starts_with('!') || set.starts_with('^');
    set.remove_prefix(isNot ? 1 : 0);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const bool isRange = i + 2 < set.size() && set[i + 1] == '-';
        found = found || (isRange ? set[i] <= c && c <= set[i + 2] : set[i] == c);
        i += isRange ? 2 : 0;
    }
    return found != isNot;
}

/// A name without slashes; a star goes back to the last one only, which is enough.
bool fitsName(std::string_view name, std::string_view pattern)
{
    std::size_t at = 0, inPattern = 0, star = std::string_view::npos, starAt = 0;
    while (at < name.size()) {
        if (inPattern < pattern.size() && pattern[inPattern] == '*') {
            star = ++inPattern;
            starAt = at;
            continue;
        }
        std::size_t next = inPattern;
        if (inPattern < pattern.size() && fitsOne(name[at], pattern, next)) {
            inPattern = next;
            ++at;
        } else if (star != std::string_view::npos) {
            inPattern = star;
            at = ++starAt;
        } else {
            return false;
        }
    }
    while (inPattern < pattern.size() && pattern[inPattern] == '*')
        ++inPattern;
    return inPattern == pattern.size();
}

} // namespace

bool fitsPattern(std::string_view path, std::string_view pattern)
{
    const std::vector<std::string_view> names = partsOf(path), patterns = partsOf(pattern);
    // fits[i]: the first i names fit the patterns so far.
    std::vector<bool> fits(names.size() + 1, false);
    fits[0] = true;
    for (const std::string_view one : patterns) {
        std::vector<bool> next(names.size() + 1, false);
        if (one == "**") {
            bool any = false;
            for (std::size_t i = 0; i <= names.size(); ++i)
                next[i] = any = any || fits[i];
        } else {
            for (std::size_t i = 0; i < names.size(); ++i)
                next[i + 1] = fits[i] && fitsName(names[i], one);
        }
        fits.swap(next);
    }
    return fits.back();
}

Result<std::vector<std::string>> filesBelow(const fs::path& folder)
{
    std::vector<std::string> files;
    std::error_code code;
    fs::recursive_directory_iterator entry(folder, code);
    for (; !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
        const bool isHidden = entry->path().filename().string().starts_with(".");
        std::error_code ignored;
        if (isHidden && entry->is_directory(ignored))
            entry.disable_recursion_pending();
        if (isHidden || !entry->is_regular_file(ignored))
            continue;
        files.push_back(entry->path().lexically_relative(folder).generic_string());
        if (files.size() > mostFiles)
            return failure(badInput(folder.string(), {}, "The folder holds more than a million files.",
                                    "Give the folder of the data itself."));
    }
    if (code)
        return failure(badInput(folder.string(), {}, "The folder cannot be read: " + code.message() + "."));
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace hilo
