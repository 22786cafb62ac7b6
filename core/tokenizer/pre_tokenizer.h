// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "tokenizer/regex.h"

#include <functional>
#include <string>
#include <vector>

namespace hilo {

/// A stretch of the text on its way to becoming a word.
struct Piece
{
    std::string text;
    /// How many characters at its beginning stand for the whole text's first one; 0: none, it begins further on.
    std::size_t leading = 0;
};

/// One step that cuts pieces into smaller ones, or rewrites them. An error comes from a pattern that gives up.
using CutStep = std::function<Result<std::vector<Piece>>(std::vector<Piece> pieces)>;

/// The steps of a tokenizer.json's "pre_tokenizer" (null: none). A type that is not known is an error.
Result<std::vector<CutStep>> parsePreTokenizer(const Json& value, const std::string& file, const std::string& place);

/// Cuts by a pattern, matches and what lies between them being words of their own.
CutStep isolateMatches(const Regex& regex);
/// Maps bytes to characters.
CutStep byteLevelStep();

/// GPT-2's pattern, which ByteLevel uses by default.
extern const char* const gpt2Pattern;

} // namespace hilo
