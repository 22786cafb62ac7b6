// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/value.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace hilo::jinja {

struct Expression;
using ExpressionPointer = std::unique_ptr<Expression>;

struct Expression
{
    Expression() = default;
    Expression(const Expression&) = delete;
    Expression& operator=(const Expression&) = delete;
    /// Without recursion: a chain like a.b.b.b… is as deep as it is long.
    ~Expression();

    enum class Kind {
        Constant,
        Name,       ///< name
        List,       ///< children
        Tuple,      ///< children
        Dictionary, ///< children: key, value, key, value, …
        Attribute,  ///< children[0].name
        Subscript,  ///< children[0][children[1]]
        Slice,      ///< children: start, stop, step, each may be null
        Call,       ///< children[0](the others, named)
        Filter,     ///< children[0] | name(the others, named); without children[0] in a filter block
        Test,       ///< children[0] is name(the others)
        Star,       ///< *children[0] of a call
        DoubleStar, ///< **children[0] of a call
        Not,
        Negative,
        Positive,
        Binary,     ///< children[0] name children[1], name: + - * / // % ** ~
        Comparison, ///< children[0] operators[0] children[1] operators[1] children[2] …
        And,
        Or,
        Conditional, ///< children[0] if children[1] else children[2], which may be null
    };
    Kind kind = Kind::Constant;
    int line = 0;
    std::string name;
    Value constant;
    std::vector<ExpressionPointer> children;
    std::vector<std::pair<std::string, ExpressionPointer>> named;
    std::vector<std::string> operators; ///< == != < <= > >= in "not in"
};

struct Statement;
using Statements = std::vector<std::unique_ptr<Statement>>;

/// A parameter of a macro.
struct Parameter
{
    std::string name;
    ExpressionPointer fallback; ///< null when there is none
};

struct Statement
{
    enum class Kind {
        Text,        ///< text
        Output,      ///< expression
        For,         ///< target in expression, if condition: body, otherwise
        If,          ///< expression: body, otherwise
        Set,         ///< target = expression
        SetBlock,    ///< target = what body writes, through filters in expression
        Macro,       ///< text(parameters): body
        CallBlock,   ///< expression is a call; body is its caller(parameters)
        FilterBlock, ///< expression of what body writes
        With,        ///< targets = values: body
        Generation,  ///< body is the assistant's
        Break,
        Continue,
    };
    Kind kind = Kind::Text;
    int line = 0;
    std::string text;
    ExpressionPointer target; ///< Name, Attribute of a namespace, or Tuple
    ExpressionPointer expression;
    ExpressionPointer condition;
    bool recursive = false; ///< of a for
    std::vector<Parameter> parameters;
    std::vector<std::pair<ExpressionPointer, ExpressionPointer>> assignments; ///< of a with
    Statements body, otherwise;
};

} // namespace hilo::jinja
