// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/oniguruma.h"

#include "tokenizer/character_class.h"
#include "tokenizer/character_sets.h"
#include "tokenizer/utf8.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace hilo {
namespace {

Error unsupported(const std::string& what)
{
    return badInput({}, {}, what + " is not supported");
}

class Translator
{
  public:
    explicit Translator(const std::string& pattern) : pattern_(pattern) {}

    Result<std::string> run()
    {
        groups_.push_back({});
        while (at_ < pattern_.size())
            HILO_CHECK(next());
        result_.append(static_cast<std::size_t>(groups_.back().openOptions), ')');
        return result_;
    }

  private:
    struct Group
    {
        std::size_t begin = 0; ///< in the result
        int openOptions = 0;   ///< groups that (?i) has opened and that end with this one
    };

    bool follows(const char* text) const
    {
        return pattern_.compare(at_, std::char_traits<char>::length(text), text) == 0;
    }

    void atom(const std::string& text)
    {
        atom_ = result_.size();
        result_ += text;
    }

    Status next()
    {
        const char byte = pattern_[at_];
        if (byte == '\\')
            return escape();
        if (byte == '[') {
            HILO_TRY(const std::string characters, translateClass(pattern_, at_));
            atom(characters);
            return {};
        }
        if (byte == '(')
            return openGroup();
        if (byte == ')') {
            ++at_;
            result_.append(static_cast<std::size_t>(groups_.back().openOptions) + 1, ')');
            atom_ = groups_.back().begin;
            if (groups_.size() > 1)
                groups_.pop_back();
            return {};
        }
        if (byte == '*' || byte == '+' || byte == '?' || byte == '{')
            return repeat();
        if (byte == '|' || byte == '^' || byte == '$' || byte == '.') {
            ++at_;
            atom(std::string(1, byte));
            return {};
        }
        atom(escapedCharacter(static_cast<char32_t>(utf8::next(pattern_, at_))));
        return {};
    }

    /// "{n}", "{n,}", "{n,m}" or "{,m}" at the place; nothing where the brace is a letter.
    std::string interval(bool& isFixed) const
    {
        std::size_t end = at_ + 1;
        std::string low, high;
        while (end < pattern_.size() && std::isdigit(static_cast<unsigned char>(pattern_[end])))
            low += pattern_[end++];
        isFixed = end < pattern_.size() && pattern_[end] != ',';
        if (!isFixed)
            for (++end; end < pattern_.size() && std::isdigit(static_cast<unsigned char>(pattern_[end]));)
                high += pattern_[end++];
        if (end >= pattern_.size() || pattern_[end] != '}' || (low.empty() && high.empty()))
            return {};
        return pattern_.substr(at_, end + 1 - at_);
    }

    Status repeat()
    {
        std::string quantifier(1, pattern_[at_]);
        bool isFixed = false;
        if (quantifier == "{") {
            quantifier = interval(isFixed);
            if (quantifier.empty()) {
                ++at_;
                atom("\\{");
                return {};
            }
        }
        const bool isInterval = quantifier.front() == '{';
        at_ += quantifier.size();
        if (quantifier.starts_with("{,"))
            quantifier.insert(1, "0");
        if (repeated_ == result_.size() && !result_.empty())
            wrap();
        result_ += quantifier;
        // The mark behind it: possessive or lazy, but not behind every interval.
        if (at_ < pattern_.size() && (pattern_[at_] == '+' || pattern_[at_] == '?')) {
            const char mark = pattern_[at_++];
            if (isInterval && (mark == '+' || isFixed))
                wrap();
            result_ += mark;
        }
        repeated_ = result_.size();
        return {};
    }

    void wrap()
    {
        result_.insert(atom_, "(?:");
        result_ += ')';
    }

    Status openGroup()
    {
        if (follows("(*"))
            return failure(unsupported("\"(*\""));
        if (follows("(?#")) {
            const auto end = pattern_.find(')', at_);
            if (end == std::string::npos)
                return failure(badInput({}, {}, "a comment has no end"));
            at_ = end + 1;
            return {};
        }
        Group group = {result_.size(), 0};
        for (const char* head : {"(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!"})
            if (follows(head)) {
                result_ += head;
                at_ += std::char_traits<char>::length(head);
                groups_.push_back(group);
                return {};
            }
        if (follows("(?<") || follows("(?'")) {
            const auto end = pattern_.find(pattern_[at_ + 2] == '<' ? '>' : '\'', at_ + 3);
            if (end == std::string::npos)
                return failure(badInput({}, {}, "a group's name has no end"));
            result_ += pattern_.substr(at_, end + 1 - at_);
            at_ = end + 1;
            groups_.push_back(group);
            return {};
        }
        if (follows("(?"))
            return options(group);
        ++at_;
        result_ += '(';
        groups_.push_back(group);
        return {};
    }

    /// "(?i-m:" or "(?i)": i is the same in both, m is what PCRE2 calls s.
    Status options(const Group& group)
    {
        std::string letters;
        std::size_t end = at_ + 2;
        for (; end < pattern_.size() && pattern_[end] != ':' && pattern_[end] != ')'; ++end) {
            const char letter = pattern_[end];
            if (letter != 'i' && letter != 'm' && letter != '-')
                return failure(unsupported("\"" + pattern_.substr(at_, end + 1 - at_) + "\""));
            letters += letter == 'm' ? 's' : letter;
        }
        if (end >= pattern_.size())
            return failure(badInput({}, {}, "a group has no end"));
        result_ += "(?" + letters + ":";
        at_ = end + 1;
        if (pattern_[end] == ':')
            groups_.push_back(group);
        else
            ++groups_.back().openOptions;
        return {};
    }

    Status escape()
    {
        if (at_ + 1 >= pattern_.size())
            return failure(badInput({}, {}, "it ends with \"\\\""));
        const char letter = pattern_[at_ + 1];
        if (const auto set = escapedSet(letter)) {
            at_ += 2;
            atom("[" + set->pcre + "]");
            return {};
        }
        if ((letter == 'p' || letter == 'P') && pattern_.compare(at_ + 2, 1, "{") == 0) {
            HILO_TRY(const CharacterSet set, readProperty(pattern_, at_));
            atom("[" + set.pcre + "]");
            return {};
        }
        if (letter == 'b' || letter == 'B') {
            at_ += 2;
            const std::string word = "[" + escapedSet('w')->pcre + "]";
            const std::string before = "(?<=" + word + ")", notBefore = "(?<!" + word + ")";
            const std::string behind = "(?=" + word + ")", notBehind = "(?!" + word + ")";
            atom(letter == 'b' ? "(?:" + before + notBehind + "|" + notBefore + behind + ")"
                               : "(?:" + before + behind + "|" + notBefore + notBehind + ")");
            return {};
        }
        if (letter == 'O') {
            at_ += 2;
            atom("(?s:.)");
            return {};
        }
        if (letter == 'X') {
            // Begun inside of a cluster (of emoji, of flags) Oniguruma's looks at all that stands before it.
            constexpr std::array<std::string_view, 4> alone = {R"(\X)", R"((\X))", R"((?:\X))", R"(\X+)"};
            if (std::find(alone.begin(), alone.end(), pattern_) == alone.end())
                return failure(unsupported("\\X beside other parts"));
            at_ += 2;
            atom(graphemeCluster());
            return {};
        }
        if (letter == 'y' || letter == 'Y')
            return failure(unsupported("\\" + std::string(1, letter)));
        if (letter == 'k' || letter == 'g') {
            const auto end = pattern_.find(pattern_.compare(at_ + 2, 1, "<") == 0 ? '>' : '\'', at_ + 3);
            if (end == std::string::npos)
                return failure(unsupported("\\" + std::string(1, letter) + " without a name"));
            atom(pattern_.substr(at_, end + 1 - at_));
            at_ = end + 1;
            return {};
        }
        const bool isReference = letter >= '1' && letter <= '9';
        if (isReference || std::string_view("AzZGKRN").find(letter) != std::string_view::npos) {
            std::size_t end = at_ + 2;
            while (isReference && end < pattern_.size() && std::isdigit(static_cast<unsigned char>(pattern_[end])))
                ++end;
            // Three octal digits are a character.
            if (!isReference || end - at_ < 4) {
                atom(pattern_.substr(at_, end - at_));
                at_ = end;
                return {};
            }
        }
        HILO_TRY(const char32_t character, readCharacter(pattern_, at_));
        atom(escapedCharacter(character));
        return {};
    }

    const std::string& pattern_;
    std::size_t at_ = 0;
    std::string result_;
    std::size_t atom_ = 0;                     ///< where the last atom begins in the result
    std::size_t repeated_ = std::string::npos; ///< the result's length behind the last quantifier
    std::vector<Group> groups_;
};

} // namespace

Result<std::string> fromOniguruma(const std::string& pattern)
{
    return Translator(pattern).run();
}

} // namespace hilo
