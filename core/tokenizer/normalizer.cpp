// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/normalizer.h"

#include "tokenizer/byte_level.h"
#include "tokenizer/regex.h"
#include "tokenizer/utf8.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

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
    return NormalizeStep([form](std::string text) { return throughIcu(text, form); });
}

Result<NormalizeStep> replaceStep(const JsonObject& object)
{
    HILO_TRY(const JsonObject pattern, object.object("pattern"));
    HILO_TRY(const std::string content, object.text("content"));
    if (pattern.has("String")) {
        HILO_TRY(const std::string from, pattern.text("String"));
        return NormalizeStep([from, content](std::string text) { return replaceAll(std::move(text), from, content); });
    }
    HILO_TRY(const std::string expression, pattern.text("Regex"));
    HILO_TRY(const Regex regex, Regex::compileOniguruma(expression, object.file(), pattern.placeOf("Regex")));
    return NormalizeStep([regex, content](const std::string& text) -> Result<std::string> {
        if (text.empty())
            return text;
        std::string result;
        std::size_t copied = 0;
        HILO_CHECK(regex.forEachMatch(text, [&](std::size_t begin, std::size_t end) {
            result.append(text, copied, begin - copied);
            result += content;
            copied = end;
        }));
        return result + text.substr(copied);
    });
}

Result<NormalizeStep> stripStep(const JsonObject& object)
{
    HILO_TRY(const bool left, object.flagOr("strip_left", true));
    HILO_TRY(const bool right, object.flagOr("strip_right", true));
    return NormalizeStep([left, right](std::string text) {
        if (right)
            text.erase(text.size() - utf8::spacesAtEnd(text));
        if (left)
            text.erase(0, utf8::spacesAtStart(text));
        return text;
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
        return NormalizeStep([prefix](std::string text) { return text.empty() ? text : prefix + text; });
    }
    if (type == "Lowercase")
        return NormalizeStep(lowered);
    if (type == "ByteLevel")
        return NormalizeStep([](std::string text) { return bytesToCharacters(text); });
    return failure(object.errorAt("type", "the normalizer \"" + type + "\" is not supported",
                                  "supported are NFC, NFD, NFKC, NFKD, Replace, Strip, Prepend, Lowercase, ByteLevel"));
}

} // namespace

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
