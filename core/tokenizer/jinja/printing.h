// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/value.h"

#include <optional>
#include <string>

namespace hilo::jinja {

/// About the bytes of a value that is written out, where lists that are shared count each time: 16 a value and those of
/// texts. Takes the time of the different lists alone; never above mostWritten.
std::int64_t writtenSize(const Value& value);
constexpr std::int64_t mostWritten = std::int64_t{64} << 20;

/// A list or dict of more than mostWritten. takeTooLarge() says it of this thread, once: who asked for a text got an
/// empty one, who compared was told that they differ, and the interpreter ends the template.
bool isTooLarge(const Value& value);
bool takeTooLarge();

/// What {{ x }} writes: Python's str(x), nothing for an undefined value.
std::string text(const Value& value);
/// Python's repr(x).
std::string representation(const Value& value);
/// Python's repr of a float: 1.0, 1e-05, inf.
std::string floatText(double value);

/// &, <, > and quotes as HTML has them.
std::string escapedHtml(const std::string& text);

/// How json.dumps writes.
struct JsonForm
{
    bool ascii = false;
    std::optional<std::string> indent; ///< of one level; nothing: one line
    std::string itemSeparator = ", ";
    std::string keySeparator = ": ";
    bool sortKeys = false;
};
/// Python's json.dumps. Errors: functions and undefined values.
Result<std::string> json(const Value& value, const JsonForm& form);

} // namespace hilo::jinja
