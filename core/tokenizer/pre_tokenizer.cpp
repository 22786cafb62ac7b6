// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/pre_tokenizer.h"

#include "tokenizer/byte_level.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/text_matcher.h"
#include "tokenizer/utf8.h"

namespace hilo {

const char* const gpt2Pattern = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

namespace {

// What Rust's regular expressions and its char::is_whitespace call a word's characters and white space.
constexpr const char* rustWord = R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{200c}\x{200d})";
constexpr const char* punctuation = R"([\p{P}$+<=>^`|~])";
constexpr const char* rustSpace =
    R"(\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";

Piece partOf(const Piece& piece, std::size_t begin, std::size_t end)
{
    return {piece.text.substr(begin, end - begin), leadingBehind(piece.text, begin, piece.leading)};
}

/// What is put in front stands for the character that it stands before.
void prepend(Piece& piece, const std::string& text)
{
    piece.text.insert(0, text);
    if (piece.leading > 0)
        piece.leading += characterCount(text);
}

enum class Behaviour { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

struct Range
{
    std::size_t begin;
    std::size_t end;
    bool match;
};

/// The matches and what lies between them, in order.
Result<std::vector<Range>> rangesOf(const std::string& text, const TextMatcher& matcher, bool invert)
{
    std::vector<Range> ranges;
    std::size_t at = 0;
    HILO_CHECK(matcher(text, [&](std::size_t begin, std::size_t end) {
        if (begin > at)
            ranges.push_back({at, begin, invert});
        ranges.push_back({begin, end, !invert});
        at = end;
    }));
    if (at < text.size())
        ranges.push_back({at, text.size(), invert});
    return ranges;
}

std::vector<Range> applied(const std::vector<Range>& ranges, Behaviour behaviour)
{
    std::vector<Range> result;
    bool pendingNext = false;
    for (const Range& range : ranges) {
        switch (behaviour) {
        case Behaviour::Isolated:
            result.push_back(range);
            break;
        case Behaviour::Removed:
            if (!range.match)
                result.push_back(range);
            break;
        case Behaviour::Contiguous:
            if (!result.empty() && result.back().match == range.match)
                result.back().end = range.end;
            else
                result.push_back(range);
            break;
        case Behaviour::MergedWithPrevious:
            if (range.match && !result.empty() && !result.back().match)
                result.back() = {result.back().begin, range.end, true};
            else
                result.push_back(range);
            break;
        case Behaviour::MergedWithNext:
            if (!range.match && pendingNext)
                result.back() = {result.back().begin, range.end, false};
            else
                result.push_back(range);
            pendingNext = range.match;
            break;
        }
    }
    return result;
}

CutStep cutBy(TextMatcher matcher, Behaviour behaviour, bool invert)
{
    return [matcher = std::move(matcher), behaviour, invert](std::vector<Piece> pieces) -> Result<std::vector<Piece>> {
        std::vector<Piece> result;
        for (const Piece& piece : pieces) {
            HILO_TRY(const std::vector<Range> ranges, rangesOf(piece.text, matcher, invert));
            for (const Range& range : applied(ranges, behaviour))
                if (range.end > range.begin)
                    result.push_back(partOf(piece, range.begin, range.end));
        }
        return result;
    };
}

Result<Behaviour> behaviourOf(const JsonObject& object)
{
    HILO_TRY(const std::string name, object.text("behavior"));
    if (name == "Removed")
        return Behaviour::Removed;
    if (name == "Isolated")
        return Behaviour::Isolated;
    if (name == "MergedWithPrevious")
        return Behaviour::MergedWithPrevious;
    if (name == "MergedWithNext")
        return Behaviour::MergedWithNext;
    if (name == "Contiguous")
        return Behaviour::Contiguous;
    return failure(object.errorAt("behavior", "the behaviour \"" + name + "\" is not known"));
}

Result<CutStep> splitStep(const JsonObject& object)
{
    HILO_TRY(const JsonObject pattern, object.object("pattern"));
    HILO_TRY(const Behaviour behaviour, behaviourOf(object));
    HILO_TRY(const bool invert, object.flagOr("invert", false));
    if (pattern.has("String")) {
        HILO_TRY(const std::string literal, pattern.text("String"));
        return cutBy(matcherOf(literal), behaviour, invert);
    }
    HILO_TRY(const std::string expression, pattern.text("Regex"));
    HILO_TRY(const Regex regex, Regex::compileOniguruma(expression, object.file(), pattern.placeOf("Regex")));
    return cutBy(matcherOf(regex), behaviour, invert);
}

/// pattern is PCRE2's.
Result<CutStep> patternStep(const JsonObject& object, const std::string& pattern, Behaviour behaviour,
                            bool invert = false)
{
    HILO_TRY(const Regex regex, Regex::compile(pattern, object.file(), object.placeOf("type")));
    return cutBy(matcherOf(regex), behaviour, invert);
}

Result<std::vector<CutStep>> byteLevel(const JsonObject& object)
{
    HILO_TRY(const bool prefix, object.flagOr("add_prefix_space", true));
    HILO_TRY(const bool useRegex, object.flagOr("use_regex", true));
    std::vector<CutStep> steps;
    if (prefix)
        steps.push_back([](std::vector<Piece> pieces) {
            for (Piece& piece : pieces)
                if (!piece.text.empty() && piece.text[0] != ' ')
                    prepend(piece, " ");
            return pieces;
        });
    if (useRegex) {
        HILO_TRY(const Regex regex, Regex::compileOniguruma(gpt2Pattern, object.file(), object.placeOf("type")));
        steps.push_back(isolateMatches(regex));
    }
    steps.push_back(byteLevelStep());
    return steps;
}

Result<std::vector<CutStep>> metaspace(const JsonObject& object)
{
    HILO_TRY(const std::string replacement, object.textOr("replacement", "▁"));
    const bool oldPrefix = !object.has("add_prefix_space") || object.json()["add_prefix_space"] == true;
    HILO_TRY(const std::string scheme, object.textOr("prepend_scheme", oldPrefix ? "always" : "never"));
    if (scheme != "first" && scheme != "always" && scheme != "never")
        return failure(
            object.errorAt("prepend_scheme", "\"" + scheme + "\" is not known; expected first, always or never"));
    if (!oldPrefix && scheme != "never")
        return failure(object.errorAt("prepend_scheme", "add_prefix_space is false, so expected \"never\""));
    HILO_TRY(const bool split, object.flagOr("split", true));
    std::vector<CutStep> steps;
    steps.push_back([replacement, scheme](std::vector<Piece> pieces) {
        for (Piece& piece : pieces) {
            if (piece.text.empty())
                continue;
            piece.text = replaceAll(std::move(piece.text), " ", replacement);
            if ((scheme == "always" || (scheme == "first" && piece.leading > 0)) &&
                !piece.text.starts_with(replacement))
                prepend(piece, replacement);
        }
        return pieces;
    });
    if (split)
        steps.push_back(cutBy(matcherOf(replacement), Behaviour::MergedWithNext, false));
    return steps;
}

Result<std::vector<CutStep>> wordsAndPunctuation(const JsonObject& object)
{
    std::vector<CutStep> steps;
    HILO_TRY(CutStep words, patternStep(object, std::string("[") + rustSpace + "]+", Behaviour::Removed));
    HILO_TRY(CutStep marks, patternStep(object, punctuation, Behaviour::Isolated));
    steps.push_back(std::move(words));
    steps.push_back(std::move(marks));
    return steps;
}

/// Pieces of so many characters, the last of what is left.
Result<CutStep> fixedLength(const JsonObject& object)
{
    HILO_TRY(const std::int64_t length, object.integerOr("length", 5, 1, 1 << 30));
    return CutStep([length](const std::vector<Piece>& pieces) {
        std::vector<Piece> result;
        for (const Piece& piece : pieces)
            for (std::size_t begin = 0; begin < piece.text.size();) {
                std::size_t end = begin;
                for (std::int64_t i = 0; i < length && end < piece.text.size(); ++i)
                    end += utf8::lengthFrom(static_cast<unsigned char>(piece.text[end]));
                result.push_back(partOf(piece, begin, end));
                begin = end;
            }
        return result;
    });
}

} // namespace

CutStep isolateMatches(const Regex& regex)
{
    return cutBy(matcherOf(regex), Behaviour::Isolated, false);
}

CutStep byteLevelStep()
{
    return [](std::vector<Piece> pieces) {
        for (Piece& piece : pieces) {
            // A character for each byte.
            std::size_t bytes = 0;
            for (std::size_t i = 0; i < piece.leading && bytes < piece.text.size(); ++i)
                bytes += utf8::lengthFrom(static_cast<unsigned char>(piece.text[bytes]));
            piece.leading = bytes;
            piece.text = bytesToCharacters(piece.text);
        }
        return pieces;
    };
}

Result<std::vector<CutStep>> parsePreTokenizer(const Json& value, const std::string& file, const std::string& place)
{
    std::vector<CutStep> steps;
    if (value.is_null())
        return steps;
    HILO_TRY(const JsonObject object, JsonObject::of(value, file, place));
    HILO_TRY(const std::string type, object.text("type"));
    const auto single = [&steps](Result<CutStep> step) -> Result<std::vector<CutStep>> {
        HILO_TRY(CutStep one, std::move(step));
        steps.push_back(std::move(one));
        return steps;
    };
    if (type == "Sequence") {
        HILO_TRY(const Json* parts, object.array("pretokenizers"));
        for (std::size_t i = 0; i < parts->size(); ++i) {
            HILO_TRY(auto inner,
                     parsePreTokenizer((*parts)[i], file, place + ".pretokenizers[" + std::to_string(i) + "]"));
            steps.insert(steps.end(), inner.begin(), inner.end());
        }
        return steps;
    }
    if (type == "ByteLevel")
        return byteLevel(object);
    if (type == "Metaspace")
        return metaspace(object);
    if (type == "Split")
        return single(splitStep(object));
    if (type == "Whitespace")
        return single(patternStep(object, std::string("[") + rustWord + "]+|[^" + rustWord + rustSpace + "]+",
                                  Behaviour::Removed, true));
    if (type == "WhitespaceSplit")
        return single(patternStep(object, std::string("[") + rustSpace + "]+", Behaviour::Removed));
    if (type == "Digits") {
        HILO_TRY(const bool individual, object.flagOr("individual_digits", false));
        return single(patternStep(object, individual ? R"(\p{N})" : R"(\p{N}+)", Behaviour::Isolated));
    }
    if (type == "Punctuation") {
        HILO_TRY(const Behaviour behaviour, object.has("behavior") ? behaviourOf(object) : Behaviour::Isolated);
        return single(patternStep(object, punctuation, behaviour));
    }
    if (type == "BertPreTokenizer")
        return wordsAndPunctuation(object);
    if (type == "CharDelimiterSplit") {
        HILO_TRY(const std::string delimiter, object.text("delimiter"));
        return single(cutBy(matcherOf(delimiter), Behaviour::Removed, false));
    }
    if (type == "FixedLength")
        return single(fixedLength(object));
    return failure(object.errorAt("type", "the pre-tokenizer \"" + type + "\" is not supported",
                                  "supported are ByteLevel, Metaspace, Split, Digits, Punctuation, Whitespace, "
                                  "WhitespaceSplit, BertPreTokenizer, CharDelimiterSplit, FixedLength, Sequence"));
}

} // namespace hilo
