// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

class TokenizerPipeline;

/// Text to token ids and back. Immutable, so threads may share one.
class Tokenizer
{
  public:
    /// model: a folder with tokenizer.json (and tokenizer_config.json for the names of the special tokens and the chat
    /// template), a tokenizer.json itself, or a .gguf file. A model, normalizer, pre-tokenizer or decoder type that is
    /// not known is an error with the file and the place in it.
    static Result<std::shared_ptr<const Tokenizer>> load(const std::filesystem::path& model);

    explicit Tokenizer(std::unique_ptr<const TokenizerPipeline> pipeline);
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;
    ~Tokenizer();

    /// Bytes that are not UTF-8 count as U+FFFD. addSpecial: also what the post-processor (or the GGUF file's flags)
    /// puts around a text, as a BOS token.
    std::vector<std::int32_t> encode(std::string_view text, bool addSpecial = false) const;
    /// Ids outside of the vocabulary are left out. skipSpecial leaves out special tokens as well.
    std::string decode(std::span<const std::int32_t> ids, bool skipSpecial = true) const;

    /// What encode(…, true) puts before and behind a text.
    const std::vector<std::int32_t>& specialPrefix() const;
    const std::vector<std::int32_t>& specialSuffix() const;

    /// One more than the highest id.
    std::int64_t vocabularySize() const;
    std::optional<std::int32_t> bos() const;
    std::optional<std::int32_t> eos() const;
    std::optional<std::int32_t> unknown() const;
    std::optional<std::int32_t> padding() const;
    /// Where generation ends: eos and the ends of a turn that the vocabulary has (<|im_end|>, <|eot_id|>, …).
    std::vector<std::int32_t> endTokens() const;
    /// text as the vocabulary spells it ("Ġworld", "▁world", "<|im_end|>").
    std::optional<std::int32_t> tokenId(std::string_view text) const;
    /// Empty for ids outside of the vocabulary.
    std::string tokenText(std::int32_t id) const;
    bool isSpecial(std::int32_t id) const;
    /// Jinja source; empty when the model has none.
    const std::string& chatTemplate() const;

  private:
    std::unique_ptr<const TokenizerPipeline> pipeline_;
};

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
