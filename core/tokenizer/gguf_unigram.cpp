// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/gguf_unigram.h"

#include "tokenizer/charsmap.h"
#include "tokenizer/unigram_model.h"
#include "tokenizer/utf8.h"

#include <algorithm>
#include <limits>
#include <memory>

namespace hilo {
namespace {

struct BlankRules
{
    bool prefix = false; ///< one before the text
    bool merge = false;  ///< runs become one, those at the ends none
};

/// Blanks of an already replaced stretch become "▁" by the rules; inWord and begun go on from stretch to stretch.
class BlankWriter
{
  public:
    explicit BlankWriter(BlankRules rules) : rules_(rules) {}

    void add(std::string_view stretch)
    {
        for (const char byte : stretch) {
            if (byte != ' ') {
                if (!inWord_ && ((rules_.prefix && !begun_) || rules_.merge)) {
                    result_ += blank;
                    begun_ = true;
                }
                result_ += byte;
            } else if (!rules_.merge) {
                result_ += blank;
            }
            inWord_ = byte != ' ';
        }
    }
    std::string take() { return std::move(result_); }

  private:
    static constexpr const char* blank = "▁";
    BlankRules rules_;
    std::string result_;
    bool inWord_ = false;
    bool begun_ = false;
};

} // namespace

Status addUnigram(const GgufVocabulary& vocabulary, TokenizerPipeline& state)
{
    using TokenType = GgufVocabulary::TokenType;
    if (vocabulary.scores.size() != vocabulary.tokens.size())
        return failure(
            badInput(state.file, "tokenizer.ggml.scores", "there are no scores; a t5 vocabulary needs them"));
    if (!vocabulary.unknown)
        return failure(badInput(state.file, "tokenizer.ggml.unknown_token_id",
                                "there is no unknown token; a t5 vocabulary needs one"));
    std::vector<UnigramModel::Piece> pieces;
    float lowest = std::numeric_limits<float>::max();
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
        const TokenType type = id < vocabulary.types.size() ? vocabulary.types[id] : TokenType::Normal;
        UnigramModel::Piece piece{vocabulary.tokens[id], vocabulary.scores[id]};
        if (type == TokenType::Normal)
            lowest = std::min(lowest, vocabulary.scores[id]);
        if (type == TokenType::UserDefined)
            piece.score = 0;
        piece.unreachable = type != TokenType::Normal && type != TokenType::UserDefined && type != TokenType::Unused;
        pieces.push_back(std::move(piece));
    }
    UnigramModel::Settings settings;
    settings.unknown = static_cast<std::int32_t>(*vocabulary.unknown);
    settings.unknownScore = lowest - 10.0f;
    settings.looksUpUnknownRuns = false;
    state.model = std::make_unique<UnigramModel>(std::move(pieces), settings);

    std::shared_ptr<const Charsmap> map;
    if (!vocabulary.charsmap.empty()) {
        HILO_TRY(Charsmap parsed,
                 Charsmap::parse(vocabulary.charsmap, state.file, "tokenizer.ggml.precompiled_charsmap"));
        map = std::make_shared<const Charsmap>(std::move(parsed));
    }
    const BlankRules rules{vocabulary.addSpacePrefix.value_or(false), vocabulary.removesExtraBlanks.value_or(false)};
    state.normalizer.push_back(rewritingStep([map, rules](const std::string& text) {
        BlankWriter writer(rules);
        for (std::size_t at = 0; at < text.size();) {
            const std::string_view rest = std::string_view(text).substr(at);
            const auto match = map ? map->longest(rest) : std::nullopt;
            const std::size_t length = match ? match->length : utf8::lengthFrom(static_cast<unsigned char>(rest[0]));
            writer.add(match ? match->replacement : rest.substr(0, length));
            at += length;
        }
        return writer.take();
    }));
    state.decoder = {replaceDecoding("▁", " "), byteFallbackDecoding(), fuseDecoding()};
    if (rules.prefix)
        state.decoder.push_back(stripDecoding(" ", 1, 0));
    return {};
}

} // namespace hilo
