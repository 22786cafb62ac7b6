// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/character_sets.h"

#include "base/text_format.h"

#include <unicode/uchar.h>
#include <unicode/uniset.h>

#include <array>
#include <cctype>

namespace hilo {
namespace {

// The sets of Oniguruma 6.9.8 in UTF-8, found by asking it about every character. PCRE2 would count U+180E as white
// space and leave marks out of \w.
const CharacterSet whiteSpaceSet = {
    R"(\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})",
    R"([\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}])"};
const CharacterSet bracketWordSet = {R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc})", R"([\p{Alphabetic}\p{M}\p{Nd}\p{Pc}])"};
const CharacterSet wordSet = {R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{b2}\x{b3}\x{b9}\x{bc}-\x{be})",
                              R"([\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\x{b2}\x{b3}\x{b9}\x{bc}-\x{be}])"};
const CharacterSet hexadecimalSet = {"0-9A-Fa-f", "[0-9A-Fa-f]"};
const CharacterSet decimalSet = {R"(\p{Nd})", R"([\p{Nd}])"};

Error setError(std::string message)
{
    return badInput({}, {}, std::move(message));
}

Result<std::string> icuRanges(const std::string& icuPattern)
{
    UErrorCode code = U_ZERO_ERROR;
    icu::UnicodeSet set(icu::UnicodeString::fromUTF8(icuPattern), code);
    if (U_FAILURE(code))
        return failure(setError("ICU does not know the set " + icuPattern));
    set.remove(0xd800, 0xdfff);
    std::string ranges;
    for (std::int32_t i = 0; i < set.getRangeCount(); ++i) {
        ranges += escapedCharacter(static_cast<char32_t>(set.getRangeStart(i)));
        if (set.getRangeEnd(i) > set.getRangeStart(i))
            ranges += "-" + escapedCharacter(static_cast<char32_t>(set.getRangeEnd(i)));
    }
    return ranges;
}

/// The names that POSIX brackets and properties share.
std::optional<std::string> bracketPattern(const std::string& name)
{
    constexpr std::array<std::pair<const char*, const char*>, 10> patterns{{
        {"alnum", R"(\p{Alphabetic}\p{Nd})"},
        {"alpha", R"(\p{Alphabetic})"},
        {"blank", R"(\p{Zs}\x{9})"},
        {"cntrl", R"(\p{Cc})"},
        {"digit", R"(\p{Nd})"},
        {"lower", R"(\p{Lowercase})"},
        {"punct", R"(\p{P}\p{S})"},
        {"upper", R"(\p{Uppercase})"},
        {"ascii", R"(\x{0}-\x{7f})"},
        {"any", R"(\x{0}-\x{10ffff})"},
    }};
    for (const auto& [known, pattern] : patterns)
        if (name == known)
            return pattern;
    return std::nullopt;
}

Result<CharacterSet> propertySet(const std::string& written)
{
    std::string name;
    for (const char byte : written)
        if (byte != ' ' && byte != '_' && byte != '-')
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
    if (name == "word")
        return wordSet;
    if (name == "punct")
        return CharacterSet{R"(\p{P})", R"([\p{P}])"};
    if (auto posix = bracketSet(name))
        return std::move(*posix);
    const auto nameOf = [](UProperty property, std::int32_t value) {
        const char* text = u_getPropertyValueName(property, value, U_SHORT_PROPERTY_NAME);
        return std::string(text ? text : "");
    };
    if (const auto mask = u_getPropertyValueEnum(UCHAR_GENERAL_CATEGORY_MASK, name.c_str());
        mask != UCHAR_INVALID_CODE) {
        const std::string category = nameOf(UCHAR_GENERAL_CATEGORY_MASK, mask);
        if (category == "LC")
            return setOfIcu(R"([\p{LC}])");
        return CharacterSet{"\\p{" + category + "}", "[\\p{gc=" + category + "}]"};
    }
    if (const auto script = u_getPropertyValueEnum(UCHAR_SCRIPT, name.c_str()); script != UCHAR_INVALID_CODE) {
        const std::string four = nameOf(UCHAR_SCRIPT, script);
        return CharacterSet{"\\p{sc:" + four + "}", "[\\p{sc=" + four + "}]"};
    }
    if (const auto property = u_getPropertyEnum(name.c_str());
        property != UCHAR_INVALID_CODE && property < UCHAR_BINARY_LIMIT)
        return setOfIcu("[\\p{" + name + "}]");
    if (name.starts_with("in"))
        if (const auto block = u_getPropertyValueEnum(UCHAR_BLOCK, name.c_str() + 2); block != UCHAR_INVALID_CODE)
            return setOfIcu("[\\p{blk=" + nameOf(UCHAR_BLOCK, block) + "}]");
    return failure(setError("the property \"" + written + "\" is not known"));
}

/// UAX #29, tables 1b and 1c.
std::string graphemePattern()
{
    const auto set = [](const std::string& icu) { return *icuRanges(icu); };
    const auto breaking = [&set](const char* value) { return set("[\\p{GCB=" + std::string(value) + "}]"); };
    const auto any = [](const std::string& ranges) { return "[" + ranges + "]"; };
    const std::string extend = any(breaking("Extend")), control = breaking("Control") + R"(\r\n)";
    const std::string leading = any(breaking("L")), vowel = any(breaking("V")), trailing = any(breaking("T"));
    const std::string picture = any(set(R"([\p{Extended_Pictographic}])")), joiner = R"(\x{200d})";
    const std::string hangul = leading + "*(?:" + vowel + "+|" + any(breaking("LV")) + vowel + "*|" +
                               any(breaking("LVT")) + ")" + trailing + "*|" + leading + "+|" + trailing + "+";
    const std::string core = hangul + "|" + any(breaking("Regional_Indicator")) + "{2}|" + picture + "(?:" + extend +
                             "*" + joiner + picture + ")*|[^" + control + "]";
    return R"((?>\r\n|)" + any(control) + "|" + any(breaking("Prepend")) + "*(?:" + core + ")" +
           any(breaking("Extend") + joiner + breaking("SpacingMark")) + "*)";
}

} // namespace

const std::string& graphemeCluster()
{
    static const std::string pattern = graphemePattern();
    return pattern;
}

std::string escapedCharacter(char32_t character)
{
    if (character < 0x80 && std::isalnum(static_cast<int>(character)))
        return std::string(1, static_cast<char>(character));
    return printed("\\x{%x}", static_cast<unsigned>(character));
}

Result<CharacterSet> setOfIcu(std::string icuPattern)
{
    HILO_TRY(std::string ranges, icuRanges(icuPattern));
    return CharacterSet{std::move(ranges), std::move(icuPattern)};
}

Result<CharacterSet> oppositeOf(const CharacterSet& set)
{
    return setOfIcu("[^" + set.icu + "]");
}

std::optional<Result<CharacterSet>> bracketSet(const std::string& name)
{
    if (name == "word")
        return bracketWordSet;
    if (name == "space")
        return whiteSpaceSet;
    if (name == "xdigit")
        return hexadecimalSet;
    if (name == "graph")
        return setOfIcu(R"([^\p{White_Space}\p{Cc}\p{Cs}\p{Cn}])");
    if (name == "print")
        return setOfIcu(R"([[^\p{White_Space}\p{Cc}\p{Cs}\p{Cn}]\p{Zs}])");
    if (name == "assigned")
        return setOfIcu(R"([^\p{Cn}])");
    if (const auto pattern = bracketPattern(name))
        return CharacterSet{*pattern, "[" + *pattern + "]"};
    return std::nullopt;
}

std::optional<CharacterSet> escapedSet(char letter)
{
    const auto opposite = [](const CharacterSet& set) { return *oppositeOf(set); };
    switch (letter) {
    case 'w':
        return wordSet;
    case 's':
        return whiteSpaceSet;
    case 'd':
        return decimalSet;
    case 'h':
        return hexadecimalSet;
    case 'W':
        return opposite(wordSet);
    case 'S':
        return opposite(whiteSpaceSet);
    case 'D':
        return CharacterSet{R"(\P{Nd})", R"([\P{Nd}])"};
    case 'H':
        return opposite(hexadecimalSet);
    default:
        return std::nullopt;
    }
}

Result<CharacterSet> readProperty(const std::string& pattern, std::size_t& at)
{
    const bool upper = pattern[at + 1] == 'P';
    const auto end = pattern.find('}', at);
    if (end == std::string::npos)
        return failure(setError("a property has no \"}\""));
    std::string name = pattern.substr(at + 3, end - at - 3);
    at = end + 1;
    const bool turned = name.starts_with('^');
    name.erase(0, turned ? 1 : 0);
    HILO_TRY(const CharacterSet set, propertySet(name));
    if (upper == turned)
        return set;
    // One property of PCRE2 has an opposite by name.
    if (set.pcre.starts_with("\\p{") && set.pcre.find('\\', 1) == std::string::npos)
        return CharacterSet{"\\P" + set.pcre.substr(2), "[^" + set.icu + "]"};
    return oppositeOf(set);
}

} // namespace hilo
