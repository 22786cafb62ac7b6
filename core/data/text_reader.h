// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/text_encoding.h"
#include "formats/byte_source.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// The text of a data file (text_encoding.h), of which only what is being read is in memory.
class TextReader
{
  public:
    TextReader(std::unique_ptr<ByteSource> source, std::string file);

    /// What was read and not consumed yet.
    std::string_view buffered() const { return std::string_view(text_).substr(at_); }
    /// Reads more, so that at least twice as much is buffered; false where the text has ended. Errors: of the text and
    /// of reading; more than longestRecord buffered, which says on which line it begins.
    Result<bool> more();
    void consume(std::size_t bytes);
    /// Of what is buffered, from 1.
    std::int64_t line() const { return line_; }

    /// The next line without its line feed, which is consumed; nothing at the end.
    Result<std::optional<std::string_view>> nextLine();
    /// All that is left.
    Result<std::string> rest();
    const std::string& file() const { return file_; }

    static constexpr std::size_t longestRecord = std::size_t{256} << 20;

  private:
    std::unique_ptr<ByteSource> source_;
    std::string file_;
    TextDecoder decoder_;
    std::vector<std::byte> bytes_;
    std::string text_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
    bool ended_ = false;
};

} // namespace hilo
