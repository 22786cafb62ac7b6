// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <string>
#include <string_view>

namespace hilo {

/// The part of YAML 1.2 that data set cards are written in: mappings and sequences in block form, and in flow form on
/// one line; plain, single- and double-quoted scalars on one line; comments. true, false and null are such, everything
/// else is text, numbers too. Errors name the line, counted from firstLine: anchors, aliases, tags, scalars over
/// several lines, tabs as indentation, keys that stand twice, more than 32 levels.
Result<Json> parseYaml(std::string_view text, const std::string& file, std::int64_t firstLine = 1);

/// The value of one key of the YAML that stands between two lines of "---" at the beginning of a text, of which nothing
/// else is read. null where there is none of it.
Result<Json> frontMatterValue(std::string_view text, std::string_view key, const std::string& file);

/// Whether a text begins so.
bool hasFrontMatter(std::string_view text);

} // namespace hilo
