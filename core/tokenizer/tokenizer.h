// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
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
    /// model: a folder with tokenizer.json (or, without one, Mistral's tekken.json), such a file itself, or a .gguf
    /// file. What stands beside a tokenizer.json counts as it does for transformers (tokenizer_configuration.h). A
    /// model, normalizer, pre-tokenizer or decoder type that is not known is an error with the file and the place in
    /// it.
    static Result<std::shared_ptr<const Tokenizer>> load(const std::filesystem::path& model);

    /// source: what load() was given; empty for one that no file describes.
    explicit Tokenizer(std::unique_ptr<const TokenizerPipeline> pipeline, std::filesystem::path source = {});
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;
    ~Tokenizer();

    /// Bytes that are not UTF-8 count as U+FFFD. addSpecial: also what the post-processor (or the GGUF file's flags)
    /// puts around a text, as a BOS token; a text that has it already gets no second one. Errors: a token whose id the
    /// model's embedding has no row for (checkIds); a pattern that gives up on the text.
    Result<std::vector<std::int32_t>> encode(std::string_view text, bool addSpecial = false) const;
    /// Bad input, naming the token, where the model that stands beside the tokenizer has no row for one of the ids.
    Status checkIds(std::span<const std::int32_t> ids) const;
    /// Ids outside of the vocabulary are left out. skipSpecial leaves out special tokens as well.
    std::string decode(std::span<const std::int32_t> ids, bool skipSpecial = true) const;

    /// What encode(…, true) puts before a text.
    const std::vector<std::int32_t>& specialPrefix() const;

    /// One more than the highest id.
    std::int64_t vocabularySize() const;
    std::optional<std::int32_t> bos() const;
    std::optional<std::int32_t> eos() const;
    std::optional<std::int32_t> unknown() const;
    std::optional<std::int32_t> padding() const;
    /// Where generation ends: eos, what config.json and generation_config.json name, and the ends of a turn that the
    /// vocabulary has (<|im_end|>, <|eot_id|>, …).
    std::vector<std::int32_t> endTokens() const;
    /// text as the vocabulary spells it ("Ġworld", "▁world", "<|im_end|>").
    std::optional<std::int32_t> tokenId(std::string_view text) const;
    /// Empty for ids outside of the vocabulary.
    std::string tokenText(std::int32_t id) const;
    bool isSpecial(std::int32_t id) const;
    /// Jinja source of the one called default; empty when the model has none.
    const std::string& chatTemplate() const;
    const std::filesystem::path& source() const { return source_; }
    /// All that the model has, by name ("default", "tool_use", "rag").
    const std::map<std::string, std::string>& chatTemplates() const;

  private:
    /// leading: how many characters at its beginning stand for the first one of all that is encoded.
    Status encodeWords(std::string text, std::size_t leading, std::vector<std::int32_t>& ids) const;

    std::unique_ptr<const TokenizerPipeline> pipeline_;
    std::filesystem::path source_;
};

} // namespace hilo
