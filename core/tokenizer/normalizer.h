// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

struct NormalizedText
{
    std::string text;
    /// How many characters at its beginning stand for the first character of what was normalised; 0 where that one was
    /// taken away. What is to be done to the first word only (Metaspace's "first") is done only where there is one.
    std::size_t leading = 1;
};

/// One step that rewrites text before it is cut into words. An error comes from a pattern that gives up.
using NormalizeStep = std::function<Result<NormalizedText>(NormalizedText text)>;

/// A step that takes no character away from the beginning.
NormalizeStep rewritingStep(std::function<Result<std::string>(std::string text)> rewrite);

/// The steps of a tokenizer.json's "normalizer" (null: none). A type that is not known is an error.
Result<std::vector<NormalizeStep>> parseNormalizer(const Json& value, const std::string& file,
                                                   const std::string& place);

/// Of valid UTF-8.
std::size_t characterCount(std::string_view text);
/// How many of the leading characters of text stand behind so many of its bytes.
std::size_t leadingBehind(std::string_view text, std::size_t bytes, std::size_t leading);

/// Replaces every occurrence of a string.
std::string replaceAll(std::string text, const std::string& pattern, const std::string& content);

} // namespace hilo
