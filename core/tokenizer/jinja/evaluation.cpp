// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/evaluation.h"

#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"

#include <algorithm>
#include <array>
#include <optional>

namespace hilo::jinja {
namespace {

using ExpressionKind = Expression::Kind;

Result<Arguments> argumentsOf(Interpreter& interpreter, const Expression& expression, const Scope& scope)
{
    Arguments arguments;
    for (std::size_t i = 1; i < expression.children.size(); ++i) {
        const Expression& child = *expression.children[i];
        const bool isStar = child.kind == ExpressionKind::Star || child.kind == ExpressionKind::DoubleStar;
        HILO_TRY(Value value, interpreter.evaluate(isStar ? *child.children[0] : child, scope));
        if (child.kind == ExpressionKind::Star) {
            HILO_TRY(const std::vector<Value> more, interpreter.items(value));
            arguments.positional.insert(arguments.positional.end(), more.begin(), more.end());
        } else if (child.kind == ExpressionKind::DoubleStar) {
            if (!value.isDictionary())
                return failure(templateError("argument after ** must be a mapping, not " + value.typeName()));
            for (const auto& [key, named] : value.dictionary().entries)
                arguments.named.emplace_back(text(key), named);
        } else {
            arguments.positional.push_back(std::move(value));
        }
    }
    for (const auto& [name, child] : expression.named) {
        HILO_TRY(Value value, interpreter.evaluate(*child, scope));
        arguments.named.emplace_back(name, std::move(value));
    }
    return arguments;
}

Result<Value> slice(Interpreter& interpreter, const Value& value, const Expression& bounds, const Scope& scope)
{
    HILO_CHECK(defined(value));
    if (!value.isSequence() && !value.isString())
        return failure(templateError("'" + value.typeName() + "' object cannot be sliced"));
    std::array<std::optional<std::int64_t>, 3> given;
    for (std::size_t i = 0; i < 3; ++i) {
        if (!bounds.children[i])
            continue;
        HILO_TRY(const Value bound, interpreter.evaluate(*bounds.children[i], scope));
        if (bound.isNone())
            continue;
        if (!bound.isInteger() && !bound.isBool())
            return failure(templateError("slice indices must be integers or None"));
        given[i] = bound.integer();
    }
    HILO_TRY(const std::vector<Value> all, interpreter.items(value));
    const auto size = static_cast<std::int64_t>(all.size());
    // No text is longer, and what is larger takes the first item alone just the same.
    constexpr std::int64_t most = std::int64_t{1} << 40;
    const std::int64_t step = std::clamp(given[2].value_or(1), -most, most);
    if (step == 0)
        return failure(templateError("slice step cannot be zero"));
    const auto clamped = [size, step](std::int64_t at) {
        if (at < 0)
            at += size;
        return step > 0 ? std::clamp<std::int64_t>(at, 0, size) : std::clamp<std::int64_t>(at, -1, size - 1);
    };
    const std::int64_t begin = given[0] ? clamped(*given[0]) : step > 0 ? 0 : size - 1;
    const std::int64_t end = given[1] ? clamped(*given[1]) : step > 0 ? size : -1;
    std::vector<Value> chosen;
    for (std::int64_t at = begin; step > 0 ? at < end : at > end; at += step)
        chosen.push_back(all[static_cast<std::size_t>(at)]);
    if (!value.isString())
        return interpreter.checked(value.sequence().isTuple ? Value::tuple(std::move(chosen))
                                                            : Value::list(std::move(chosen)));
    std::string result;
    for (const Value& character : chosen)
        result += character.string();
    return interpreter.checked(Value(std::move(result)));
}

} // namespace

Result<Value> evaluateCall(Interpreter& interpreter, const Expression& expression, const Scope& scope,
                           const Value* caller)
{
    HILO_TRY(const Value callee, interpreter.evaluate(*expression.children[0], scope));
    HILO_TRY(Arguments arguments, argumentsOf(interpreter, expression, scope));
    if (caller)
        arguments.named.emplace_back("caller", *caller);
    return interpreter.call(callee, arguments);
}

Result<Value> evaluateFilter(Interpreter& interpreter, const Expression& expression, const Scope& scope,
                             const Value* block)
{
    HILO_CHECK(interpreter.spend(1));
    Value input;
    if (!expression.children[0]) {
        if (!block)
            return failure(templateError("a filter without a value"));
        input = *block;
    } else if (expression.children[0]->kind == ExpressionKind::Filter) {
        HILO_TRY(input, evaluateFilter(interpreter, *expression.children[0], scope, block));
    } else {
        HILO_TRY(input, interpreter.evaluate(*expression.children[0], scope));
    }
    HILO_TRY(const Arguments arguments, argumentsOf(interpreter, expression, scope));
    return interpreter.filter(expression.name, input, arguments);
}

Result<Value> evaluateExpression(Interpreter& interpreter, const Expression& expression, const Scope& scope)
{
    switch (expression.kind) {
    case ExpressionKind::Constant:
        return expression.constant;
    case ExpressionKind::Name: {
        const Value* found = scope.find(expression.name);
        return found ? *found : Value::undefined(expression.name);
    }
    case ExpressionKind::List:
    case ExpressionKind::Tuple: {
        std::vector<Value> values;
        for (const auto& child : expression.children) {
            HILO_TRY(Value value, interpreter.evaluate(*child, scope));
            values.push_back(std::move(value));
        }
        return interpreter.checked(expression.kind == ExpressionKind::List ? Value::list(std::move(values))
                                                                           : Value::tuple(std::move(values)));
    }
    case ExpressionKind::Dictionary: {
        Dictionary dictionary;
        for (std::size_t i = 0; i + 1 < expression.children.size(); i += 2) {
            HILO_TRY(const Value key, interpreter.evaluate(*expression.children[i], scope));
            HILO_TRY(Value value, interpreter.evaluate(*expression.children[i + 1], scope));
            if ((key.isSequence() && !key.sequence().isTuple) || key.isDictionary())
                return failure(templateError("unhashable type: '" + key.typeName() + "'"));
            dictionary.set(key, std::move(value));
        }
        return interpreter.checked(Value::dictionary(std::move(dictionary)));
    }
    case ExpressionKind::Attribute: {
        HILO_TRY(const Value value, interpreter.evaluate(*expression.children[0], scope));
        return interpreter.attribute(value, expression.name);
    }
    case ExpressionKind::Subscript: {
        HILO_TRY(const Value value, interpreter.evaluate(*expression.children[0], scope));
        if (expression.children[1]->kind == ExpressionKind::Slice)
            return slice(interpreter, value, *expression.children[1], scope);
        HILO_TRY(const Value index, interpreter.evaluate(*expression.children[1], scope));
        return interpreter.subscript(value, index);
    }
    case ExpressionKind::Call:
        return evaluateCall(interpreter, expression, scope);
    case ExpressionKind::Filter:
        return evaluateFilter(interpreter, expression, scope, nullptr);
    case ExpressionKind::Test: {
        HILO_TRY(const Value value, interpreter.evaluate(*expression.children[0], scope));
        HILO_TRY(const Arguments arguments, argumentsOf(interpreter, expression, scope));
        HILO_TRY(const bool holds, interpreter.test(expression.name, value, arguments.positional));
        return Value(holds);
    }
    case ExpressionKind::Not: {
        HILO_TRY(const Value value, interpreter.evaluate(*expression.children[0], scope));
        return Value(!value.isTrue());
    }
    case ExpressionKind::Negative:
    case ExpressionKind::Positive: {
        HILO_TRY(const Value value, interpreter.evaluate(*expression.children[0], scope));
        HILO_CHECK(defined(value));
        if (!value.isNumber())
            return failure(templateError("bad operand type for a sign: '" + value.typeName() + "'"));
        if (expression.kind == ExpressionKind::Positive)
            return value.isBool() ? Value(value.integer()) : value;
        if (value.isFloat())
            return Value(-value.number());
        return binaryOperation(interpreter, "-", Value(0), value);
    }
    case ExpressionKind::Binary: {
        HILO_TRY(const Value left, interpreter.evaluate(*expression.children[0], scope));
        HILO_TRY(const Value right, interpreter.evaluate(*expression.children[1], scope));
        return binaryOperation(interpreter, expression.name, left, right);
    }
    case ExpressionKind::Comparison: {
        HILO_TRY(Value left, interpreter.evaluate(*expression.children[0], scope));
        for (std::size_t i = 0; i < expression.operators.size(); ++i) {
            HILO_TRY(Value right, interpreter.evaluate(*expression.children[i + 1], scope));
            HILO_TRY(const bool holds, comparisonHolds(interpreter, expression.operators[i], left, right));
            if (!holds)
                return Value(false);
            left = std::move(right);
        }
        return Value(true);
    }
    case ExpressionKind::And:
    case ExpressionKind::Or: {
        HILO_TRY(Value left, interpreter.evaluate(*expression.children[0], scope));
        if (left.isTrue() == (expression.kind == ExpressionKind::Or))
            return left;
        return interpreter.evaluate(*expression.children[1], scope);
    }
    case ExpressionKind::Conditional: {
        HILO_TRY(const Value condition, interpreter.evaluate(*expression.children[1], scope));
        if (condition.isTrue())
            return interpreter.evaluate(*expression.children[0], scope);
        if (expression.children[2])
            return interpreter.evaluate(*expression.children[2], scope);
        return Value::undefined("the inline if-expression without an else");
    }
    case ExpressionKind::Slice:
    case ExpressionKind::Star:
    case ExpressionKind::DoubleStar:
        break;
    }
    return failure(templateError("an expression where none may stand"));
}

} // namespace hilo::jinja
