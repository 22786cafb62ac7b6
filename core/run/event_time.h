// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hilo {

/// Milliseconds since 1970 (UTC) of an ISO 8601 time as events carry it, "2026-01-31T12:00:00.250Z"; nothing when it is
/// not one.
std::optional<std::int64_t> parseTime(std::string_view text);
/// "2026-01-31T12:00:00.250Z"
std::string formatTime(std::int64_t milliseconds);

} // namespace hilo
