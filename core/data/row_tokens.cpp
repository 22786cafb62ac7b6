// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_tokens.h"

#include "data/row_place.h"

#include <algorithm>
#include <span>

namespace hilo {
namespace {

/// An error of the tokenizer, told of the row.
template <class T>
Result<T> ofRow(Result<T> result, const Example& example)
{
    if (!result) {
        result.error().file = example.file;
        result.error().place = placeText(example.line);
    }
    return result;
}

} // namespace

Result<std::vector<std::int32_t>> rowTokens(const Tokenizer& tokenizer, const std::string& text, const Example& example)
{
    return ofRow(tokenizer.encode(text, !example.isWhole), example);
}

Status addEnd(const Tokenizer& tokenizer, const Example& example, std::vector<std::int32_t>& tokens)
{
    tokens.push_back(*tokenizer.eos());
    return ofRow(tokenizer.checkIds(std::span(tokens).last(1)), example);
}

std::int64_t commonPrefix(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b)
{
    return std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
}

} // namespace hilo
