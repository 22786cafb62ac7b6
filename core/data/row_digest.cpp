// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_digest.h"

#include "base/sha256.h"

namespace hilo {
namespace {

void appendFixed(std::string& bytes, std::int64_t value)
{
    for (int i = 0; i < 8; ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
}

} // namespace

std::string rowDigest(const TokenisedExample& row)
{
    std::string bytes;
    appendFixed(bytes, static_cast<std::int64_t>(row.tokens.size()));
    for (const std::int32_t token : row.tokens)
        appendFixed(bytes, token);
    for (const auto& [begin, end] : row.answers) {
        appendFixed(bytes, begin);
        appendFixed(bytes, end);
    }
    appendFixed(bytes, row.labelPosition);
    for (const std::int32_t token : row.labelTokens)
        appendFixed(bytes, token);
    appendFixed(bytes, row.correct);
    for (const TokenisedExample& rejected : row.rejected)
        bytes += rowDigest(rejected);
    if (row.isGood)
        appendFixed(bytes, *row.isGood ? 1 : 0);
    for (const ChoiceTokens& choice : row.choices) {
        appendFixed(bytes, choice.start);
        for (const std::int32_t token : choice.tokens)
            appendFixed(bytes, token);
    }
    return sha256(bytes);
}

} // namespace hilo
