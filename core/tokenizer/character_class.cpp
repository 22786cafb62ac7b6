// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/character_class.h"

#include "tokenizer/character_sets.h"
#include "tokenizer/utf8.h"

#include <cctype>

namespace hilo {
namespace {

Error classError(std::string message)
{
    return badInput({}, {}, std::move(message));
}

std::size_t digitsAt(const std::string& pattern, std::size_t at, std::size_t most, int base)
{
    std::size_t count = 0;
    while (count < most && at + count < pattern.size()) {
        const auto byte = static_cast<unsigned char>(pattern[at + count]);
        if (base == 16 ? !std::isxdigit(byte) : byte < '0' || byte > '7')
            break;
        ++count;
    }
    return count;
}

Result<char32_t> numbered(const std::string& pattern, std::size_t& at, std::size_t count, int base)
{
    const unsigned long value =
        count > 0 && count < 9 ? std::stoul(pattern.substr(at, count), nullptr, base) : 0x110000;
    if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return failure(classError("a character's number is missing or above 10FFFF"));
    at += count;
    return static_cast<char32_t>(value);
}

/// Reads the inside of one class and what is nested in it.
class ClassReader
{
  public:
    ClassReader(const std::string& pattern, std::size_t& at) : pattern_(pattern), at_(at) {}

    /// at is at "["; afterwards behind "]". A "^" is not yet applied.
    Result<CharacterSet> read(bool& negated, int depth = 0)
    {
        if (depth > 50)
            return failure(classError("classes are nested too deep"));
        negated = ++at_ < pattern_.size() && pattern_[at_] == '^';
        at_ += negated ? 1 : 0;
        std::string intersection; // ICU's, of what stands before the last "&&"
        CharacterSet now = {"", "["};
        for (bool first = true;; first = false) {
            if (at_ >= pattern_.size())
                return failure(classError("a class has no end"));
            if (pattern_[at_] == ']' && !first)
                break;
            if (pattern_.compare(at_, 2, "&&") == 0) {
                at_ += 2;
                intersection += now.icu + "]&";
                now = {"", "["};
                continue;
            }
            HILO_TRY(const CharacterSet one, item(depth));
            now.pcre += one.pcre;
            now.icu += one.icu;
        }
        ++at_;
        now.icu += "]";
        if (intersection.empty())
            return now;
        return setOfIcu("[" + intersection + now.icu + "]");
    }

  private:
    Result<CharacterSet> item(int depth)
    {
        if (pattern_[at_] == '[') {
            if (const auto end = pattern_.find(":]", at_); pattern_.compare(at_, 2, "[:") == 0 && isBracketName(end))
                return bracket(end);
            bool negated = false;
            HILO_TRY(const CharacterSet nested, read(negated, depth + 1));
            return negated ? oppositeOf(nested) : nested;
        }
        if (pattern_[at_] == '\\' && at_ + 1 < pattern_.size()) {
            const char letter = pattern_[at_ + 1];
            if (const auto set = escapedSet(letter)) {
                at_ += 2;
                return *set;
            }
            if ((letter == 'p' || letter == 'P') && pattern_.compare(at_ + 2, 1, "{") == 0)
                return readProperty(pattern_, at_);
        }
        HILO_TRY(const char32_t from, character());
        std::string text = escapedCharacter(from);
        // A "-" at the end, or before a class, stands for itself.
        if (pattern_.compare(at_, 1, "-") == 0 && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']' &&
            pattern_[at_ + 1] != '[' && pattern_.compare(at_ + 1, 2, "&&") != 0) {
            ++at_;
            HILO_TRY(const char32_t to, character());
            if (to < from)
                return failure(classError("a range of a class ends before it begins"));
            text += "-" + escapedCharacter(to);
        }
        return CharacterSet{text, text};
    }

    Result<char32_t> character()
    {
        if (pattern_[at_] != '\\')
            return static_cast<char32_t>(utf8::next(pattern_, at_));
        if (pattern_.compare(at_, 2, "\\b") == 0) {
            at_ += 2;
            return U'\b';
        }
        return readCharacter(pattern_, at_);
    }

    bool isBracketName(std::size_t end) const
    {
        if (end == std::string::npos)
            return false;
        for (std::size_t i = at_ + 2; i < end; ++i)
            if (!std::isalpha(static_cast<unsigned char>(pattern_[i])) && !(pattern_[i] == '^' && i == at_ + 2))
                return false;
        return end > at_ + 2;
    }

    Result<CharacterSet> bracket(std::size_t end)
    {
        std::string name = pattern_.substr(at_ + 2, end - at_ - 2);
        const bool negated = name.starts_with('^');
        name.erase(0, negated ? 1 : 0);
        at_ = end + 2;
        std::optional<Result<CharacterSet>> set = bracketSet(name);
        if (!set || name == "any" || name == "assigned")
            return failure(classError("the class [:" + name + ":] is not known"));
        HILO_TRY(const CharacterSet found, std::move(*set));
        return negated ? oppositeOf(found) : found;
    }

    const std::string& pattern_;
    std::size_t& at_;
};

} // namespace

Result<char32_t> readCharacter(const std::string& pattern, std::size_t& at)
{
    if (at + 1 >= pattern.size())
        return failure(classError("it ends with \"\\\""));
    const char letter = pattern[at + 1];
    if (static_cast<unsigned char>(letter) >= 0x80) {
        ++at;
        return static_cast<char32_t>(utf8::next(pattern, at));
    }
    at += 2;
    if (letter == 'x' && pattern.compare(at, 1, "{") == 0) {
        const std::size_t count = digitsAt(pattern, at + 1, 8, 16);
        if (pattern.compare(at + 1 + count, 1, "}") != 0)
            return failure(classError("\\x{ expects one hexadecimal number and \"}\""));
        HILO_TRY(const char32_t value, numbered(pattern, ++at, count, 16));
        ++at;
        return value;
    }
    if (letter == 'x')
        return numbered(pattern, at, digitsAt(pattern, at, 2, 16), 16);
    if (letter == 'u')
        return numbered(pattern, at, digitsAt(pattern, at, 4, 16), 16);
    if (letter >= '0' && letter <= '7') {
        --at;
        return numbered(pattern, at, digitsAt(pattern, at, 3, 8), 8);
    }
    constexpr std::string_view letters = "abefnrtv";
    constexpr std::u32string_view meanings = U"\a\b\x1b\f\n\r\t\v";
    if (const auto index = letters.find(letter); index != std::string_view::npos && letter != 'b')
        return meanings[index];
    if (letter == 'c' || letter == 'C' || letter == 'M')
        return failure(classError("\\" + std::string(1, letter) + " is not supported"));
    return static_cast<char32_t>(letter);
}

Result<std::string> translateClass(const std::string& pattern, std::size_t& at)
{
    bool negated = false;
    HILO_TRY(const CharacterSet set, ClassReader(pattern, at).read(negated));
    if (set.pcre.empty())
        return std::string(negated ? R"([\x{0}-\x{10ffff}])" : "(?!)");
    return (negated ? "[^" : "[") + set.pcre + "]";
}

} // namespace hilo
