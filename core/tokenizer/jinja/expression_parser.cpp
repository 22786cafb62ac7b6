// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/expression_parser.h"

#include <array>
#include <charconv>

namespace hilo::jinja {

using ExpressionKind = Expression::Kind;

bool TokenStream::skipOperator(std::string_view text)
{
    const bool found = current().isOperator(text);
    if (found)
        take();
    return found;
}

bool TokenStream::skipName(std::string_view text)
{
    const bool found = current().isName(text);
    if (found)
        take();
    return found;
}

Status TokenStream::expectOperator(std::string_view text)
{
    if (!skipOperator(text))
        return failure(errorHere("expected '" + std::string(text) + "'"));
    return {};
}

Result<Token> TokenStream::expect(Token::Kind kind, const std::string& what)
{
    if (current().kind != kind)
        return failure(errorHere("expected " + what));
    return take();
}

Error TokenStream::errorHere(const std::string& message, const std::string& hint) const
{
    std::string found = "the template ends";
    if (current().kind == Token::Kind::BlockEnd || current().kind == Token::Kind::OutputEnd)
        found = "the tag ends";
    else if (current().kind == Token::Kind::Text)
        found = "text begins";
    else if (current().kind != Token::Kind::End)
        found = "'" + current().text + "' stands";
    Error error = templateError(message + " where " + found, hint);
    error.place = "line " + std::to_string(current().line);
    return error;
}

/// Every level of nesting takes stack, so that there is an end to it.
class ExpressionParser::Nesting
{
  public:
    explicit Nesting(int& depth) : depth_(depth) { ++depth_; }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    bool tooDeep() const { return depth_ > 64; }

  private:
    int& depth_;
};

ExpressionPointer ExpressionParser::make(ExpressionKind kind) const
{
    auto node = std::make_unique<Expression>();
    node->kind = kind;
    node->line = tokens_.current().line;
    return node;
}

bool ExpressionParser::atTupleEnd(std::string_view end) const
{
    const Token& token = tokens_.current();
    return token.kind == Token::Kind::OutputEnd || token.kind == Token::Kind::BlockEnd ||
           token.kind == Token::Kind::End || token.isOperator(")") || (!end.empty() && token.isName(end));
}

Result<ExpressionPointer> ExpressionParser::tuple(bool withConditional, std::string_view end)
{
    ExpressionPointer node = make(ExpressionKind::Tuple);
    bool hasComma = false;
    while (!atTupleEnd(end)) {
        HILO_TRY(ExpressionPointer item, withConditional ? conditional() : disjunction());
        node->children.push_back(std::move(item));
        if (!tokens_.skipOperator(","))
            break;
        hasComma = true;
    }
    if (hasComma)
        return node;
    if (node->children.empty())
        return failure(tokens_.errorHere("expected an expression"));
    return std::move(node->children.front());
}

Result<ExpressionPointer> ExpressionParser::oneTarget(bool onlyName)
{
    const Nesting nesting(depth_);
    if (nesting.tooDeep())
        return failure(tokens_.errorHere("expressions are nested more than 64 deep"));
    if (tokens_.skipOperator("(")) {
        HILO_TRY(ExpressionPointer inner, target(onlyName));
        HILO_CHECK(tokens_.expectOperator(")"));
        return inner;
    }
    ExpressionPointer node = make(ExpressionKind::Name);
    HILO_TRY(const Token name, tokens_.expect(Token::Kind::Name, "a name to assign to"));
    node->name = name.text;
    if (onlyName || !tokens_.skipOperator("."))
        return node;
    HILO_TRY(const Token attribute, tokens_.expect(Token::Kind::Name, "the name of an attribute"));
    ExpressionPointer whole = make(ExpressionKind::Attribute);
    whole->name = attribute.text;
    whole->children.push_back(std::move(node));
    return whole;
}

Result<ExpressionPointer> ExpressionParser::target(bool onlyName, std::string_view end)
{
    ExpressionPointer all = make(ExpressionKind::Tuple);
    bool hasComma = false;
    while (!atTupleEnd(end) && !tokens_.current().isOperator("=")) {
        HILO_TRY(ExpressionPointer node, oneTarget(onlyName));
        all->children.push_back(std::move(node));
        if (!tokens_.skipOperator(","))
            break;
        hasComma = true;
    }
    if (all->children.empty())
        return failure(tokens_.errorHere("expected a name to assign to"));
    if (hasComma)
        return all;
    return std::move(all->children.front());
}

Result<ExpressionPointer> ExpressionParser::conditional()
{
    const Nesting nesting(depth_);
    if (nesting.tooDeep())
        return failure(tokens_.errorHere("expressions are nested more than 64 deep"));
    HILO_TRY(ExpressionPointer node, disjunction());
    while (tokens_.current().isName("if")) {
        ExpressionPointer choice = make(ExpressionKind::Conditional);
        tokens_.take();
        HILO_TRY(ExpressionPointer condition, disjunction());
        ExpressionPointer otherwise;
        if (tokens_.skipName("else")) {
            HILO_TRY(otherwise, conditional());
        }
        choice->children.push_back(std::move(node));
        choice->children.push_back(std::move(condition));
        choice->children.push_back(std::move(otherwise));
        node = std::move(choice);
    }
    return node;
}

Result<ExpressionPointer> ExpressionParser::joinedBy(const char* word, ExpressionKind kind, Operand operand)
{
    HILO_TRY(ExpressionPointer node, (this->*operand)());
    while (tokens_.current().isName(word)) {
        ExpressionPointer whole = make(kind);
        tokens_.take();
        HILO_TRY(ExpressionPointer right, (this->*operand)());
        whole->children.push_back(std::move(node));
        whole->children.push_back(std::move(right));
        node = std::move(whole);
    }
    return node;
}

Result<ExpressionPointer> ExpressionParser::disjunction()
{
    return joinedBy("or", ExpressionKind::Or, &ExpressionParser::conjunction);
}

Result<ExpressionPointer> ExpressionParser::conjunction()
{
    return joinedBy("and", ExpressionKind::And, &ExpressionParser::negation);
}

Result<ExpressionPointer> ExpressionParser::negation()
{
    if (!tokens_.current().isName("not"))
        return comparison();
    const Nesting nesting(depth_);
    if (nesting.tooDeep())
        return failure(tokens_.errorHere("expressions are nested more than 64 deep"));
    ExpressionPointer node = make(ExpressionKind::Not);
    tokens_.take();
    HILO_TRY(ExpressionPointer operand, negation());
    node->children.push_back(std::move(operand));
    return node;
}

Result<ExpressionPointer> ExpressionParser::comparison()
{
    static constexpr std::array<std::string_view, 6> known = {"==", "!=", "<", "<=", ">", ">="};
    HILO_TRY(ExpressionPointer first, binary(0));
    ExpressionPointer node = make(ExpressionKind::Comparison);
    node->children.push_back(std::move(first));
    for (;;) {
        std::string name;
        for (const std::string_view candidate : known)
            if (tokens_.current().isOperator(candidate))
                name = candidate;
        if (tokens_.current().isName("in"))
            name = "in";
        else if (tokens_.current().isName("not") && tokens_.next().isName("in"))
            name = "not in";
        if (name.empty())
            break;
        tokens_.take();
        if (name == "not in")
            tokens_.take();
        HILO_TRY(ExpressionPointer right, binary(0));
        node->operators.push_back(name);
        node->children.push_back(std::move(right));
    }
    if (node->operators.empty())
        return std::move(node->children.front());
    return node;
}

Result<ExpressionPointer> ExpressionParser::binary(int level)
{
    static const std::array<std::vector<std::string_view>, 4> levels = {
        {{"+", "-"}, {"~"}, {"*", "/", "//", "%"}, {"**"}}};
    if (level == 4)
        return unary();
    HILO_TRY(ExpressionPointer node, binary(level + 1));
    for (;;) {
        std::string name;
        for (const std::string_view candidate : levels[static_cast<std::size_t>(level)])
            if (tokens_.current().isOperator(candidate))
                name = candidate;
        if (name.empty())
            return node;
        ExpressionPointer whole = make(ExpressionKind::Binary);
        whole->name = name;
        tokens_.take();
        HILO_TRY(ExpressionPointer right, binary(level + 1));
        whole->children.push_back(std::move(node));
        whole->children.push_back(std::move(right));
        node = std::move(whole);
    }
}

Result<ExpressionPointer> ExpressionParser::unary(bool withFilter)
{
    const Nesting nesting(depth_);
    if (nesting.tooDeep())
        return failure(tokens_.errorHere("expressions are nested more than 64 deep"));
    ExpressionPointer node;
    if (tokens_.current().isOperator("-") || tokens_.current().isOperator("+")) {
        node = make(tokens_.current().isOperator("-") ? ExpressionKind::Negative : ExpressionKind::Positive);
        tokens_.take();
        HILO_TRY(ExpressionPointer operand, unary(false));
        node->children.push_back(std::move(operand));
    } else {
        HILO_TRY(node, primary());
    }
    HILO_TRY(node, postfix(std::move(node)));
    if (withFilter) {
        HILO_TRY(node, filterOrTest(std::move(node)));
    }
    return node;
}

Result<ExpressionPointer> ExpressionParser::primary()
{
    ExpressionPointer node = make(ExpressionKind::Constant);
    const Token token = tokens_.current();
    switch (token.kind) {
    case Token::Kind::Name:
        tokens_.take();
        if (token.text == "true" || token.text == "True" || token.text == "false" || token.text == "False") {
            node->constant = token.text == "true" || token.text == "True";
        } else if (token.text != "none" && token.text != "None") {
            node->kind = ExpressionKind::Name;
            node->name = token.text;
        }
        return node;
    case Token::Kind::String: {
        std::string value;
        while (tokens_.current().kind == Token::Kind::String)
            value += tokens_.take().text;
        node->constant = Value(std::move(value));
        return node;
    }
    case Token::Kind::Integer: {
        tokens_.take();
        const bool based = token.text.size() > 1 && std::isalpha(static_cast<unsigned char>(token.text[1]));
        const char mark = based ? static_cast<char>(std::tolower(token.text[1])) : ' ';
        const int base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        const char* const begin = token.text.data() + (based ? 2 : 0);
        const char* const end = token.text.data() + token.text.size();
        std::int64_t number = 0;
        const auto [stop, code] = std::from_chars(begin, end, number, base);
        if (code != std::errc() || stop != end)
            return failure(tokens_.errorHere("the number " + token.text + " is too large or wrong"));
        node->constant = number;
        return node;
    }
    case Token::Kind::Float: {
        tokens_.take();
        double number = 0;
        std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
        node->constant = number;
        return node;
    }
    default:
        break;
    }
    if (token.isOperator("("))
        return parenthesised();
    if (token.isOperator("["))
        return listLiteral();
    if (token.isOperator("{"))
        return dictionaryLiteral();
    return failure(tokens_.errorHere("expected an expression"));
}

Result<ExpressionPointer> ExpressionParser::parenthesised()
{
    ExpressionPointer empty = make(ExpressionKind::Tuple);
    tokens_.take();
    if (tokens_.skipOperator(")"))
        return empty;
    HILO_TRY(ExpressionPointer node, tuple());
    HILO_CHECK(tokens_.expectOperator(")"));
    return node;
}

Result<ExpressionPointer> ExpressionParser::listLiteral()
{
    ExpressionPointer node = make(ExpressionKind::List);
    tokens_.take();
    while (!tokens_.current().isOperator("]")) {
        HILO_TRY(ExpressionPointer item, conditional());
        node->children.push_back(std::move(item));
        if (!tokens_.skipOperator(","))
            break;
    }
    HILO_CHECK(tokens_.expectOperator("]"));
    return node;
}

Result<ExpressionPointer> ExpressionParser::dictionaryLiteral()
{
    ExpressionPointer node = make(ExpressionKind::Dictionary);
    tokens_.take();
    while (!tokens_.current().isOperator("}")) {
        HILO_TRY(ExpressionPointer key, conditional());
        HILO_CHECK(tokens_.expectOperator(":"));
        HILO_TRY(ExpressionPointer value, conditional());
        node->children.push_back(std::move(key));
        node->children.push_back(std::move(value));
        if (!tokens_.skipOperator(","))
            break;
    }
    HILO_CHECK(tokens_.expectOperator("}"));
    return node;
}

Result<ExpressionPointer> ExpressionParser::postfix(ExpressionPointer node)
{
    for (;;) {
        if (tokens_.current().isOperator(".")) {
            ExpressionPointer whole = make(ExpressionKind::Attribute);
            tokens_.take();
            if (tokens_.current().kind == Token::Kind::Integer) {
                whole->kind = ExpressionKind::Subscript;
                whole->children.push_back(std::move(node));
                HILO_TRY(ExpressionPointer index, primary());
                whole->children.push_back(std::move(index));
            } else {
                HILO_TRY(const Token name, tokens_.expect(Token::Kind::Name, "the name of an attribute"));
                whole->name = name.text;
                whole->children.push_back(std::move(node));
            }
            node = std::move(whole);
        } else if (tokens_.current().isOperator("[")) {
            ExpressionPointer whole = make(ExpressionKind::Subscript);
            tokens_.take();
            HILO_TRY(ExpressionPointer index, subscript());
            HILO_CHECK(tokens_.expectOperator("]"));
            whole->children.push_back(std::move(node));
            whole->children.push_back(std::move(index));
            node = std::move(whole);
        } else if (tokens_.current().isOperator("(")) {
            ExpressionPointer whole = make(ExpressionKind::Call);
            whole->children.push_back(std::move(node));
            HILO_CHECK(arguments(*whole));
            node = std::move(whole);
        } else {
            return node;
        }
    }
}

Result<ExpressionPointer> ExpressionParser::subscript()
{
    ExpressionPointer slice = make(ExpressionKind::Slice);
    slice->children.resize(3);
    bool isSlice = false;
    for (std::size_t part = 0; part < 3; ++part) {
        if (!tokens_.current().isOperator(":") && !tokens_.current().isOperator("]")) {
            HILO_TRY(slice->children[part], conditional());
        }
        if (!tokens_.skipOperator(":"))
            break;
        isSlice = true;
    }
    if (isSlice)
        return slice;
    if (!slice->children[0])
        return failure(tokens_.errorHere("expected an index"));
    return std::move(slice->children[0]);
}

Result<ExpressionPointer> ExpressionParser::filters(ExpressionPointer input, bool first)
{
    ExpressionPointer node = std::move(input);
    while (first || tokens_.current().isOperator("|")) {
        if (!first)
            tokens_.take();
        first = false;
        ExpressionPointer whole = make(ExpressionKind::Filter);
        HILO_TRY(const Token name, tokens_.expect(Token::Kind::Name, "the name of a filter"));
        whole->name = name.text;
        whole->children.push_back(std::move(node));
        if (tokens_.current().isOperator("("))
            HILO_CHECK(arguments(*whole));
        node = std::move(whole);
    }
    return node;
}

Result<ExpressionPointer> ExpressionParser::filterOrTest(ExpressionPointer node)
{
    for (;;) {
        if (tokens_.current().isOperator("|")) {
            HILO_TRY(node, filters(std::move(node)));
        } else if (tokens_.current().isName("is")) {
            HILO_TRY(node, test(std::move(node)));
        } else if (tokens_.current().isOperator("(")) {
            ExpressionPointer whole = make(ExpressionKind::Call);
            whole->children.push_back(std::move(node));
            HILO_CHECK(arguments(*whole));
            node = std::move(whole);
        } else {
            return node;
        }
    }
}

Result<ExpressionPointer> ExpressionParser::test(ExpressionPointer node)
{
    ExpressionPointer whole = make(ExpressionKind::Test);
    tokens_.take();
    const bool negated = tokens_.skipName("not");
    HILO_TRY(const Token name, tokens_.expect(Token::Kind::Name, "the name of a test"));
    whole->name = name.text;
    whole->children.push_back(std::move(node));
    const Token& token = tokens_.current();
    const bool begins = token.kind == Token::Kind::String || token.kind == Token::Kind::Integer ||
                        token.kind == Token::Kind::Float || token.isOperator("[") || token.isOperator("{") ||
                        (token.kind == Token::Kind::Name && !token.isName("else") && !token.isName("or") &&
                         !token.isName("and") && !token.isName("if") && !token.isName("is"));
    if (token.isOperator("(")) {
        HILO_CHECK(arguments(*whole));
    } else if (begins) {
        HILO_TRY(ExpressionPointer argument, primary());
        HILO_TRY(argument, postfix(std::move(argument)));
        whole->children.push_back(std::move(argument));
    }
    if (!negated)
        return whole;
    ExpressionPointer negative = make(ExpressionKind::Not);
    negative->children.push_back(std::move(whole));
    return negative;
}

Status ExpressionParser::arguments(Expression& call)
{
    tokens_.take();
    while (!tokens_.current().isOperator(")")) {
        if (tokens_.current().isOperator("*") || tokens_.current().isOperator("**")) {
            ExpressionPointer star =
                make(tokens_.current().isOperator("*") ? Expression::Kind::Star : Expression::Kind::DoubleStar);
            tokens_.take();
            HILO_TRY(ExpressionPointer value, conditional());
            star->children.push_back(std::move(value));
            call.children.push_back(std::move(star));
        } else if (tokens_.current().kind == Token::Kind::Name && tokens_.next().isOperator("=")) {
            const std::string name = tokens_.take().text;
            tokens_.take();
            HILO_TRY(ExpressionPointer value, conditional());
            call.named.emplace_back(name, std::move(value));
        } else {
            HILO_TRY(ExpressionPointer value, conditional());
            call.children.push_back(std::move(value));
        }
        if (!tokens_.skipOperator(","))
            break;
    }
    return tokens_.expectOperator(")");
}

} // namespace hilo::jinja
