// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/tokenise.h"

#include <cstddef>
#include <span>
#include <string>

namespace hilo {

/// Rows as bytes of a file of rows (row_file.h; docs/formats.md): numbers of seven bits a byte, the lowest first, those
/// that may be negative folded (0, -1, 1, -2, …), texts and lists behind their lengths. Every member is there, so that
/// a row comes back as it was.
void appendRow(const TokenisedExample& row, std::string& bytes);
void appendExample(const Example& example, std::string& bytes);

/// What a record of a row has.
struct DecodedRow
{
    TokenisedExample tokens;
    std::optional<Example> example; ///< where it was kept
};

/// Errors: bytes that are no such record, without file and place; none of them is believed before it is checked.
Result<DecodedRow> decodeRow(std::span<const std::byte> record);

} // namespace hilo
