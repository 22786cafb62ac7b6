// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/added_tokens.h"

#include <algorithm>
#include <cctype>

namespace hilo {
namespace {

bool isWordByte(char byte)
{
    const auto value = static_cast<unsigned char>(byte);
    return value >= 0x80 || std::isalnum(value) || value == '_';
}

bool isSpace(char byte)
{
    return std::isspace(static_cast<unsigned char>(byte)) != 0;
}

} // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)), byFirstByte_(256)
{
    for (std::size_t i = 0; i < tokens_.size(); ++i)
        if (!tokens_[i].text.empty())
            byFirstByte_[static_cast<unsigned char>(tokens_[i].text[0])].push_back(i);
    for (auto& candidates : byFirstByte_)
        std::stable_sort(candidates.begin(), candidates.end(), [this](std::size_t a, std::size_t b) {
            return tokens_[a].text.size() > tokens_[b].text.size();
        });
}

std::vector<AddedTokens::Part> AddedTokens::cut(std::string_view text, bool normalized) const
{
    std::vector<Part> parts;
    std::size_t open = 0; // where the text that belongs to no token begins
    const auto fits = [&](const AddedToken& token, std::size_t at) {
        if (token.normalized != normalized || text.compare(at, token.text.size(), token.text) != 0)
            return false;
        const std::size_t end = at + token.text.size();
        return !token.singleWord ||
               ((at == 0 || !isWordByte(text[at - 1])) && (end == text.size() || !isWordByte(text[end])));
    };
    for (std::size_t at = 0; !byFirstByte_.empty() && at < text.size();) {
        const auto& candidates = byFirstByte_[static_cast<unsigned char>(text[at])];
        const auto found = std::find_if(candidates.begin(), candidates.end(),
                                        [&](std::size_t index) { return fits(tokens_[index], at); });
        if (found == candidates.end()) {
            ++at;
            continue;
        }
        const AddedToken& token = tokens_[*found];
        std::size_t begin = at;
        std::size_t end = at + token.text.size();
        while (token.leftStrip && begin > open && isSpace(text[begin - 1]))
            --begin;
        while (token.rightStrip && end < text.size() && isSpace(text[end]))
            ++end;
        if (begin > open)
            parts.push_back({text.substr(open, begin - open), -1, open == 0});
        parts.push_back({{}, token.id, begin == 0});
        at = open = end;
    }
    if (open < text.size())
        parts.push_back({text.substr(open), -1, open == 0});
    return parts;
}

} // namespace hilo
