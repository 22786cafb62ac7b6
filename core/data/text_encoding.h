// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace hilo {

/// The bytes of a data file as UTF-8 without a mark. Read are UTF-8 with or without a mark, and UTF-16 and UTF-32 of
/// both byte orders with one. Line ends of the old Macintosh (a carriage return alone, and no line feed in the whole
/// text) become line feeds. Errors name the line or the byte: what is no Unicode text, or holds a zero byte, as UTF-16
/// without a mark and binary files do.
Result<std::string> textOfBytes(std::string bytes, const std::string& file);

} // namespace hilo
