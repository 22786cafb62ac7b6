// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/lexer.h"

#include "tokenizer/jinja/value.h"
#include "tokenizer/utf8.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace hilo::jinja {
namespace {

constexpr std::string_view blanks = " \t\n\r\f\v";
constexpr std::array<std::string_view, 26> operators = {"**", "//", "==", "!=", "<=", ">=", "+", "-", "*",
                                                        "/",  "%",  "~",  "<",  ">",  "=",  "(", ")", "[",
                                                        "]",  "{",  "}",  ",",  ":",  ".",  "|", ";"};

bool isNameBegin(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string withUnixNewlines(std::string_view source)
{
    std::string text;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\r') {
            text += '\n';
            i += i + 1 < source.size() && source[i + 1] == '\n' ? 1 : 0;
        } else {
            text += source[i];
        }
    }
    return text;
}

class Lexer
{
  public:
    explicit Lexer(std::string source) : source_(std::move(source))
    {
        if (source_.ends_with('\n'))
            source_.pop_back();
    }

    Result<std::vector<Token>> run()
    {
        while (at_ < source_.size()) {
            const std::size_t begin = nextTag();
            std::string text = source_.substr(at_, begin - at_);
            if (begin == source_.size()) {
                addText(std::move(text), begin);
                break;
            }
            const char kind = source_[begin + 1];
            const char sign = begin + 2 < source_.size() ? source_[begin + 2] : ' ';
            if (sign == '-')
                text.erase(text.find_last_not_of(blanks) + 1);
            else if (sign != '+' && kind != '{')
                stripLine(text);
            addText(std::move(text), begin);
            at_ = begin + 2 + (sign == '-' || sign == '+' ? 1 : 0);
            if (kind == '#') {
                HILO_CHECK(skipComment());
            } else if (kind == '%' && isRaw()) {
                HILO_CHECK(takeRaw());
            } else {
                HILO_CHECK(takeTag(kind == '{'));
            }
        }
        add(Token::Kind::End, {});
        return std::move(tokens_);
    }

  private:
    Error errorHere(const std::string& message, const std::string& hint = {}) const
    {
        Error error = templateError(message, hint);
        error.place = "line " + std::to_string(line_);
        return error;
    }

    void add(Token::Kind kind, std::string text) { tokens_.push_back({kind, std::move(text), line_}); }

    /// Text up to end of the source; line numbers follow the source, not what was stripped.
    void addText(std::string text, std::size_t end)
    {
        if (!text.empty())
            add(Token::Kind::Text, std::move(text));
        moveTo(end);
    }

    void moveTo(std::size_t end)
    {
        line_ += static_cast<int>(std::count(source_.begin() + static_cast<std::ptrdiff_t>(at_),
                                             source_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
        at_ = end;
    }

    std::size_t nextTag() const
    {
        for (std::size_t i = at_; i + 1 < source_.size(); ++i)
            if (source_[i] == '{' && (source_[i + 1] == '{' || source_[i + 1] == '%' || source_[i + 1] == '#'))
                return i;
        return source_.size();
    }

    /// lstrip_blocks: blanks between the beginning of the line and the tag go, when there is nothing else.
    void stripLine(std::string& text) const
    {
        const std::size_t newline = text.rfind('\n');
        const std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
        if (newline == std::string::npos && !lineStarts_)
            return;
        if (text.find_first_not_of(" \t\f\v\r", begin) == std::string::npos)
            text.erase(begin);
    }

    /// Behind a tag's end: "-" takes all blanks, and trim_blocks one newline.
    void afterTag(char sign, bool trims)
    {
        const std::size_t begin = at_;
        if (sign == '-')
            moveTo(std::min(source_.find_first_not_of(blanks, at_), source_.size()));
        else if (sign != '+' && trims && at_ < source_.size() && source_[at_] == '\n')
            moveTo(at_ + 1);
        lineStarts_ = at_ > begin && source_[at_ - 1] == '\n';
    }

    Status skipComment()
    {
        const std::size_t end = source_.find("#}", at_);
        if (end == std::string::npos)
            return failure(errorHere("the comment has no end", "add #}"));
        const char sign = end > at_ ? source_[end - 1] : ' ';
        moveTo(end + 2);
        afterTag(sign, true);
        return {};
    }

    /// At the inside of {% raw %}?
    bool isRaw() const
    {
        const std::size_t word = source_.find_first_not_of(blanks, at_);
        if (word == std::string::npos || source_.compare(word, 3, "raw") != 0)
            return false;
        const std::size_t end = source_.find_first_not_of(blanks, word + 3);
        return end != std::string::npos && (source_.compare(end, 2, "%}") == 0 || source_.compare(end, 3, "-%}") == 0 ||
                                            source_.compare(end, 3, "+%}") == 0);
    }

    Status takeRaw()
    {
        const std::size_t close = source_.find("%}", at_);
        const char sign = source_[close - 1];
        moveTo(close + 2);
        // trim_blocks does not reach into a raw block.
        afterTag(sign, false);
        for (std::size_t end = source_.find("{%", at_); end != std::string::npos; end = source_.find("{%", end + 2)) {
            std::size_t word = end + 2;
            const char before = word < source_.size() ? source_[word] : ' ';
            if (before == '-' || before == '+')
                ++word;
            word = std::min(source_.find_first_not_of(blanks, word), source_.size());
            if (source_.compare(word, 6, "endraw") != 0)
                continue;
            const std::size_t tail = source_.find("%}", word);
            if (tail == std::string::npos)
                break;
            std::string text = source_.substr(at_, end - at_);
            if (before == '-')
                text.erase(text.find_last_not_of(blanks) + 1);
            else if (before != '+')
                stripLine(text);
            addText(std::move(text), tail + 2);
            afterTag(source_[tail - 1], true);
            return {};
        }
        return failure(errorHere("{% raw %} has no {% endraw %}"));
    }

    Status takeTag(bool isOutput)
    {
        add(isOutput ? Token::Kind::OutputBegin : Token::Kind::BlockBegin, {});
        const std::string end = isOutput ? "}}" : "%}";
        std::string open;
        for (;;) {
            moveTo(std::min(source_.find_first_not_of(blanks, at_), source_.size()));
            if (at_ == source_.size())
                return failure(errorHere("the tag has no end", "add " + end));
            const char sign = source_[at_];
            const std::size_t mark = at_ + (sign == '-' || sign == '+' ? 1 : 0);
            if (open.empty() && source_.compare(mark, 2, end) == 0 && (sign != '+' || !isOutput)) {
                at_ = mark + 2;
                add(isOutput ? Token::Kind::OutputEnd : Token::Kind::BlockEnd, {});
                afterTag(sign, !isOutput);
                return {};
            }
            HILO_CHECK(takeToken(open));
        }
    }

    Status takeToken(std::string& open)
    {
        const char c = source_[at_];
        if (isNameBegin(c)) {
            std::size_t end = at_;
            while (end < source_.size() && (isNameBegin(source_[end]) || isDigit(source_[end])))
                ++end;
            add(Token::Kind::Name, source_.substr(at_, end - at_));
            at_ = end;
            return {};
        }
        if (isDigit(c))
            return takeNumber();
        if (c == '\'' || c == '"')
            return takeString(c);
        for (const std::string_view known : operators)
            if (source_.compare(at_, known.size(), known) == 0) {
                HILO_CHECK(balance(open, known));
                add(Token::Kind::Operator, std::string(known));
                at_ += known.size();
                return {};
            }
        return failure(errorHere("unexpected character '" + std::string(1, c) + "'"));
    }

    Status balance(std::string& open, std::string_view token) const
    {
        if (token == "(" || token == "[" || token == "{")
            open += token;
        const char wanted = token == ")" ? '(' : token == "]" ? '[' : token == "}" ? '{' : '\0';
        if (!wanted)
            return {};
        if (open.empty() || open.back() != wanted)
            return failure(errorHere("unexpected '" + std::string(token) + "'"));
        open.pop_back();
        return {};
    }

    Status takeNumber()
    {
        std::size_t end = at_;
        const auto digits = [this, &end](auto belongs) {
            while (end < source_.size() && (belongs(source_[end]) || (source_[end] == '_' && end + 1 < source_.size() &&
                                                                      belongs(source_[end + 1]))))
                ++end;
        };
        const char second = at_ + 1 < source_.size() ? static_cast<char>(std::tolower(source_[at_ + 1])) : ' ';
        bool isFloat = false;
        if (source_[at_] == '0' && (second == 'x' || second == 'o' || second == 'b')) {
            end += 2;
            digits([](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
        } else {
            digits(isDigit);
            if (end + 1 < source_.size() && source_[end] == '.' && isDigit(source_[end + 1])) {
                isFloat = true;
                ++end;
                digits(isDigit);
            }
            std::size_t exponent = end;
            if (exponent < source_.size() && (source_[exponent] == 'e' || source_[exponent] == 'E')) {
                ++exponent;
                if (exponent < source_.size() && (source_[exponent] == '+' || source_[exponent] == '-'))
                    ++exponent;
                if (exponent < source_.size() && isDigit(source_[exponent])) {
                    isFloat = true;
                    end = exponent;
                    digits(isDigit);
                }
            }
        }
        std::string text = source_.substr(at_, end - at_);
        std::erase(text, '_');
        add(isFloat ? Token::Kind::Float : Token::Kind::Integer, std::move(text));
        at_ = end;
        return {};
    }

    Status takeString(char quote)
    {
        std::string value;
        std::size_t i = at_ + 1;
        for (; i < source_.size() && source_[i] != quote; ++i) {
            if (source_[i] != '\\' || i + 1 == source_.size()) {
                value += source_[i];
                continue;
            }
            ++i;
            HILO_CHECK(takeEscape(i, value));
        }
        if (i >= source_.size())
            return failure(errorHere("the text has no end", std::string("add ") + quote));
        add(Token::Kind::String, std::move(value));
        moveTo(i + 1);
        return {};
    }

    /// i stands on the character behind the backslash, and on the last one of the escape afterwards.
    Status takeEscape(std::size_t& i, std::string& value)
    {
        const char c = source_[i];
        static constexpr std::string_view names = "abfnrtv", values = "\a\b\f\n\r\t\v";
        if (const std::size_t simple = names.find(c); simple != std::string_view::npos) {
            value += values[simple];
        } else if (c == '\\' || c == '\'' || c == '"') {
            value += c;
        } else if (c == '\n') {
            // A line goes on.
        } else if (c == 'x' || c == 'u' || c == 'U') {
            const std::size_t length = c == 'x' ? 2 : c == 'u' ? 4 : 8;
            const std::string digits = source_.substr(i + 1, length);
            if (digits.size() < length || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
                return failure(errorHere(std::string("\\") + c + " needs " + std::to_string(length) + " digits"));
            const unsigned long point = std::stoul(digits, nullptr, 16);
            if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
                return failure(errorHere("\\" + std::string(1, c) + digits + " is no character"));
            utf8::append(value, static_cast<std::uint32_t>(point));
            i += length;
        } else if (c >= '0' && c <= '7') {
            std::uint32_t point = 0;
            std::size_t end = i;
            while (end < source_.size() && end < i + 3 && source_[end] >= '0' && source_[end] <= '7')
                point = point * 8 + static_cast<std::uint32_t>(source_[end++] - '0');
            utf8::append(value, point);
            i = end - 1;
        } else {
            value += '\\';
            value += c;
        }
        return {};
    }

    std::string source_;
    std::size_t at_ = 0;
    int line_ = 1;
    bool lineStarts_ = true;
    std::vector<Token> tokens_;
};

} // namespace

Result<std::vector<Token>> tokenise(std::string_view source)
{
    return Lexer(withUnixNewlines(source)).run();
}

} // namespace hilo::jinja
