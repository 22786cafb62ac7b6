// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/interpreter.h"

#include "tokenizer/jinja/evaluation.h"
#include "tokenizer/jinja/filters.h"
#include "tokenizer/jinja/loop.h"
#include "tokenizer/jinja/macro.h"
#include "tokenizer/jinja/methods.h"
#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"
#include "tokenizer/jinja/value_tests.h"
#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo::jinja {

using StatementKind = Statement::Kind;
namespace {

/// Of the stack, which is 8 MiB on Linux. Long chains (a.b.b.b…), blocks and macros all take of it, each in its way.
constexpr std::uintptr_t mostStackBytes = std::uintptr_t{3} << 20;

std::uintptr_t stackPosition()
{
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

} // namespace

const Value* Scope::find(const std::string& name) const
{
    for (const Scope* scope = this; scope; scope = scope->outer_)
        if (const auto found = scope->values_.find(name); found != scope->values_.end())
            return &found->second;
    return nullptr;
}

std::weak_ptr<const bool> Scope::alive() const
{
    if (!alive_)
        alive_ = std::make_shared<const bool>(true);
    return alive_;
}

Interpreter::Interpreter(const Limits& limits, const Scope& globals)
    : limits_(limits), globals_(globals), stack_(stackPosition())
{
}

Status Interpreter::run(const Statements& statements)
{
    Scope scope(&globals_);
    HILO_TRY(const Flow flow, execute(statements, scope));
    if (flow != Flow::Normal)
        return failure(templateError("break or continue outside of a loop"));
    return spend(0);
}

Status Interpreter::spend(std::int64_t steps, std::int64_t bytes)
{
    if (takeTooLarge())
        return failure(templateError("a value is too large to be written or compared",
                                     "look for lists that hold one another many times"));
    steps_ += steps;
    bytes_ += bytes;
    if (steps_ > limits_.steps)
        return failure(
            templateError("the template does not come to an end within " + std::to_string(limits_.steps) + " steps",
                          "look for a loop that is too long"));
    const std::uintptr_t position = stackPosition();
    if (std::max(position, stack_) - std::min(position, stack_) > mostStackBytes)
        return failure(templateError("the template's expressions, blocks and macros are too deep inside one another"));
    if (bytes > limits_.outputBytes || bytes_ > limits_.memoryBytes)
        return failure(templateError(
            "the template makes more than " +
            std::to_string((bytes > limits_.outputBytes ? limits_.outputBytes : limits_.memoryBytes) >> 20) +
            " MiB of text"));
    return {};
}

Result<Value> Interpreter::checked(Value value)
{
    std::int64_t bytes = 0;
    if (value.isString())
        bytes = static_cast<std::int64_t>(value.string().size());
    else if (value.isSequence())
        bytes = static_cast<std::int64_t>(value.sequence().items.size() * sizeof(Value));
    else if (value.isDictionary())
        bytes = static_cast<std::int64_t>(value.dictionary().entries.size() * 2 * sizeof(Value));
    HILO_CHECK(spend(1 + bytes / 64, bytes));
    if (value.depth() > limits_.depth)
        return failure(templateError("lists are nested more than " + std::to_string(limits_.depth) + " deep"));
    return value;
}

Status Interpreter::write(const std::string& text)
{
    HILO_CHECK(spend(1 + static_cast<std::int64_t>(text.size() / 64), static_cast<std::int64_t>(text.size())));
    if (static_cast<std::int64_t>(output_.size() + text.size()) > limits_.outputBytes)
        return failure(
            templateError("the template writes more than " + std::to_string(limits_.outputBytes >> 20) + " MiB"));
    output_ += text;
    return {};
}

Result<std::string> Interpreter::captured(const Statements& statements, Scope& scope)
{
    std::string outer = std::exchange(output_, {});
    ++captures_;
    const auto flow = execute(statements, scope);
    --captures_;
    std::string inner = std::exchange(output_, std::move(outer));
    if (!flow)
        return failure(flow.error());
    return inner;
}

Result<Interpreter::Flow> Interpreter::execute(const Statements& statements, Scope& scope)
{
    for (const auto& statement : statements) {
        HILO_CHECK(spend(1));
        auto flow = executeOne(*statement, scope);
        if (!flow) {
            // The innermost statement knows the line.
            if (flow.error().place.empty())
                flow.error().place = "line " + std::to_string(statement->line);
            return flow;
        }
        if (*flow != Flow::Normal)
            return flow;
    }
    return Flow::Normal;
}

Result<Interpreter::Flow> Interpreter::executeOne(const Statement& statement, Scope& scope)
{
    switch (statement.kind) {
    case StatementKind::Text:
        HILO_CHECK(write(statement.text));
        break;
    case StatementKind::Output: {
        HILO_TRY(const Value value, evaluate(*statement.expression, scope));
        HILO_CHECK(write(text(value)));
        break;
    }
    case StatementKind::For: {
        HILO_TRY(const Value iterated, evaluate(*statement.expression, scope));
        HILO_TRY(const std::vector<Value> values, items(iterated));
        return runFor(statement, values, scope, 1);
    }
    case StatementKind::If: {
        HILO_TRY(const Value condition, evaluate(*statement.expression, scope));
        return execute(condition.isTrue() ? statement.body : statement.otherwise, scope);
    }
    case StatementKind::Set: {
        HILO_TRY(const Value value, evaluate(*statement.expression, scope));
        HILO_CHECK(assign(*statement.target, value, scope));
        break;
    }
    case StatementKind::SetBlock: {
        Scope inner(&scope);
        HILO_TRY(std::string text, captured(statement.body, inner));
        Value value(std::move(text));
        if (statement.expression) {
            HILO_TRY(value, evaluateFilter(*this, *statement.expression, scope, &value));
        }
        HILO_CHECK(assign(*statement.target, value, scope));
        break;
    }
    case StatementKind::Macro:
        scope.set(statement.text, makeMacro(statement, scope));
        break;
    case StatementKind::CallBlock: {
        const Value caller = makeMacro(statement, scope);
        HILO_TRY(const Value value, evaluateCall(*this, *statement.expression, scope, &caller));
        HILO_CHECK(write(text(value)));
        break;
    }
    case StatementKind::FilterBlock: {
        Scope inner(&scope);
        HILO_TRY(std::string inside, captured(statement.body, inner));
        const Value block(std::move(inside));
        HILO_TRY(const Value value, evaluateFilter(*this, *statement.expression, scope, &block));
        HILO_CHECK(write(text(value)));
        break;
    }
    case StatementKind::With: {
        Scope inner(&scope);
        for (const auto& [target, expression] : statement.assignments) {
            HILO_TRY(const Value value, evaluate(*expression, scope));
            HILO_CHECK(assign(*target, value, inner));
        }
        return execute(statement.body, inner);
    }
    case StatementKind::Generation: {
        if (captures_ > 0)
            return failure(
                templateError("{% generation %} inside of a macro or a captured block: where its text comes to "
                              "stand is not known"));
        const std::size_t begin = output_.size();
        Scope inner(&scope);
        HILO_TRY(const Flow flow, execute(statement.body, inner));
        generated_.push_back({begin, output_.size()});
        return flow;
    }
    case StatementKind::Break:
        return Flow::Break;
    case StatementKind::Continue:
        return Flow::Continue;
    }
    return Flow::Normal;
}

Result<Interpreter::Flow> Interpreter::runFor(const Statement& loop, const std::vector<Value>& all, const Scope& scope,
                                              int depth)
{
    if (depth > limits_.depth)
        return failure(templateError("the loop calls itself more than " + std::to_string(limits_.depth) + " deep"));
    std::vector<Value> values;
    for (const Value& value : all) {
        HILO_CHECK(spend(1));
        if (loop.condition) {
            Scope inner(&scope);
            HILO_CHECK(assign(*loop.target, value, inner));
            HILO_TRY(const Value wanted, evaluate(*loop.condition, inner));
            if (!wanted.isTrue())
                continue;
        }
        values.push_back(value);
    }
    if (values.empty()) {
        Scope inner(&scope);
        return execute(loop.otherwise, inner);
    }
    const auto state = std::make_shared<Loop>(values, depth);
    const Value shown(std::static_pointer_cast<Object>(state));
    if (loop.recursive)
        state->setRecursion([this, &loop, &scope, depth](const Value& deeper) -> Result<Value> {
            HILO_TRY(const std::vector<Value> below, items(deeper));
            std::string outer = std::exchange(output_, {});
            ++captures_;
            const auto flow = runFor(loop, below, scope, depth + 1);
            --captures_;
            std::string inner = std::exchange(output_, std::move(outer));
            if (!flow)
                return failure(flow.error());
            return Value(std::move(inner));
        });
    for (std::size_t i = 0; i < values.size(); ++i) {
        HILO_CHECK(spend(1));
        Scope inner(&scope);
        HILO_CHECK(assign(*loop.target, values[i], inner));
        state->moveTo(i);
        inner.set("loop", shown);
        HILO_TRY(const Flow flow, execute(loop.body, inner));
        if (flow == Flow::Break)
            break;
    }
    // What a template kept of the loop must not call into a pass that is over.
    state->setRecursion({});
    return Flow::Normal;
}

Status Interpreter::assign(const Expression& target, const Value& value, Scope& scope)
{
    if (target.kind == Expression::Kind::Name) {
        scope.set(target.name, value);
        return {};
    }
    if (target.kind == Expression::Kind::Attribute) {
        HILO_TRY(const Value object, evaluate(*target.children[0], scope));
        const auto names = object.isObject() ? std::dynamic_pointer_cast<Namespace>(object.object()) : nullptr;
        if (!names)
            return failure(templateError("cannot assign attribute on non-namespace object"));
        names->set(target.name, value);
        return {};
    }
    HILO_TRY(const std::vector<Value> values, items(value));
    if (values.size() != target.children.size())
        return failure(templateError("expected " + std::to_string(target.children.size()) + " values to unpack, not " +
                                     std::to_string(values.size())));
    for (std::size_t i = 0; i < values.size(); ++i)
        HILO_CHECK(assign(*target.children[i], values[i], scope));
    return {};
}

Result<Value> Interpreter::runMacro(const Statement& macro, const Scope& definedIn, const Arguments& arguments,
                                    const Value* caller)
{
    if (++depth_ > limits_.depth) {
        --depth_;
        return failure(templateError("macros call one another more than " + std::to_string(limits_.depth) + " deep"));
    }
    Scope scope(&definedIn);
    const auto work = [&]() -> Result<Value> {
        HILO_CHECK(bindParameters(*this, macro, arguments, scope));
        if (caller)
            scope.set("caller", *caller);
        HILO_TRY(std::string text, captured(macro.body, scope));
        return Value(std::move(text));
    };
    auto result = work();
    --depth_;
    return result;
}

Result<Value> Interpreter::evaluate(const Expression& expression, const Scope& scope)
{
    HILO_CHECK(spend(1));
    auto value = evaluateExpression(*this, expression, scope);
    if (!value && value.error().place.empty())
        value.error().place = "line " + std::to_string(expression.line);
    return value;
}

Result<Value> Interpreter::call(const Value& callee, const Arguments& arguments)
{
    HILO_CHECK(defined(callee));
    if (!callee.isObject())
        return failure(templateError("'" + callee.typeName() + "' object is not callable"));
    HILO_TRY(Value value, callee.object()->call(*this, arguments));
    return checked(std::move(value));
}

Result<Value> Interpreter::filter(const std::string& name, const Value& input, const Arguments& arguments)
{
    const Filter* found = findFilter(name);
    if (!found)
        return failure(templateError("No filter named '" + name + "'."));
    HILO_TRY(Value value, (*found)(*this, input, arguments));
    return checked(std::move(value));
}

Result<bool> Interpreter::test(const std::string& name, const Value& input, const std::vector<Value>& arguments)
{
    HILO_CHECK(spend(1));
    return testHolds(*this, name, input, arguments);
}

Result<std::vector<Value>> Interpreter::items(const Value& value)
{
    std::vector<Value> values;
    if (value.isUndefined())
        return values;
    if (value.isSequence()) {
        values = value.sequence().items;
    } else if (value.isDictionary()) {
        for (const auto& [key, item] : value.dictionary().entries)
            values.push_back(key);
    } else if (value.isString()) {
        const std::string& characters = value.string();
        HILO_CHECK(spend(static_cast<std::int64_t>(characters.size() / 8),
                         static_cast<std::int64_t>(characters.size() * sizeof(Value))));
        for (std::size_t at = 0; at < characters.size();) {
            const std::size_t begin = at;
            utf8::next(characters, at);
            values.emplace_back(characters.substr(begin, at - begin));
        }
        return values;
    } else {
        return failure(templateError("'" + value.typeName() + "' object is not iterable"));
    }
    HILO_CHECK(
        spend(static_cast<std::int64_t>(values.size() / 8), static_cast<std::int64_t>(values.size() * sizeof(Value))));
    return values;
}

Result<Value> Interpreter::attribute(const Value& value, const std::string& name)
{
    if (value.isUndefined())
        return failure(templateError("'" + value.undefinedName() + "' is undefined"));
    if (name.starts_with("__"))
        return Value::undefined("access to attribute '" + name + "' is unsafe");
    if (value.isObject()) {
        if (const auto found = value.object()->attribute(name))
            return *found;
        return Value::undefined("'" + value.typeName() + " object' has no attribute '" + name + "'");
    }
    // As Python's getattr: a dict's methods go before its keys.
    if (const auto method = methodOf(value, name))
        return *method;
    if (value.isDictionary())
        if (const Value* found = value.dictionary().find(std::string_view(name)))
            return *found;
    return Value::undefined("'" + value.typeName() + " object' has no attribute '" + name + "'");
}

Result<Value> Interpreter::subscript(const Value& value, const Value& index)
{
    if (value.isUndefined())
        return failure(templateError("'" + value.undefinedName() + "' is undefined"));
    if (value.isDictionary()) {
        if (const Value* found = value.dictionary().find(index))
            return *found;
    } else if ((value.isSequence() || value.isString()) && (index.isInteger() || index.isBool())) {
        HILO_TRY(const std::vector<Value> all, items(value));
        std::int64_t at = index.integer();
        if (at < 0)
            at += static_cast<std::int64_t>(all.size());
        if (at >= 0 && at < static_cast<std::int64_t>(all.size()))
            return all[static_cast<std::size_t>(at)];
    }
    if (index.isString())
        return attribute(value, index.string());
    return Value::undefined("'" + value.typeName() + " object' has no element " + representation(index));
}

} // namespace hilo::jinja
