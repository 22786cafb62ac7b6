// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/tokenizer.h"

namespace hilo {

/// Decodes ids one by one; gives the text as soon as its characters are complete.
class StreamDecoder
{
  public:
    /// context: ids before the first one pushed (a prompt), so that a word's leading space is kept.
    explicit StreamDecoder(std::shared_ptr<const Tokenizer> tokenizer, std::span<const std::int32_t> context = {},
                           bool skipSpecial = true);

    /// The new text, valid UTF-8; empty while a character is incomplete.
    std::string push(std::int32_t id);
    /// What is left at the end; bytes that never became a character are U+FFFD.
    std::string finish();

  private:
    std::string textOf(std::size_t end) const;

    std::shared_ptr<const Tokenizer> tokenizer_;
    std::vector<std::int32_t> ids_;
    std::size_t begin_ = 0; ///< of the ids that are still decoded together
    std::size_t read_ = 0;  ///< end of the ids whose text is out
    bool skipSpecial_;
};

} // namespace hilo
