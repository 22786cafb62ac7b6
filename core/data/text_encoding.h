// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace hilo {

/// Makes UTF-8 without a mark of the bytes of a data file, a piece at a time. Read are UTF-8 with or without a mark,
/// and UTF-16 and UTF-32 of both byte orders with one. Line ends of the old Macintosh (a carriage return alone, and no
/// line feed in the whole text, or in its first 16 MiB) become line feeds. Errors name the line or the byte: what is no
/// Unicode text, or holds a zero byte, as UTF-16 without a mark and binary files do.
class TextDecoder
{
  public:
    explicit TextDecoder(std::string file) : file_(std::move(file)) {}

    /// Appends to text what can be told of the bytes so far; isEnd: none follow.
    Status decode(std::string_view bytes, bool isEnd, std::string& text);

  private:
    void chooseEncoding();
    Status decodeNarrow(bool isEnd);
    Status decodeWide(bool isEnd);
    void handOut(bool isEnd, std::string& text);
    std::string linePlace(std::string_view text, std::size_t byte) const;

    std::string file_;
    bool chosen_ = false;
    int wide_ = -1;          ///< which of the encodings with wider units it is
    std::string bytes_;      ///< not decoded yet
    std::uint64_t at_ = 0;   ///< bytes that were decoded: behind the mark in UTF-8, of the file else
    std::int64_t lines_ = 0; ///< line feeds in them
    std::string held_;       ///< decoded, until it is known which line ends the text has
    bool knowsLineEnds_ = false, isMacintosh_ = false;
};

} // namespace hilo
