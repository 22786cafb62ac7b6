// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/parser.h"

#include "base/text_format.h"
#include "tokenizer/jinja/expression_parser.h"
#include "tokenizer/jinja/lexer.h"

#include <algorithm>

namespace hilo::jinja {
namespace {

using StatementKind = Statement::Kind;

class Parser
{
  public:
    explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)), expressions_(tokens_) {}

    Result<Statements> run()
    {
        HILO_TRY(Statements all, body({}));
        if (tokens_.current().kind != Token::Kind::End)
            return failure(tokens_.errorHere("unexpected end of a block"));
        return all;
    }

  private:
    std::unique_ptr<Statement> make(StatementKind kind) const
    {
        auto statement = std::make_unique<Statement>();
        statement->kind = kind;
        statement->line = tokens_.current().line;
        return statement;
    }

    /// Statements up to a tag that begins with one of these words, which stays; without words up to the end.
    Result<Statements> body(const std::vector<std::string>& ends)
    {
        Statements all;
        ++depth_;
        if (depth_ > 64)
            return failure(tokens_.errorHere("blocks are nested more than 64 deep"));
        for (;;) {
            const Token& token = tokens_.current();
            if (token.kind == Token::Kind::End) {
                if (!ends.empty())
                    return failure(tokens_.errorHere("expected {% " + joined(ends, " %} or {% ") + " %}"));
                break;
            }
            if (token.kind == Token::Kind::Text) {
                auto text = make(StatementKind::Text);
                text->text = tokens_.take().text;
                all.push_back(std::move(text));
            } else if (token.kind == Token::Kind::OutputBegin) {
                tokens_.take();
                auto output = make(StatementKind::Output);
                HILO_TRY(output->expression, expressions_.tuple());
                HILO_TRY([[maybe_unused]] const Token end, tokens_.expect(Token::Kind::OutputEnd, "}}"));
                all.push_back(std::move(output));
            } else {
                if (std::any_of(ends.begin(), ends.end(),
                                [this](const std::string& end) { return tokens_.next().isName(end); }))
                    break;
                HILO_TRY(std::unique_ptr<Statement> statement, block());
                all.push_back(std::move(statement));
            }
        }
        --depth_;
        return all;
    }

    Status blockEnd()
    {
        HILO_TRY([[maybe_unused]] const Token end, tokens_.expect(Token::Kind::BlockEnd, "%}"));
        return {};
    }

    /// {% word %}
    Status endTag()
    {
        tokens_.take();
        tokens_.take();
        return blockEnd();
    }

    Result<std::unique_ptr<Statement>> block()
    {
        tokens_.take();
        HILO_TRY(const Token word, tokens_.expect(Token::Kind::Name, "the name of a block"));
        const std::string& name = word.text;
        if (name == "for")
            return loop();
        if (name == "if")
            return choice();
        if (name == "set")
            return assignment();
        if (name == "macro")
            return macro();
        if (name == "call")
            return callBlock();
        if (name == "filter")
            return filterBlock();
        if (name == "with")
            return with();
        if (name == "generation" || name == "autoescape")
            return generation(name);
        if (name == "break" || name == "continue") {
            auto statement = make(name == "break" ? StatementKind::Break : StatementKind::Continue);
            HILO_CHECK(blockEnd());
            return statement;
        }
        Error error =
            templateError("{% " + name + " %} is not known here",
                          "known are for, if, set, macro, call, filter, with, raw, break, continue, generation");
        error.place = "line " + std::to_string(word.line);
        return failure(error);
    }

    Result<std::unique_ptr<Statement>> loop()
    {
        auto statement = make(StatementKind::For);
        HILO_TRY(statement->target, expressions_.target(true, "in"));
        if (!tokens_.skipName("in"))
            return failure(tokens_.errorHere("expected \"in\""));
        HILO_TRY(statement->expression, expressions_.tuple(false, "recursive"));
        if (tokens_.skipName("if")) {
            HILO_TRY(statement->condition, expressions_.expression());
        }
        statement->recursive = tokens_.skipName("recursive");
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"endfor", "else"}));
        if (tokens_.next().isName("else")) {
            HILO_CHECK(endTag());
            HILO_TRY(statement->otherwise, body({"endfor"}));
        }
        HILO_CHECK(endTag());
        return statement;
    }

    Result<std::unique_ptr<Statement>> choice()
    {
        auto statement = make(StatementKind::If);
        HILO_TRY(statement->expression, expressions_.tuple(false));
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"elif", "else", "endif"}));
        if (tokens_.next().isName("elif")) {
            // As an if inside of else, without an end of its own.
            tokens_.take();
            tokens_.take();
            ++depth_;
            if (depth_ > 256)
                return failure(tokens_.errorHere("more than 200 elif behind one another"));
            HILO_TRY(std::unique_ptr<Statement> rest, choice());
            --depth_;
            statement->otherwise.push_back(std::move(rest));
            return statement;
        }
        if (tokens_.next().isName("else")) {
            HILO_CHECK(endTag());
            HILO_TRY(statement->otherwise, body({"endif"}));
        }
        HILO_CHECK(endTag());
        return statement;
    }

    Result<std::unique_ptr<Statement>> assignment()
    {
        auto statement = make(StatementKind::Set);
        HILO_TRY(statement->target, expressions_.target());
        if (tokens_.skipOperator("=")) {
            HILO_TRY(statement->expression, expressions_.tuple());
            HILO_CHECK(blockEnd());
            return statement;
        }
        statement->kind = StatementKind::SetBlock;
        if (tokens_.current().isOperator("|")) {
            HILO_TRY(statement->expression, expressions_.filters(nullptr));
        }
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"endset"}));
        HILO_CHECK(endTag());
        return statement;
    }

    Status parameters(Statement& statement)
    {
        HILO_CHECK(tokens_.expectOperator("("));
        while (!tokens_.current().isOperator(")")) {
            HILO_TRY(const Token name, tokens_.expect(Token::Kind::Name, "the name of a parameter"));
            Parameter parameter{name.text, nullptr};
            if (tokens_.skipOperator("=")) {
                HILO_TRY(parameter.fallback, expressions_.expression());
            } else if (!statement.parameters.empty() && statement.parameters.back().fallback) {
                return failure(tokens_.errorHere("a parameter without a default behind one that has one"));
            }
            statement.parameters.push_back(std::move(parameter));
            if (!tokens_.skipOperator(","))
                break;
        }
        return tokens_.expectOperator(")");
    }

    Result<std::unique_ptr<Statement>> macro()
    {
        auto statement = make(StatementKind::Macro);
        HILO_TRY(const Token name, tokens_.expect(Token::Kind::Name, "the name of a macro"));
        statement->text = name.text;
        HILO_CHECK(parameters(*statement));
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"endmacro"}));
        HILO_CHECK(endTag());
        return statement;
    }

    Result<std::unique_ptr<Statement>> callBlock()
    {
        auto statement = make(StatementKind::CallBlock);
        if (tokens_.current().isOperator("("))
            HILO_CHECK(parameters(*statement));
        HILO_TRY(statement->expression, expressions_.expression());
        if (statement->expression->kind != Expression::Kind::Call)
            return failure(tokens_.errorHere("expected a call"));
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"endcall"}));
        HILO_CHECK(endTag());
        return statement;
    }

    Result<std::unique_ptr<Statement>> filterBlock()
    {
        auto statement = make(StatementKind::FilterBlock);
        HILO_TRY(statement->expression, expressions_.filters(nullptr, true));
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"endfilter"}));
        HILO_CHECK(endTag());
        return statement;
    }

    Result<std::unique_ptr<Statement>> with()
    {
        auto statement = make(StatementKind::With);
        while (tokens_.current().kind != Token::Kind::BlockEnd) {
            HILO_TRY(ExpressionPointer target, expressions_.target(true));
            HILO_CHECK(tokens_.expectOperator("="));
            HILO_TRY(ExpressionPointer value, expressions_.expression());
            statement->assignments.emplace_back(std::move(target), std::move(value));
            if (!tokens_.skipOperator(","))
                break;
        }
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"endwith"}));
        HILO_CHECK(endTag());
        return statement;
    }

    /// Also autoescape, which changes nothing where nothing is escaped.
    Result<std::unique_ptr<Statement>> generation(const std::string& name)
    {
        auto statement = make(name == "generation" ? StatementKind::Generation : StatementKind::With);
        if (name == "autoescape") {
            if (!tokens_.current().isName("false") && !tokens_.current().isName("False"))
                return failure(tokens_.errorHere("only {% autoescape false %} is known"));
            tokens_.take();
        }
        HILO_CHECK(blockEnd());
        HILO_TRY(statement->body, body({"end" + name}));
        HILO_CHECK(endTag());
        return statement;
    }

    TokenStream tokens_;
    ExpressionParser expressions_;
    int depth_ = 0;
};

} // namespace

Result<Statements> parse(std::string_view source)
{
    HILO_TRY(std::vector<Token> tokens, tokenise(source));
    return Parser(std::move(tokens)).run();
}

} // namespace hilo::jinja
