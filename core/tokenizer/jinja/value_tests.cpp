// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/value_tests.h"

#include "tokenizer/jinja/filters.h"
#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"
#include "tokenizer/jinja/python_text.h"

#include <map>

namespace hilo::jinja {
namespace {

using Test = Result<bool> (*)(Interpreter&, const Value&, const std::vector<Value>&);

template <bool (Value::*holds)() const>
Result<bool> is(Interpreter&, const Value& value, const std::vector<Value>&)
{
    return (value.*holds)();
}

Result<Value> argument(const std::vector<Value>& arguments)
{
    if (arguments.empty())
        return failure(templateError("the test needs an argument"));
    return arguments.front();
}

/// One of the comparisons by its operator.
template <char first, char second>
Result<bool> compared(Interpreter& interpreter, const Value& value, const std::vector<Value>& arguments)
{
    HILO_TRY(const Value other, argument(arguments));
    std::string name(1, first);
    if (second != '\0')
        name += second;
    return comparisonHolds(interpreter, name, value, other);
}

Result<bool> isIn(Interpreter& interpreter, const Value& value, const std::vector<Value>& arguments)
{
    HILO_TRY(const Value container, argument(arguments));
    return contains(interpreter, container, value);
}

template <std::int64_t rest>
Result<bool> remainder(Interpreter& interpreter, const Value& value, const std::vector<Value>&)
{
    HILO_TRY(const Value left, binaryOperation(interpreter, "%", value, Value(2)));
    return equal(left, Value(rest));
}

Result<bool> isDivisible(Interpreter& interpreter, const Value& value, const std::vector<Value>& arguments)
{
    HILO_TRY(const Value by, argument(arguments));
    HILO_TRY(const Value left, binaryOperation(interpreter, "%", value, by));
    return equal(left, Value(0));
}

Result<bool> isSame(Interpreter&, const Value& value, const std::vector<Value>& arguments)
{
    HILO_TRY(const Value other, argument(arguments));
    return value.typeName() == other.typeName() && equal(value, other);
}

const std::map<std::string, Test, std::less<>>& tests()
{
    static const std::map<std::string, Test, std::less<>> all = {
        {"defined",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return !value.isUndefined();
         }},
        {"undefined", is<&Value::isUndefined>},
        {"none", is<&Value::isNone>},
        {"boolean", is<&Value::isBool>},
        {"integer", is<&Value::isInteger>},
        {"float", is<&Value::isFloat>},
        {"number", is<&Value::isNumber>},
        {"string", is<&Value::isString>},
        {"mapping", is<&Value::isDictionary>},
        // Undefined values have a length and can be iterated over.
        {"sequence",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return value.isString() || value.isSequence() || value.isDictionary();
         }},
        {"iterable",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return value.isString() || value.isSequence() || value.isDictionary() || value.isUndefined();
         }},
        {"callable",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return value.isObject() && value.object()->isCallable();
         }},
        {"true",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return value.isBool() && value.boolean();
         }},
        {"false",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return value.isBool() && !value.boolean();
         }},
        {"upper",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return python::isUpper(text(value));
         }},
        {"lower",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return python::isLower(text(value));
         }},
        {"escaped", [](Interpreter&, const Value&, const std::vector<Value>&) -> Result<bool> { return false; }},
        {"filter",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return value.isString() && findFilter(value.string()) != nullptr;
         }},
        {"test",
         [](Interpreter&, const Value& value, const std::vector<Value>&) -> Result<bool> {
             return value.isString() && isTest(value.string());
         }},
        {"in", isIn},
        {"even", remainder<0>},
        {"odd", remainder<1>},
        {"divisibleby", isDivisible},
        {"sameas", isSame},
        {"eq", compared<'=', '='>},
        {"equalto", compared<'=', '='>},
        {"==", compared<'=', '='>},
        {"ne", compared<'!', '='>},
        {"!=", compared<'!', '='>},
        {"lt", compared<'<', '\0'>},
        {"lessthan", compared<'<', '\0'>},
        {"<", compared<'<', '\0'>},
        {"le", compared<'<', '='>},
        {"<=", compared<'<', '='>},
        {"gt", compared<'>', '\0'>},
        {"greaterthan", compared<'>', '\0'>},
        {">", compared<'>', '\0'>},
        {"ge", compared<'>', '='>},
        {">=", compared<'>', '='>},
    };
    return all;
}

} // namespace

bool isTest(const std::string& name)
{
    return tests().contains(name);
}

Result<bool> testHolds(Interpreter& interpreter, const std::string& name, const Value& input,
                       const std::vector<Value>& arguments)
{
    const auto found = tests().find(name);
    if (found == tests().end())
        return failure(templateError("No test named '" + name + "'."));
    return found->second(interpreter, input, arguments);
}

} // namespace hilo::jinja
