// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"
#include "data/tokenise.h"

#include <memory>
#include <string>
#include <vector>

namespace hilo {

/// A stretch of a row's text that training treats alike.
struct TextRun
{
    enum class Kind {
        Masked,  ///< read, not learnt
        Trained, ///< learnt
        Cut,     ///< beyond the maximum length
    };
    Kind kind = Kind::Masked;
    std::string text;
    std::int64_t tokens = 0; ///< 0 where no tokenizer is known
};

/// "masked", "trained", "cut".
const char* nameOf(TextRun::Kind kind);

/// The row in stretches by the template alone: answers are trained, nothing is cut.
std::vector<TextRun> textRuns(const Example& example, RowUse use = RowUse::LearnAnswer);

/// The row in stretches of tokens, special ones included, as a run with these settings learns it; each window of a text
/// that is too long (text_windows.h) begins another stretch. A character whose bytes are several tokens stands with the
/// last of them. Errors: those of tokenise().
Result<std::vector<TextRun>> textRuns(const std::shared_ptr<const Tokenizer>& tokenizer, const Example& example,
                                      const TokeniseSettings& settings);

} // namespace hilo
