// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/charsmap.h"

#include "base/valid_utf8.h"
#include "tokenizer/utf8.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>

#include <memory>

namespace hilo {
namespace {

bool hasLeaf(std::uint32_t unit)
{
    return (unit >> 8 & 1) != 0;
}

/// Where a key's value is; the highest bit marks such a unit.
std::uint32_t valueOf(std::uint32_t unit)
{
    return unit & 0x7fffffff;
}

/// The byte that leads to a unit; a number above 255 for one that holds a value.
std::uint32_t labelOf(std::uint32_t unit)
{
    return unit & 0x800000ff;
}

/// What a unit's number is combined with for the number of its children.
std::size_t offsetOf(std::uint32_t unit)
{
    return static_cast<std::size_t>(unit >> 10) << ((unit & 0x200) >> 6);
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// Where text is cut into graphemes, in bytes.
Result<std::vector<std::size_t>> graphemeEnds(const std::string& text)
{
    UErrorCode code = U_ZERO_ERROR;
    thread_local const std::unique_ptr<icu::BreakIterator> iterator(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), code));
    if (!iterator)
        return failure(internalError("ICU has no rules for graphemes."));
    std::vector<std::size_t> ends;
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text.data(), static_cast<std::int64_t>(text.size()), &code);
    iterator->setText(&source, code);
    if (U_SUCCESS(code)) {
        iterator->first();
        for (std::int32_t end = iterator->next(); end != icu::BreakIterator::DONE; end = iterator->next())
            ends.push_back(static_cast<std::size_t>(end));
    }
    utext_close(&source);
    if (U_FAILURE(code))
        return failure(internalError("ICU does not cut a text into graphemes."));
    return ends;
}

} // namespace

Result<Charsmap> Charsmap::parse(std::string_view bytes, const std::string& file, const std::string& place)
{
    const std::string hint = "take the file from where the model comes from, or convert the tokenizer again";
    if (bytes.size() < 4)
        return failure(badInput(file, place, "the table of characters has no length", hint));
    const std::size_t length = littleEndian(bytes, 0);
    if (length < 4 || length > bytes.size() - 4)
        return failure(badInput(file, place,
                                "the table of characters says that its trie has " + std::to_string(length) +
                                    " bytes, but there are " + std::to_string(bytes.size() - 4),
                                hint));
    Charsmap map;
    // Units that are cut short belong to the replacements, as in the reference.
    const std::size_t units = length / 4;
    map.units_.reserve(units);
    for (std::size_t i = 0; i < units; ++i)
        map.units_.push_back(littleEndian(bytes, 4 + 4 * i));
    map.replacements_ = bytes.substr(4 + 4 * units);
    if (!isUtf8(map.replacements_))
        return failure(badInput(file, place, "the table of characters holds replacements that are not UTF-8", hint));
    if (auto status = map.check(file, place); !status) {
        status.error().hint = hint;
        return failure(status.error());
    }
    return map;
}

Status Charsmap::check(const std::string& file, const std::string& place) const
{
    const auto broken = [&](const char* what) {
        return failure(badInput(file, place, std::string("the table of characters is broken: ") + what));
    };
    std::vector<bool> seen(units_.size());
    std::vector<std::size_t> open = {offsetOf(units_[0])};
    while (!open.empty()) {
        const std::size_t children = open.back();
        open.pop_back();
        for (std::size_t byte = 1; byte < 256; ++byte) {
            const std::size_t child = children ^ byte;
            if (child >= units_.size())
                return broken("its trie leads out of itself");
            const std::uint32_t unit = units_[child];
            if (labelOf(unit) != byte)
                continue;
            if (seen[child])
                return broken("its trie leads to one place in two ways");
            seen[child] = true;
            const std::size_t next = child ^ offsetOf(unit);
            if (next >= units_.size())
                return broken("its trie leads out of itself");
            if (hasLeaf(unit)) {
                const std::size_t begin = valueOf(units_[next]);
                if (begin > replacements_.size() ||
                    (begin < replacements_.size() && (static_cast<unsigned char>(replacements_[begin]) & 0xc0) == 0x80))
                    return broken("a replacement is not there");
            }
            open.push_back(next);
        }
    }
    return {};
}

std::string_view Charsmap::replacementAt(std::size_t begin) const
{
    const std::size_t end = replacements_.find('\0', begin);
    return std::string_view(replacements_).substr(begin, end == std::string::npos ? end : end - begin);
}

std::optional<Charsmap::Match> Charsmap::match(std::string_view text, bool shortest) const
{
    std::optional<Match> found;
    std::size_t place = offsetOf(units_[0]);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        place ^= byte;
        if (byte == 0 || place >= units_.size() || labelOf(units_[place]) != byte)
            break;
        const std::uint32_t unit = units_[place];
        place ^= offsetOf(unit);
        if (!hasLeaf(unit))
            continue;
        found = Match{i + 1, replacementAt(valueOf(units_[place]))};
        if (shortest)
            break;
    }
    return found;
}

Result<std::string> Charsmap::applied(const std::string& text) const
{
    constexpr std::size_t longestGrapheme = 5;
    std::string result;
    result.reserve(text.size());
    std::size_t begin = 0;
    HILO_TRY(const std::vector<std::size_t> ends, graphemeEnds(text));
    for (const std::size_t end : ends) {
        const std::string_view grapheme = std::string_view(text).substr(begin, end - begin);
        begin = end;
        if (grapheme.size() <= longestGrapheme) {
            if (const auto found = shortest(grapheme)) {
                result += found->replacement;
                continue;
            }
        }
        for (std::size_t at = 0; at < grapheme.size();) {
            const std::size_t length = utf8::lengthFrom(static_cast<unsigned char>(grapheme[at]));
            const std::string_view character = grapheme.substr(at, length);
            const auto found = shortest(character);
            result += found ? found->replacement : character;
            at += length;
        }
    }
    return result;
}

} // namespace hilo
