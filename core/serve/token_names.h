// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/tokenizer.h"

#include <memory>
#include <optional>
#include <string>

namespace hilo {

/// What single tokens are called in answers.
class TokenNames
{
  public:
    explicit TokenNames(std::shared_ptr<const Tokenizer> tokenizer);

    /// The text that a token adds inside of a text, special tokens as they are spelt; nothing where it is a part of a
    /// character.
    std::optional<std::string> text(std::int32_t id) const;
    /// Its text; "bytes:\xe2\x80" of a part of a character, as OpenAI writes it; "token_id:7" where no bytes are known.
    std::string name(std::int32_t id) const;
    /// "token_id:7"
    static std::string byId(std::int32_t id);

  private:
    std::shared_ptr<const Tokenizer> tokenizer_;
    std::vector<std::int32_t> anchor_; ///< some text, so that a token's leading space is kept
};

} // namespace hilo
