// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

namespace hilo {

/// The JSON object of one line of an event log. Numbers that JSON has not (NaN, Infinity and nan, -inf as C prints
/// them, 1e999) become null: other programs write them where a loss has burst, and the rest of such a line is worth
/// reading.
Result<Json> parseEventLine(const std::string& line, const std::string& file, const JsonLimits& limits = {});

} // namespace hilo
