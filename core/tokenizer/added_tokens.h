// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// A token that is found in the text as a whole before the model sees it.
struct AddedToken
{
    std::int32_t id = 0;
    std::string text;
    bool special = false;
    bool normalized = false; ///< looked for after normalisation, otherwise before
    bool leftStrip = false;  ///< takes white space before it with it
    bool rightStrip = false;
    bool singleWord = false; ///< not inside a word
    std::string pattern;     ///< what is looked for: text, or what the normalizer makes of it; empty: text
};

/// Finds added tokens as Hugging Face's tokenizers does: leftmost first, the longest of those that begin at one place
/// (of equal ones the first of the list). A token that is to be a single word and is not is passed over whole, with
/// what else lies in it.
class AddedTokens
{
  public:
    AddedTokens() = default;
    explicit AddedTokens(std::vector<AddedToken> tokens);

    struct Part
    {
        std::string_view text; ///< of the input; empty for a token
        std::int32_t id = -1;  ///< of the token, or -1
        bool atStart = false;
    };
    /// text: valid UTF-8; normalized: which of the two kinds to look for.
    std::vector<Part> cut(std::string_view text, bool normalized) const;

    const std::vector<AddedToken>& tokens() const { return tokens_; }

  private:
    const AddedToken* longestAt(std::string_view text, std::size_t at, bool normalized) const;

    std::vector<AddedToken> tokens_;
    std::vector<std::vector<std::size_t>> byFirstByte_; ///< longest first
};

} // namespace hilo
