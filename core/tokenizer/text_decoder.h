// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <functional>
#include <string>
#include <vector>

namespace hilo {

/// One step from the tokens' texts back to text.
using DecodeStep = std::function<std::vector<std::string>(std::vector<std::string> parts)>;

/// The steps of a tokenizer.json's "decoder" (null: the parts are joined by spaces). A type that is not known is an
/// error.
Result<std::vector<DecodeStep>> parseTextDecoder(const Json& value, const std::string& file, const std::string& place);

DecodeStep byteLevelDecoding();
/// Runs of <0xHH> become their bytes' characters, U+FFFD for each byte that is no part of one.
DecodeStep byteFallbackDecoding();
DecodeStep replaceDecoding(const std::string& pattern, const std::string& content);
DecodeStep fuseDecoding();
/// Takes up to start occurrences of content from the front of every part, up to stop from its end.
DecodeStep stripDecoding(const std::string& content, std::int64_t start, std::int64_t stop);

} // namespace hilo
