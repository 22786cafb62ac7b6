// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/python_text.h"

#include "tokenizer/utf8.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace hilo::jinja::python {
namespace {

std::string fromUnicode(const icu::UnicodeString& text)
{
    std::string result;
    text.toUTF8String(result);
    return result;
}

/// Where the characters of a text begin, and its end.
std::vector<std::size_t> borders(const std::string& text)
{
    std::vector<std::size_t> all;
    for (std::size_t at = 0; at < text.size(); utf8::next(text, at))
        all.push_back(at);
    all.push_back(text.size());
    return all;
}

std::uint32_t pointAt(const std::string& text, std::size_t at)
{
    return utf8::next(text, at);
}

bool isCased(std::uint32_t point)
{
    return u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_CASED);
}

/// A character in title case, which is large for nearly all.
std::string inTitleCase(const std::string& character)
{
    return fromUnicode(icu::UnicodeString::fromUTF8(character).toTitle(nullptr, icu::Locale::getRoot()));
}

} // namespace

std::string upper(const std::string& text)
{
    return fromUnicode(icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale::getRoot()));
}

std::string lower(const std::string& text)
{
    return fromUnicode(icu::UnicodeString::fromUTF8(text).toLower(icu::Locale::getRoot()));
}

std::string capitalised(const std::string& text)
{
    if (text.empty())
        return text;
    const std::size_t first = utf8::lengthFrom(static_cast<unsigned char>(text[0]));
    return inTitleCase(text.substr(0, first)) + lower(text.substr(first));
}

std::string titled(const std::string& text)
{
    std::string result;
    bool inWord = false;
    const std::vector<std::size_t> all = borders(text);
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        const std::string character = text.substr(all[i], all[i + 1] - all[i]);
        const bool cased = isCased(pointAt(text, all[i]));
        result += !cased ? character : inWord ? lower(character) : inTitleCase(character);
        inWord = cased;
    }
    return result;
}

std::string swappedCase(const std::string& text)
{
    std::string result;
    const std::vector<std::size_t> all = borders(text);
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        const std::string character = text.substr(all[i], all[i + 1] - all[i]);
        result += u_isUUppercase(static_cast<UChar32>(pointAt(text, all[i]))) ? lower(character) : upper(character);
    }
    return result;
}

bool isSpace(std::uint32_t point)
{
    // str.isspace: white space by its bidirectional class or category.
    return (point >= 0x1c && point <= 0x1f) || u_isUWhiteSpace(static_cast<UChar32>(point));
}

bool isAlphabetic(std::uint32_t point)
{
    return u_isalpha(static_cast<UChar32>(point));
}

bool isDecimal(std::uint32_t point)
{
    return u_charType(static_cast<UChar32>(point)) == U_DECIMAL_DIGIT_NUMBER;
}

bool isDigit(std::uint32_t point)
{
    const auto kind = u_getIntPropertyValue(static_cast<UChar32>(point), UCHAR_NUMERIC_TYPE);
    return kind == U_NT_DECIMAL || kind == U_NT_DIGIT;
}

bool isNumeric(std::uint32_t point)
{
    return u_getIntPropertyValue(static_cast<UChar32>(point), UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

bool isAlphanumeric(std::uint32_t point)
{
    return isAlphabetic(point) || isNumeric(point);
}

bool isAllOf(const std::string& text, bool (*belongs)(std::uint32_t))
{
    for (std::size_t at = 0; at < text.size();)
        if (!belongs(utf8::next(text, at)))
            return false;
    return !text.empty();
}

namespace {

bool isCaseOnly(const std::string& text, UBool (*wanted)(UChar32))
{
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::uint32_t point = utf8::next(text, at);
        if (!isCased(point))
            continue;
        if (!wanted(static_cast<UChar32>(point)))
            return false;
        any = true;
    }
    return any;
}

} // namespace

bool isUpper(const std::string& text)
{
    return isCaseOnly(text, u_isUUppercase);
}

bool isLower(const std::string& text)
{
    return isCaseOnly(text, u_isULowercase);
}

std::string stripped(const std::string& text, Side side, const std::optional<std::string>& characters)
{
    const auto goes = [&characters](const std::string& whole, std::size_t begin, std::size_t end) {
        if (!characters)
            return isSpace(pointAt(whole, begin));
        const std::string character = whole.substr(begin, end - begin);
        for (std::size_t at = 0; at < characters->size();) {
            const std::size_t from = at;
            utf8::next(*characters, at);
            if (characters->compare(from, at - from, character) == 0)
                return true;
        }
        return false;
    };
    const std::vector<std::size_t> all = borders(text);
    std::size_t first = 0, last = all.size() - 1;
    if (side != Side::Right)
        while (first < last && goes(text, all[first], all[first + 1]))
            ++first;
    if (side != Side::Left)
        while (last > first && goes(text, all[last - 1], all[last]))
            --last;
    return text.substr(all[first], all[last] - all[first]);
}

std::vector<std::string> split(const std::string& text, const std::optional<std::string>& separator, std::int64_t most)
{
    std::vector<std::string> parts;
    if (separator) {
        std::size_t begin = 0;
        for (std::size_t found = text.find(*separator); found != std::string::npos && most != 0;
             found = text.find(*separator, begin)) {
            parts.push_back(text.substr(begin, found - begin));
            begin = found + separator->size();
            --most;
        }
        parts.push_back(text.substr(begin));
        return parts;
    }
    const std::vector<std::size_t> all = borders(text);
    for (std::size_t i = 0; i + 1 < all.size();) {
        while (i + 1 < all.size() && isSpace(pointAt(text, all[i])))
            ++i;
        if (i + 1 >= all.size())
            break;
        std::size_t end = i;
        if (most == 0)
            end = all.size() - 1;
        while (end + 1 < all.size() && !isSpace(pointAt(text, all[end])))
            ++end;
        parts.push_back(text.substr(all[i], all[end] - all[i]));
        i = end;
        --most;
    }
    return parts;
}

std::vector<std::string> splitFromRight(const std::string& text, const std::optional<std::string>& separator,
                                        std::int64_t most)
{
    std::vector<std::string> parts = split(text, separator, -1);
    if (most < 0 || static_cast<std::int64_t>(parts.size()) <= most + 1)
        return parts;
    if (separator) {
        const auto joinedCount = parts.size() - static_cast<std::size_t>(most);
        std::string first = parts[0];
        for (std::size_t i = 1; i < joinedCount; ++i)
            first += *separator + parts[i];
        parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(joinedCount));
        parts.insert(parts.begin(), std::move(first));
        return parts;
    }
    // By whitespace: the last words, and what stands before them as it is.
    std::vector<std::string> words;
    std::string rest = stripped(text, Side::Right);
    for (std::int64_t i = 0; i < most; ++i) {
        const std::string word = parts[parts.size() - 1 - static_cast<std::size_t>(i)];
        rest = stripped(rest.substr(0, rest.size() - word.size()), Side::Right);
        words.insert(words.begin(), word);
    }
    words.insert(words.begin(), rest);
    return words;
}

std::vector<std::string> lines(const std::string& text, bool keepEnds)
{
    static constexpr std::uint32_t ends[] = {'\n', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029};
    std::vector<std::string> all;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = at;
        const std::uint32_t point = utf8::next(text, at);
        if (point == '\r') {
            at += at < text.size() && text[at] == '\n' ? 1 : 0;
        } else if (std::find(std::begin(ends), std::end(ends), point) == std::end(ends)) {
            continue;
        }
        all.push_back(text.substr(begin, (keepEnds ? at : end) - begin));
        begin = at;
    }
    if (begin < text.size())
        all.push_back(text.substr(begin));
    return all;
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to, std::int64_t most)
{
    std::string result;
    if (from.empty()) {
        const std::vector<std::size_t> all = borders(text);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (most != 0) {
                result += to;
                --most;
            }
            if (i + 1 < all.size())
                result.append(text, all[i], all[i + 1] - all[i]);
        }
        return result;
    }
    std::size_t begin = 0;
    for (std::size_t found = text.find(from); found != std::string::npos && most != 0; found = text.find(from, begin)) {
        result.append(text, begin, found - begin);
        result += to;
        begin = found + from.size();
        --most;
    }
    return result.append(text, begin, std::string::npos);
}

std::int64_t length(std::string_view text)
{
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

std::int64_t position(const std::string& text, std::size_t byte)
{
    return length(std::string_view(text).substr(0, byte));
}

std::string padded(const std::string& text, std::int64_t width, Side position, const std::string& fill)
{
    const std::int64_t missing = width - length(text);
    if (missing <= 0)
        return text;
    std::int64_t left = 0;
    if (position == Side::Right)
        left = missing;
    else if (position == Side::Both)
        left = missing / 2 + (missing & width & 1);
    std::string result;
    for (std::int64_t i = 0; i < left; ++i)
        result += fill;
    result += text;
    for (std::int64_t i = left; i < missing; ++i)
        result += fill;
    return result;
}

} // namespace hilo::jinja::python
