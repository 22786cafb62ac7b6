// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace hilo::jinja {

struct Token
{
    enum class Kind { Text, OutputBegin, OutputEnd, BlockBegin, BlockEnd, Name, Integer, Float, String, Operator, End };
    Kind kind = Kind::End;
    std::string text; ///< of a string its value, escapes resolved
    int line = 0;     ///< from 1

    bool is(Kind wanted, std::string_view wantedText) const { return kind == wanted && text == wantedText; }
    bool isOperator(std::string_view wanted) const { return is(Kind::Operator, wanted); }
    bool isName(std::string_view wanted) const { return is(Kind::Name, wanted); }
};

/// The tokens of a template, with whitespace handled as transformers sets Jinja up: trim_blocks (no newline behind a
/// block or comment), lstrip_blocks (no blanks before one that begins its line), "-" and "+" at tags, no newline at the
/// end of the template. Comments and raw blocks are resolved. Errors name the line.
Result<std::vector<Token>> tokenise(std::string_view source);

} // namespace hilo::jinja
