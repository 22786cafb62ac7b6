// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/filter_syntax.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace hilo {
namespace {

using NodePointer = std::shared_ptr<const Filter::Node>;

struct Token
{
    enum class Kind { Word, Text, Operator, Open, Close, Comma, End };
    Kind kind = Kind::End;
    std::string text;
    std::size_t column = 0;
};

constexpr int deepestNesting = 64;
constexpr std::size_t longestFilter = 1 << 16;

Error syntaxError(std::size_t column, const std::string& message)
{
    return badInput("filter", "column " + std::to_string(column), message,
                    "A filter looks like: accuracy > 0.8 and learning_rate = 3e-4");
}

bool isWordCharacter(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
           c == '.' || c == '-' || c == '+' || c == '/' || c == ':' || c == '*' || c == '@' || c == '%';
}

Result<std::vector<Token>> tokensOf(const std::string& text)
{
    static constexpr std::array<std::string_view, 11> operators = {"==", "!=", "<=", ">=", "&&", "||",
                                                                   "=",  "<",  ">",  "~",  "!"};
    if (text.size() > longestFilter)
        return failure(syntaxError(1, "The filter is too long."));
    std::vector<Token> tokens;
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        const std::size_t column = i + 1;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++i;
            continue;
        }
        if (c == '(' || c == ')' || c == ',') {
            tokens.push_back({c == '('   ? Token::Kind::Open
                              : c == ')' ? Token::Kind::Close
                                         : Token::Kind::Comma,
                              {c},
                              column});
            ++i;
            continue;
        }
        if (c == '\'' || c == '"') {
            const auto end = text.find(c, i + 1);
            if (end == std::string::npos)
                return failure(syntaxError(column, "The text that begins here has no closing quote."));
            tokens.push_back({Token::Kind::Text, text.substr(i + 1, end - i - 1), column});
            i = end + 1;
            continue;
        }
        const auto match = std::find_if(operators.begin(), operators.end(), [&](std::string_view candidate) {
            return std::string_view(text).substr(i).starts_with(candidate);
        });
        if (match != operators.end()) {
            tokens.push_back({Token::Kind::Operator, std::string(*match), column});
            i += match->size();
            continue;
        }
        if (!isWordCharacter(c))
            return failure(syntaxError(column, std::string("\"") + c + "\" was not expected."));
        std::size_t end = i;
        while (end < text.size() && isWordCharacter(text[end]))
            ++end;
        tokens.push_back({Token::Kind::Word, text.substr(i, end - i), column});
        i = end;
    }
    tokens.push_back({Token::Kind::End, "", text.size() + 1});
    return tokens;
}

class Parser
{
  public:
    explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    Result<NodePointer> parse()
    {
        HILO_TRY(NodePointer root, parseJoined(0, true));
        if (next().kind != Token::Kind::End)
            return failure(
                syntaxError(next().column, "\"and\", \"or\" or the end was expected, not \"" + next().text + "\"."));
        return root;
    }

  private:
    const Token& next() const { return tokens_[position_]; }

    bool takeWord(std::string_view word, std::string_view symbol)
    {
        const bool matches = (next().kind == Token::Kind::Word && next().text == word) ||
                             (next().kind == Token::Kind::Operator && next().text == symbol);
        position_ += matches ? 1 : 0;
        return matches;
    }

    /// or-level when alternatives, else and-level.
    Result<NodePointer> parseJoined(int depth, bool alternatives)
    {
        if (depth > deepestNesting)
            return failure(syntaxError(next().column, "The brackets are nested too deep."));
        Filter::Node joined;
        joined.kind = alternatives ? Filter::Node::Kind::Or : Filter::Node::Kind::And;
        do {
            HILO_TRY(NodePointer child, alternatives ? parseJoined(depth + 1, false) : parseNot(depth + 1));
            joined.children.push_back(std::move(child));
        } while (alternatives ? takeWord("or", "||") : takeWord("and", "&&"));
        if (joined.children.size() == 1)
            return joined.children.front();
        return std::make_shared<const Filter::Node>(std::move(joined));
    }

    Result<NodePointer> parseNot(int depth)
    {
        if (depth > deepestNesting)
            return failure(syntaxError(next().column, "The brackets are nested too deep."));
        if (takeWord("not", "!")) {
            HILO_TRY(NodePointer child, parseNot(depth + 1));
            Filter::Node negated;
            negated.kind = Filter::Node::Kind::Not;
            negated.children.push_back(std::move(child));
            return std::make_shared<const Filter::Node>(std::move(negated));
        }
        if (next().kind != Token::Kind::Open)
            return parseCondition();
        ++position_;
        HILO_TRY(NodePointer inner, parseJoined(depth + 1, true));
        if (next().kind != Token::Kind::Close)
            return failure(syntaxError(next().column, "A closing bracket was expected."));
        ++position_;
        return inner;
    }

    Result<NodePointer> parseCondition()
    {
        if (next().kind != Token::Kind::Word && next().kind != Token::Kind::Text)
            return failure(syntaxError(next().column, "The name of a setting or a metric was expected."));
        Filter::Node node;
        node.key = next().text;
        node.column = next().column;
        ++position_;
        if (takeWord("in", ""))
            return parseList(node);
        if (next().kind != Token::Kind::Operator || next().text == "&&" || next().text == "||" || next().text == "!")
            return std::make_shared<const Filter::Node>(std::move(node));
        node.kind = Filter::Node::Kind::Compare;
        node.comparison = next().text == "==" ? "=" : next().text;
        ++position_;
        HILO_TRY(node.value, parseValue());
        return std::make_shared<const Filter::Node>(std::move(node));
    }

    Result<NodePointer> parseList(const Filter::Node& key)
    {
        if (next().kind != Token::Kind::Open)
            return failure(syntaxError(next().column, "A list in brackets was expected after \"in\"."));
        Filter::Node any;
        any.kind = Filter::Node::Kind::Or;
        do {
            ++position_;
            Filter::Node node = key;
            node.kind = Filter::Node::Kind::Compare;
            node.comparison = "=";
            HILO_TRY(node.value, parseValue());
            any.children.push_back(std::make_shared<const Filter::Node>(std::move(node)));
        } while (next().kind == Token::Kind::Comma);
        if (next().kind != Token::Kind::Close)
            return failure(syntaxError(next().column, "A comma or a closing bracket was expected."));
        ++position_;
        return std::make_shared<const Filter::Node>(std::move(any));
    }

    Result<FilterValue> parseValue()
    {
        const Token token = next();
        if (token.kind != Token::Kind::Word && token.kind != Token::Kind::Text)
            return failure(syntaxError(token.column, "A value was expected."));
        ++position_;
        FilterValue value{token.text, {}};
        double number = 0;
        const char* const end = token.text.data() + token.text.size();
        if (token.kind == Token::Kind::Word && std::from_chars(token.text.data(), end, number).ptr == end &&
            std::isfinite(number))
            value.number = number;
        return value;
    }

    std::vector<Token> tokens_;
    std::size_t position_ = 0;
};

} // namespace

Result<std::shared_ptr<const Filter::Node>> parseFilter(const std::string& text)
{
    HILO_TRY(std::vector<Token> tokens, tokensOf(text));
    if (tokens.size() == 1)
        return std::shared_ptr<const Filter::Node>();
    return Parser(std::move(tokens)).parse();
}

Result<Filter> Filter::parse(const std::string& text)
{
    Filter filter;
    HILO_TRY(filter.root_, parseFilter(text));
    return filter;
}

} // namespace hilo
