// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_source.h"
#include "data/text_reader.h"

namespace hilo {

/// The records of a JSON document that is an array of objects, or an object with an array "data": a record at a time,
/// of which only one is in memory. note: told with the first ones; may be empty. Errors, of next() too: what is no such
/// document, with its line; the rows before that place were given then.
Result<std::unique_ptr<RowSource>> openJsonDocument(TextReader text, std::string note);

/// The same of a document {"1": {…}, "2": {…}}: each member's value is a record, whose column keyColumn is the key
/// unless it has one of its own.
Result<std::unique_ptr<RowSource>> openKeyedJson(TextReader text, const std::string& keyColumn);

/// Where in what is buffered the JSON value that begins there ends, by its quotes and braces alone; more is read for
/// it, but not much more than mostBytes (0: no limit). Nothing when it does not end.
Result<std::optional<std::size_t>> endOfJsonValue(TextReader& text, std::size_t begin, std::size_t mostBytes = 0);

} // namespace hilo
