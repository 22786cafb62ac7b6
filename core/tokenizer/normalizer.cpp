// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/normalizer.h"

#include "base/base64.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/charsmap.h"
#include "tokenizer/text_matcher.h"
#include "tokenizer/utf8.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace hilo {
namespace {

std::string throughIcu(const std::string& text, const icu::Normalizer2* form)
{
    UErrorCode code = U_ZERO_ERROR;
    std::string result;
    form->normalize(icu::UnicodeString::fromUTF8(text), code).toUTF8String(result);
    return U_SUCCESS(code) ? result : text;
}

/// Letter by letter, as Rust's char::to_lowercase has it: no other sigma at the end of a word.
std::string lowered(const std::string& text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();)
        icu::UnicodeString(static_cast<UChar32>(utf8::next(text, at)))
            .toLower(icu::Locale::getRoot())
            .toUTF8String(result);
    return result;
}

Result<NormalizeStep> unicodeForm(const std::string& type, const JsonObject& object)
{
    UErrorCode code = U_ZERO_ERROR;
    const icu::Normalizer2* form = type == "NFC"    ? icu::Normalizer2::getNFCInstance(code)
                                   : type == "NFD"  ? icu::Normalizer2::getNFDInstance(code)
                                   : type == "NFKC" ? icu::Normalizer2::getNFKCInstance(code)
                                                    : icu::Normalizer2::getNFKDInstance(code);
    if (U_FAILURE(code))
        return failure(object.errorAt("type", "ICU has no " + type + " data"));
    return rewritingStep([form](const std::string& text) { return throughIcu(text, form); });
}

std::size_t without(std::size_t leading, std::size_t removed)
{
    return leading > removed ? leading - removed : 0;
}

/// Every match becomes content. What takes the place of several characters stands for the last of them, as tokenizers
/// has it (NormalizedString::replace).
Result<NormalizedText> replacedMatches(const NormalizedText& text, const TextMatcher& matcher,
                                       const std::string& content)
{
    if (text.text.empty())
        return text;
    NormalizedText result{{}, text.leading};
    std::size_t copied = 0;
    HILO_CHECK(matcher(text.text, [&](std::size_t begin, std::size_t end) {
        result.text.append(text.text, copied, begin - copied);
        copied = end;
        if (result.text.empty()) {
            const std::size_t removed = characterCount(std::string_view(text.text).substr(begin, end - begin));
            if (content.empty())
                result.leading = without(result.leading, removed);
            else if (removed <= std::max<std::size_t>(result.leading, 1) && result.leading > 0)
                result.leading = without(result.leading, removed) + characterCount(content);
            else
                result.leading = 0;
        }
        result.text += content;
    }));
    result.text.append(text.text, copied);
    return result;
}

NormalizeStep replacingStep(TextMatcher matcher, const std::string& content)
{
    return [matcher = std::move(matcher), content](const NormalizedText& text) {
        return replacedMatches(text, matcher, content);
    };
}

Result<NormalizeStep> replaceStep(const JsonObject& object)
{
    HILO_TRY(const JsonObject pattern, object.object("pattern"));
    HILO_TRY(const std::string content, object.text("content"));
    if (pattern.has("String")) {
        HILO_TRY(const std::string literal, pattern.text("String"));
        return replacingStep(matcherOf(literal), content);
    }
    HILO_TRY(const std::string expression, pattern.text("Regex"));
    HILO_TRY(const Regex regex, Regex::compileOniguruma(expression, object.file(), pattern.placeOf("Regex")));
    return replacingStep(matcherOf(regex), content);
}

Result<NormalizeStep> stripStep(const JsonObject& object)
{
    HILO_TRY(const bool left, object.flagOr("strip_left", true));
    HILO_TRY(const bool right, object.flagOr("strip_right", true));
    return NormalizeStep([left, right](NormalizedText text) {
        if (right)
            text.text.erase(text.text.size() - utf8::spacesAtEnd(text.text));
        if (left) {
            const std::size_t spaces = utf8::spacesAtStart(text.text);
            text.leading = without(text.leading, characterCount(std::string_view(text.text).substr(0, spaces)));
            text.text.erase(0, spaces);
        }
        return text;
    });
}

/// Letter by letter; nothing for what is to be left out.
NormalizeStep characterStep(std::function<std::optional<std::uint32_t>(std::uint32_t)> becomes)
{
    return [becomes = std::move(becomes)](const NormalizedText& text) {
        NormalizedText result{{}, text.leading};
        result.text.reserve(text.text.size());
        for (std::size_t at = 0; at < text.text.size();) {
            if (const auto character = becomes(utf8::next(text.text, at)))
                utf8::append(result.text, *character);
            else if (result.text.empty())
                result.leading = without(result.leading, 1);
        }
        return result;
    };
}

/// Marks of every kind (tokenizers: unicode_normalization's is_combining_mark).
std::optional<std::uint32_t> unlessMark(std::uint32_t character)
{
    return (U_GET_GC_MASK(static_cast<UChar32>(character)) & U_GC_M_MASK) != 0 ? std::nullopt
                                                                               : std::optional(character);
}

/// SentencePiece's "nmt" rules, as tokenizers has them (normalizers/unicode.rs).
std::optional<std::uint32_t> nmtRule(std::uint32_t character)
{
    const auto within = [character](std::uint32_t first, std::uint32_t last) {
        return character >= first && character <= last;
    };
    if (within(1, 8) || character == 0xb || within(0xe, 0x1f) || character == 0x7f || character == 0x8f ||
        character == 0x9f)
        return std::nullopt;
    if (within(9, 0xa) || within(0xc, 0xd) || character == 0x1680 || within(0x200b, 0x200f) || within(0x2028, 0x2029) ||
        character == 0x2581 || character == 0xfeff || character == 0xfffd)
        return ' ';
    return character;
}

Result<NormalizeStep> precompiledStep(const JsonObject& object)
{
    HILO_TRY(const std::string text, object.text("precompiled_charsmap"));
    const auto bytes = base64Decoded(text);
    if (!bytes)
        return failure(object.errorAt("precompiled_charsmap", "the table of characters is not base64"));
    HILO_TRY(Charsmap map, Charsmap::parse(*bytes, object.file(), object.placeOf("precompiled_charsmap")));
    // What the table takes away at the beginning counts as still there, as tokenizers has it.
    return rewritingStep([map = std::make_shared<const Charsmap>(std::move(map))](const std::string& input) {
        return map->applied(input);
    });
}

Result<NormalizeStep> parseStep(const JsonObject& object)
{
    HILO_TRY(const std::string type, object.text("type"));
    if (type == "NFC" || type == "NFD" || type == "NFKC" || type == "NFKD")
        return unicodeForm(type, object);
    if (type == "Replace")
        return replaceStep(object);
    if (type == "Strip")
        return stripStep(object);
    if (type == "Prepend") {
        HILO_TRY(const std::string prefix, object.text("prepend"));
        return NormalizeStep([prefix](NormalizedText text) {
            if (!text.text.empty()) {
                text.text.insert(0, prefix);
                text.leading += text.leading > 0 ? characterCount(prefix) : 0;
            }
            return text;
        });
    }
    if (type == "Lowercase")
        return rewritingStep(lowered);
    if (type == "ByteLevel")
        return rewritingStep([](const std::string& text) { return bytesToCharacters(text); });
    if (type == "StripAccents")
        return characterStep(unlessMark);
    if (type == "Nmt")
        return characterStep(nmtRule);
    if (type == "Precompiled")
        return precompiledStep(object);
    return failure(object.errorAt("type", "the normalizer \"" + type + "\" is not supported",
                                  "supported are NFC, NFD, NFKC, NFKD, Precompiled, Nmt, Replace, Strip, StripAccents, "
                                  "Prepend, Lowercase, ByteLevel, Sequence"));
}

} // namespace

NormalizeStep rewritingStep(std::function<Result<std::string>(std::string text)> rewrite)
{
    return [rewrite = std::move(rewrite)](NormalizedText text) -> Result<NormalizedText> {
        // One character may become several, and be put together with what follows it.
        std::size_t end = 0;
        for (std::size_t i = 0; i < text.leading && end < text.text.size(); ++i)
            end += utf8::lengthFrom(static_cast<unsigned char>(text.text[end]));
        HILO_TRY(const std::string begin, rewrite(text.text.substr(0, end)));
        HILO_TRY(text.text, rewrite(std::move(text.text)));
        if (!begin.empty() && text.text.starts_with(begin))
            text.leading = characterCount(begin);
        return text;
    };
}

std::size_t characterCount(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

std::size_t leadingBehind(std::string_view text, std::size_t bytes, std::size_t leading)
{
    // A character has at most four bytes: texts are long, and what is leading is short.
    return without(leading, characterCount(text.substr(0, std::min(bytes, 4 * leading))));
}

std::string replaceAll(std::string text, const std::string& pattern, const std::string& content)
{
    if (pattern.empty())
        return text;
    std::string result;
    std::size_t copied = 0;
    for (std::size_t at = text.find(pattern); at != std::string::npos; at = text.find(pattern, copied)) {
        result.append(text, copied, at - copied);
        result += content;
        copied = at + pattern.size();
    }
    return copied == 0 ? text : result + text.substr(copied);
}

Result<std::vector<NormalizeStep>> parseNormalizer(const Json& value, const std::string& file, const std::string& place)
{
    std::vector<NormalizeStep> steps;
    if (value.is_null())
        return steps;
    HILO_TRY(const JsonObject object, JsonObject::of(value, file, place));
    HILO_TRY(const std::string type, object.text("type"));
    if (type != "Sequence") {
        HILO_TRY(NormalizeStep step, parseStep(object));
        steps.push_back(std::move(step));
        return steps;
    }
    HILO_TRY(const Json* parts, object.array("normalizers"));
    for (std::size_t i = 0; i < parts->size(); ++i) {
        HILO_TRY(auto inner, parseNormalizer((*parts)[i], file, place + ".normalizers[" + std::to_string(i) + "]"));
        steps.insert(steps.end(), inner.begin(), inner.end());
    }
    return steps;
}

} // namespace hilo
