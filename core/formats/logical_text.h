// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace hilo {

/// How values of typed columns (Parquet, Arrow) are written, the same for both.

/// ISO 8601 of days since 1970-01-01; beyond ten million of them the number.
std::string dateText(std::int64_t days);
/// Of a day, in units of which so many make a second: 03:04:05, 03:04:05.678000.
std::string timeText(std::int64_t value, std::int64_t perSecond);
/// Since 1970-01-01: 2024-01-02T03:04:05, with "Z" in UTC.
std::string timestampText(std::int64_t value, std::int64_t perSecond, bool isUtc);
/// A whole number of any size in decimal, from big-endian two's complement bytes, with the point at scale.
std::string decimalText(std::string bytes, int scale);
/// Of 16 bytes.
std::string uuidText(std::string_view bytes);
/// A text where the bytes are UTF-8, else JSON's binary.
Json textOrBytes(std::string_view bytes);

} // namespace hilo
