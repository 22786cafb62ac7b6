// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/added_tokens.h"

#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo {

AddedTokens::AddedTokens(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)), byFirstByte_(256)
{
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        if (tokens_[i].pattern.empty())
            tokens_[i].pattern = tokens_[i].text;
        if (!tokens_[i].pattern.empty())
            byFirstByte_[static_cast<unsigned char>(tokens_[i].pattern[0])].push_back(i);
    }
    for (auto& candidates : byFirstByte_)
        std::stable_sort(candidates.begin(), candidates.end(), [this](std::size_t a, std::size_t b) {
            return tokens_[a].pattern.size() > tokens_[b].pattern.size();
        });
}

const AddedToken* AddedTokens::longestAt(std::string_view text, std::size_t at, bool normalized) const
{
    for (const std::size_t index : byFirstByte_[static_cast<unsigned char>(text[at])])
        if (const AddedToken& token = tokens_[index];
            token.normalized == normalized && text.compare(at, token.pattern.size(), token.pattern) == 0)
            return &token;
    return nullptr;
}

std::vector<AddedTokens::Part> AddedTokens::cut(std::string_view text, bool normalized) const
{
    std::vector<Part> parts;
    std::size_t open = 0; // where the text that belongs to no token begins
    for (std::size_t at = 0; !tokens_.empty() && at < text.size();) {
        const AddedToken* token = longestAt(text, at, normalized);
        if (!token) {
            ++at;
            continue;
        }
        std::size_t begin = at;
        std::size_t end = at + token->pattern.size();
        // The search goes on here, also inside of white space that the token takes with it.
        at = end;
        if (token->singleWord && (utf8::endsWithWord(text.substr(0, begin)) || utf8::startsWithWord(text.substr(end))))
            continue;
        if (token->leftStrip)
            begin = std::max(begin - utf8::spacesAtEnd(text.substr(0, begin)), open);
        if (token->rightStrip)
            end += utf8::spacesAtStart(text.substr(end));
        if (begin > open)
            parts.push_back({text.substr(open, begin - open), -1, open == 0});
        // The token before may have taken all of this one's white space with it; tokenizers drops pieces without text.
        if (end > begin)
            parts.push_back({{}, token->id, begin == 0});
        open = end;
    }
    if (open < text.size())
        parts.push_back({text.substr(open), -1, open == 0});
    return parts;
}

} // namespace hilo
