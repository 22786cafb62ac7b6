// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/named_splits.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace hilo {
namespace {

std::string inLowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    return lower;
}

} // namespace

std::string splitOfWord(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 8> words = {{{"train", "train"},
                                                                                       {"training", "train"},
                                                                                       {"validation", "validation"},
                                                                                       {"valid", "validation"},
                                                                                       {"val", "validation"},
                                                                                       {"dev", "validation"},
                                                                                       {"test", "test"},
                                                                                       {"testing", "test"}}};
    const std::string wanted = inLowerCase(word);
    for (const auto& [known, split] : words)
        if (wanted == known)
            return split;
    return {};
}

std::vector<std::string> splitsInName(std::string_view name)
{
    std::vector<std::string> splits;
    std::string word;
    for (const char c : inLowerCase(name) + ".") {
        // Bytes beyond ASCII are parts of letters.
        if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) {
            word += c;
            continue;
        }
        const std::string split = splitOfWord(word);
        word.clear();
        if (!split.empty() && std::find(splits.begin(), splits.end(), split) == splits.end())
            splits.push_back(split);
    }
    return splits;
}

} // namespace hilo
