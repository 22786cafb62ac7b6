// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/prompt_template.h"

#include <map>
#include <optional>
#include <string>

namespace hilo {

/// What a row has for a template's field, under its own name or the first alias that the row has.
std::optional<std::string> valueOf(const PromptTemplate& promptTemplate, const Row& row, const std::string& field);

/// What a template says of its fields besides the row.
using FieldValues = std::map<std::string, std::string>;

/// A template's text with its fields filled in: from values, the row, or the template's defaults. A field that none of
/// them has is an error in the words of a rejected row.
tl::expected<std::string, std::string> filled(const PromptTemplate& promptTemplate, const std::string& text,
                                              const Row& row, const FieldValues& values);

} // namespace hilo
