// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "tokenizer/jinja/lexer.h"
#include "tokenizer/jinja/syntax_tree.h"

#include <string_view>
#include <vector>

namespace hilo::jinja {

/// The tokens of a template and how far they were read. The last one is an End.
class TokenStream
{
  public:
    explicit TokenStream(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}
    const Token& current() const { return tokens_[at_]; }
    const Token& next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
    Token take() { return at_ + 1 < tokens_.size() ? tokens_[at_++] : tokens_[at_]; }
    bool skipOperator(std::string_view text);
    bool skipName(std::string_view text);
    Status expectOperator(std::string_view text);
    Result<Token> expect(Token::Kind kind, const std::string& what);
    Error errorHere(const std::string& message, const std::string& hint = {}) const;

  private:
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

/// Expressions in Jinja's order of precedence.
class ExpressionParser
{
  public:
    explicit ExpressionParser(TokenStream& tokens) : tokens_(tokens) {}

    Result<ExpressionPointer> expression() { return conditional(); }
    /// One expression, or a tuple of several with commas between. Ends at the tag's end and before the word end.
    /// withConditional: "a if b else c" belongs to it.
    Result<ExpressionPointer> tuple(bool withConditional = true, std::string_view end = {});
    /// What may be assigned to: a name, a tuple of targets, an attribute of a namespace.
    Result<ExpressionPointer> target(bool onlyName = false, std::string_view end = {});
    /// Filters behind one another, without what they filter: "upper | trim".
    Result<ExpressionPointer> filters(ExpressionPointer input, bool first = false);

  private:
    class Nesting;
    Result<ExpressionPointer> oneTarget(bool onlyName);
    Result<ExpressionPointer> conditional();
    using Operand = Result<ExpressionPointer> (ExpressionParser::*)();
    /// Operands with the word between them, from the left.
    Result<ExpressionPointer> joinedBy(const char* word, Expression::Kind kind, Operand operand);
    Result<ExpressionPointer> disjunction();
    Result<ExpressionPointer> conjunction();
    Result<ExpressionPointer> negation();
    Result<ExpressionPointer> comparison();
    Result<ExpressionPointer> binary(int level);
    Result<ExpressionPointer> unary(bool withFilter = true);
    Result<ExpressionPointer> primary();
    Result<ExpressionPointer> parenthesised();
    Result<ExpressionPointer> listLiteral();
    Result<ExpressionPointer> dictionaryLiteral();
    Result<ExpressionPointer> postfix(ExpressionPointer node);
    Result<ExpressionPointer> subscript();
    Result<ExpressionPointer> filterOrTest(ExpressionPointer node);
    Result<ExpressionPointer> test(ExpressionPointer node);
    Status arguments(Expression& call);
    ExpressionPointer make(Expression::Kind kind) const;
    bool atTupleEnd(std::string_view end) const;

    TokenStream& tokens_;
    int depth_ = 0;
};

} // namespace hilo::jinja
