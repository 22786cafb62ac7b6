// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "data/dataset.h"

namespace hilo {

/// A JSON record as a row, without its conversation (see data/conversation.h). null and NaN are left out. Two values of
/// one column's name (as in
/// {"a": {"b": 1}, "a.b": 2}) are an error, in the words of a rejected row.
tl::expected<Row, std::string> rowFromJson(const Json& record, const std::string& file, std::int64_t line);

/// A number, a text or true as text: texts as they are, everything else as JSON writes it, and infinite numbers
/// as Python does.
std::string scalarText(const Json& value);

} // namespace hilo
