// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hilo {

/// One metric over the steps of a run. Steps strictly increase.
struct Series
{
    std::vector<std::int64_t> steps;
    std::vector<double> values; ///< NaN where the run wrote null
};

/// The database keeps a series as chunks of at most this many points.
inline constexpr std::size_t pointsPerChunk = 1024;

/// One chunk as bytes: the count, then the steps' differences and the values, byte planes apart, deflated with their
/// checksum. The same points always give the same bytes.
std::string encodeChunk(std::span<const std::int64_t> steps, std::span<const double> values);
/// Appends the chunk's points to series; an error when the bytes are damaged.
Status decodeChunk(std::string_view bytes, Series& series);

} // namespace hilo
