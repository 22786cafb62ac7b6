// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What a tokenizer puts around one text.
struct TextFrame
{
    std::vector<std::int32_t> before, after;
};

/// A tokenizer.json's "post_processor" (null: nothing). idOf: of a token that the file gives no id for. Bad input: a
/// type that is not known, a token that is not in the vocabulary.
Result<TextFrame> parsePostProcessor(const Json& value, const std::string& file, const std::string& place,
                                     const std::function<std::optional<std::int32_t>(const std::string&)>& idOf);

} // namespace hilo
