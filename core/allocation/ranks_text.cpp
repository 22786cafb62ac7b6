// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/ranks_text.h"

#include "allocation/map.h"
#include "allocation/strategy_settings.h"

#include <optional>

namespace hilo {
namespace {

const std::string times = "\xC3\x97"; ///< ×

std::string trimmed(std::string text)
{
    const char* blanks = " \t\r\n";
    text.erase(0, text.find_first_not_of(blanks));
    text.erase(text.find_last_not_of(blanks) + 1);
    return text;
}

std::optional<int> rankIn(const std::string& text)
{
    const auto rank = parseInteger(text);
    return rank && *rank >= 1 && *rank <= highestRankOfExpert ? std::optional(static_cast<int>(*rank)) : std::nullopt;
}

/// "r8" or "8"
std::optional<int> rankWithLetter(const std::string& text)
{
    const bool hasLetter = text.starts_with('r') || text.starts_with('R');
    return rankIn(hasLetter ? trimmed(text.substr(1)) : text);
}

/// Position and length of what stands between experts and rank; length 0: nothing does.
std::pair<std::size_t, std::size_t> productSign(const std::string& text)
{
    if (const auto place = text.find(times); place != std::string::npos)
        return {place, times.size()};
    const auto place = text.find_first_of("xX*");
    return {place, place == std::string::npos ? 0 : 1};
}

} // namespace

Result<std::vector<int>> ranksFromText(const std::string& given, std::size_t mostExperts)
{
    const std::string text = trimmed(given);
    const auto notUnderstood = [&] {
        return failure(
            wrongUsage("\"" + text + "\" is no allocation.",
                       "Write experts and rank (4 x r8), a rank for each expert (8 8 4 2), or - for no adapter."));
    };
    const auto tooMany = [&] {
        return failure(wrongUsage("At most " + std::to_string(mostExperts) + " experts are possible in one module."));
    };
    if (text.empty() || text == "-" || text == "\xE2\x80\x93" || text == "0")
        return std::vector<int>{};
    if (const auto [place, length] = productSign(text); length > 0) {
        const auto experts = parseInteger(trimmed(text.substr(0, place)));
        const auto rank = rankWithLetter(trimmed(text.substr(place + length)));
        if (!experts || *experts < 1 || !rank)
            return notUnderstood();
        if (static_cast<std::uint64_t>(*experts) > mostExperts)
            return tooMany();
        return std::vector<int>(static_cast<std::size_t>(*experts), *rank);
    }
    if (text.front() == 'r' || text.front() == 'R') {
        const auto rank = rankWithLetter(text);
        if (!rank)
            return notUnderstood();
        return std::vector<int>{*rank};
    }
    const char* separators = " \t,;";
    std::vector<int> ranks;
    for (auto begin = text.find_first_not_of(separators); begin != std::string::npos;) {
        const auto end = text.find_first_of(separators, begin);
        const auto rank = rankIn(text.substr(begin, end == std::string::npos ? end : end - begin));
        if (!rank)
            return notUnderstood();
        if (ranks.size() == mostExperts)
            return tooMany();
        ranks.push_back(*rank);
        begin = text.find_first_not_of(separators, end);
    }
    if (ranks.empty())
        return notUnderstood();
    return ranks;
}

} // namespace hilo
