// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hilo {

struct StringHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using TokenIds = std::unordered_map<std::string, std::int32_t, StringHash, std::equal_to<>>;

/// What turns one word into ids. Immutable, so threads may share one.
class TokenModel
{
  public:
    virtual ~TokenModel() = default;

    /// Appends the ids of word, valid UTF-8. Bad input where the word has a character that the vocabulary lacks, and
    /// the token that is to stand for such characters is missing too.
    virtual Status encode(std::string_view word, std::vector<std::int32_t>& ids) const = 0;
    virtual const TokenIds& ids() const = 0;
    virtual std::optional<std::int32_t> unknown() const = 0;
};

/// The id of "<0xHH>" for each byte; -1 where there is none.
std::vector<std::int32_t> byteTokenIds(const TokenIds& ids);

} // namespace hilo
