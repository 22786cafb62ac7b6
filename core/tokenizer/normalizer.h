// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <functional>
#include <string>
#include <vector>

namespace hilo {

/// One step that rewrites text before it is cut into words. An error comes from a pattern that gives up.
using NormalizeStep = std::function<Result<std::string>(std::string text)>;

/// The steps of a tokenizer.json's "normalizer" (null: none). A type that is not known is an error.
Result<std::vector<NormalizeStep>> parseNormalizer(const Json& value, const std::string& file,
                                                   const std::string& place);

/// Replaces every occurrence of a string.
std::string replaceAll(std::string text, const std::string& pattern, const std::string& content);

} // namespace hilo
