// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/token_model_json.h"

#include "tokenizer/byte_pair_model.h"
#include "tokenizer/unigram_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

Result<TokenIds> parseVocabulary(const JsonObject& model)
{
    HILO_TRY(const JsonObject vocabulary, model.object("vocab"));
    TokenIds ids;
    ids.reserve(vocabulary.json().size());
    for (const auto& [text, id] : vocabulary.json().items()) {
        if (!id.is_number_integer() || id < 0 || id > highestTokenId)
            return failure(vocabulary.errorAt(text, "expected a token id from 0 to " + std::to_string(highestTokenId) +
                                                        ", found " + shownJson(id)));
        ids.emplace(text, id.get<std::int32_t>());
    }
    if (ids.empty())
        return failure(model.errorAt("vocab", "the vocabulary is empty"));
    return ids;
}

Result<BytePairModel::Merges> parseMerges(const JsonObject& model, const TokenIds& ids,
                                          const std::string& continuingPrefix)
{
    HILO_TRY(const Json* list, model.array("merges"));
    BytePairModel::Merges merges;
    merges.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json& merge = (*list)[i];
        std::string left;
        std::string right;
        if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string()) {
            left = merge[0].get<std::string>();
            right = merge[1].get<std::string>();
        } else if (merge.is_string() && merge.get_ref<const std::string&>().find(' ') != std::string::npos) {
            const auto& text = merge.get_ref<const std::string&>();
            if (text.starts_with("#version"))
                continue;
            left = text.substr(0, text.find(' '));
            right = text.substr(text.find(' ') + 1);
        } else {
            return failure(model.errorAt("merges[" + std::to_string(i) + "]",
                                         "expected \"left right\" or [\"left\", \"right\"], found " + merge.dump()));
        }
        const auto whole = BytePairModel::mergedText(left, right, continuingPrefix);
        if (!ids.contains(left) || !ids.contains(right) || !whole || !ids.contains(*whole))
            return failure(
                model.errorAt("merges[" + std::to_string(i) + "]",
                              "the vocabulary lacks \"" + left + "\", \"" + right + "\" or what they merge to"));
        merges.emplace_back(std::move(left), std::move(right));
    }
    return merges;
}

Result<TokenModelOfJson> parseBytePair(const JsonObject& model)
{
    HILO_TRY(const double dropout, model.numberOr("dropout", 0, 0, 1));
    if (dropout != 0)
        return failure(model.errorAt("dropout", "merges that are left out at random are not supported; expected null",
                                     "set \"dropout\" to null: the same text then always has the same tokens"));
    HILO_TRY(TokenIds ids, parseVocabulary(model));
    BytePairSettings settings;
    HILO_TRY(settings.continuingPrefix, model.textOr("continuing_subword_prefix", ""));
    HILO_TRY(settings.endSuffix, model.textOr("end_of_word_suffix", ""));
    HILO_TRY(const BytePairModel::Merges merges, parseMerges(model, ids, settings.continuingPrefix));
    HILO_TRY(settings.byteFallback, model.flagOr("byte_fallback", false));
    HILO_TRY(settings.fuseUnknown, model.flagOr("fuse_unk", false));
    HILO_TRY(settings.ignoreMerges, model.flagOr("ignore_merges", false));
    HILO_TRY(const std::string unknown, model.textOr("unk_token", ""));
    if (const auto found = ids.find(unknown); found != ids.end())
        settings.unknown = found->second;
    else
        settings.missingUnknown = unknown;
    TokenModelOfJson result;
    result.model =
        std::make_unique<BytePairModel>(BytePairModel::fromMerges(std::move(ids), merges, std::move(settings)));
    return result;
}

Result<TokenModelOfJson> parseUnigram(const JsonObject& model)
{
    HILO_TRY(const Json* list, model.array("vocab"));
    if (list->empty())
        return failure(model.errorAt("vocab", "the vocabulary is empty"));
    if (static_cast<std::int64_t>(list->size()) > highestTokenId + 1)
        return failure(model.errorAt("vocab", "there are too many tokens"));
    UnigramModel::Settings settings;
    double lowest = std::numeric_limits<double>::infinity();
    std::vector<UnigramModel::Piece> pieces;
    TokenModelOfJson result;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json& piece = (*list)[i];
        if (!piece.is_array() || piece.size() != 2 || !piece[0].is_string() || !piece[1].is_number() ||
            !std::isfinite(piece[1].get<double>()))
            return failure(model.errorAt("vocab[" + std::to_string(i) + "]",
                                         "expected [\"piece\", score], found " + shownJson(piece)));
        pieces.push_back({piece[0].get<std::string>(), piece[1].get<double>()});
        lowest = std::min(lowest, pieces.back().score);
        result.texts.push_back(pieces.back().text);
    }
    settings.unknownScore = lowest - 10; // the penalty is tokenizers' K_UNK_PENALTY
    HILO_TRY(settings.byteFallback, model.flagOr("byte_fallback", false));
    HILO_TRY(const std::int64_t unknown, model.integerOr("unk_id", -1, 0, static_cast<std::int64_t>(list->size()) - 1));
    if (unknown >= 0)
        settings.unknown = static_cast<std::int32_t>(unknown);
    result.model = std::make_unique<UnigramModel>(std::move(pieces), settings);
    return result;
}

} // namespace

Result<TokenModelOfJson> parseTokenModel(const JsonObject& root)
{
    HILO_TRY(const JsonObject model, root.object("model"));
    // Old files leave the type out.
    const bool isList = model.has("vocab") && model.json()["vocab"].is_array();
    HILO_TRY(const std::string type, model.textOr("type", model.has("merges") ? "BPE" : isList ? "Unigram" : "(none)"));
    if (type == "BPE")
        return parseBytePair(model);
    if (type == "Unigram")
        return parseUnigram(model);
    return failure(model.errorAt("type", "the model type \"" + type + "\" is not supported; expected BPE or Unigram",
                                 "tokenizers of models that generate text are of these types"));
}

} // namespace hilo
