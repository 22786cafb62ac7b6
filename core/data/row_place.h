// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace hilo {

/// Where a row stands in its file, as Row, Example and RejectedRow have it in `line`: the line on which it begins, from
/// 1, or, where lines are no place (Parquet, Arrow, a list in JSON that is one long line), minus its number as a
/// record.
constexpr std::int64_t recordPlace(std::int64_t number)
{
    return -number;
}

constexpr bool isRecordPlace(std::int64_t place)
{
    return place < 0;
}

/// The line's number, or the record's.
constexpr std::int64_t numberOfPlace(std::int64_t place)
{
    return isRecordPlace(place) ? -place : place;
}

/// "line 3" or "record 3", for messages and lists.
std::string placeText(std::int64_t place);

} // namespace hilo
