// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/operations.h"

#include "tokenizer/jinja/printing.h"
#include "tokenizer/utf8.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace hilo::jinja {
namespace {

Error unsupported(const std::string& name, const Value& a, const Value& b)
{
    return templateError("unsupported operand types for " + name + ": '" + a.typeName() + "' and '" + b.typeName() +
                         "'");
}

Error tooLarge()
{
    return templateError("an integer beyond 64 bits");
}

Result<Value> integers(const std::string& name, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    if (name == "+")
        return __builtin_add_overflow(a, b, &result) ? Result<Value>(failure(tooLarge())) : Value(result);
    if (name == "-")
        return __builtin_sub_overflow(a, b, &result) ? Result<Value>(failure(tooLarge())) : Value(result);
    if (name == "*")
        return __builtin_mul_overflow(a, b, &result) ? Result<Value>(failure(tooLarge())) : Value(result);
    if (b == 0)
        return failure(templateError("division by zero"));
    if (a == INT64_MIN && b == -1)
        return failure(tooLarge());
    // Python rounds down, C++ towards zero.
    const std::int64_t remainder = a % b;
    const bool down = remainder != 0 && (remainder < 0) != (b < 0);
    if (name == "//")
        return Value(a / b - (down ? 1 : 0));
    return Value(down ? remainder + b : remainder);
}

Result<Value> power(const Value& a, const Value& b)
{
    if (a.isFloat() || b.isFloat() || b.integer() < 0) {
        if (a.number() == 0 && b.number() < 0)
            return failure(templateError("0 to a negative power"));
        return Value(std::pow(a.number(), b.number()));
    }
    std::int64_t result = 1, base = a.integer();
    for (std::int64_t exponent = b.integer(); exponent > 0; exponent >>= 1) {
        if ((exponent & 1) && __builtin_mul_overflow(result, base, &result))
            return failure(tooLarge());
        if (exponent > 1 && __builtin_mul_overflow(base, base, &base))
            return failure(tooLarge());
    }
    return Value(result);
}

Result<Value> numbers(const std::string& name, const Value& a, const Value& b)
{
    if (name == "**")
        return power(a, b);
    if (name == "/") {
        if (b.number() == 0)
            return failure(templateError("division by zero"));
        return Value(a.number() / b.number());
    }
    if (!a.isFloat() && !b.isFloat())
        return integers(name, a.integer(), b.integer());
    const double x = a.number(), y = b.number();
    if (name == "+")
        return Value(x + y);
    if (name == "-")
        return Value(x - y);
    if (name == "*")
        return Value(x * y);
    if (y == 0)
        return failure(templateError("division by zero"));
    if (name == "//")
        return Value(std::floor(x / y));
    double remainder = std::fmod(x, y);
    if (remainder != 0 && (remainder < 0) != (y < 0))
        remainder += y;
    return Value(remainder);
}

Result<Value> repeated(Interpreter& interpreter, const Value& value, std::int64_t times)
{
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(times, 0));
    const std::size_t size = value.isString() ? value.string().size() : value.sequence().items.size();
    const std::size_t most = std::size_t{1} << 40;
    if (size > 0 && count > most / size)
        return failure(templateError("a repetition that is too long"));
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(size * count / 64),
                                 static_cast<std::int64_t>(size * count * (value.isString() ? 1 : sizeof(Value)))));
    if (value.isString()) {
        std::string result;
        for (std::size_t i = 0; i < count; ++i)
            result += value.string();
        return Value(std::move(result));
    }
    std::vector<Value> items;
    for (std::size_t i = 0; i < count; ++i)
        items.insert(items.end(), value.sequence().items.begin(), value.sequence().items.end());
    return value.sequence().isTuple ? Value::tuple(std::move(items)) : Value::list(std::move(items));
}

std::size_t charactersOf(const std::string& value)
{
    std::size_t count = 0;
    for (const char c : value)
        count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
    return count;
}

/// A number by printf, of which only our own form reaches it.
std::string printedNumber(const std::string& flags, char kind, const Value& value)
{
    std::array<char, 1200> buffer{};
    if (kind == 'd' || kind == 'x' || kind == 'X' || kind == 'o') {
        const std::int64_t number = value.isFloat() ? static_cast<std::int64_t>(value.number()) : value.integer();
        std::snprintf(buffer.data(), buffer.size(), ("%" + flags + "ll" + kind).c_str(),
                      static_cast<long long>(number));
    } else {
        std::snprintf(buffer.data(), buffer.size(), ("%" + flags + kind).c_str(), value.number());
    }
    return buffer.data();
}

/// The flags, width and precision behind a "%"; at moves behind them.
Result<std::string> flagsAt(const std::string& form, std::size_t& at)
{
    const std::size_t begin = at;
    while (at < form.size() && std::string_view("-+ #0").find(form[at]) != std::string_view::npos)
        ++at;
    std::size_t digits = at;
    while (at < form.size() && (std::isdigit(static_cast<unsigned char>(form[at])) || form[at] == '.'))
        ++at;
    for (int number = 0; digits < at; ++digits) {
        number = form[digits] == '.' ? 0 : number * 10 + (form[digits] - '0');
        if (number > 1000)
            return failure(templateError("a width of more than 1000 in a format"));
    }
    return form.substr(begin, at - begin);
}

std::string padded(const std::string& flags, std::string value)
{
    const bool left = flags.find('-') != std::string::npos;
    std::size_t width = 0, precision = std::string::npos;
    const std::size_t first = flags.find_first_of("123456789.");
    if (first != std::string::npos) {
        const std::size_t dot = flags.find('.', first);
        if (dot != first)
            width = static_cast<std::size_t>(std::strtoul(flags.c_str() + first, nullptr, 10));
        if (dot != std::string::npos)
            precision = static_cast<std::size_t>(std::strtoul(flags.c_str() + dot + 1, nullptr, 10));
    }
    if (precision != std::string::npos) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < precision && at < value.size(); ++i)
            at += utf8::lengthFrom(static_cast<unsigned char>(value[at]));
        value.resize(std::min(at, value.size()));
    }
    const std::size_t length = charactersOf(value);
    const std::string fill(width > length ? width - length : 0, ' ');
    return left ? value + fill : fill + value;
}

} // namespace

Status defined(const Value& value)
{
    if (value.isUndefined())
        return failure(templateError("'" + value.undefinedName() + "' is undefined"));
    return {};
}

Result<Value> binaryOperation(Interpreter& interpreter, const std::string& name, const Value& a, const Value& b)
{
    if (name == "~") {
        std::string result = text(a) + text(b);
        HILO_CHECK(
            interpreter.spend(static_cast<std::int64_t>(result.size() / 64), static_cast<std::int64_t>(result.size())));
        return Value(std::move(result));
    }
    HILO_CHECK(defined(a));
    HILO_CHECK(defined(b));
    if (name == "%" && a.isString()) {
        HILO_TRY(std::string result, formatted(a.string(), b));
        return interpreter.checked(Value(std::move(result)));
    }
    if (a.isNumber() && b.isNumber())
        return numbers(name, a, b);
    if (name == "+" && a.isString() && b.isString()) {
        const bool markup = a.isMarkup() || b.isMarkup();
        const auto part = [markup](const Value& value) {
            return markup && !value.isMarkup() ? escapedHtml(value.string()) : value.string();
        };
        std::string result = part(a) + part(b);
        HILO_CHECK(
            interpreter.spend(static_cast<std::int64_t>(result.size() / 64), static_cast<std::int64_t>(result.size())));
        return markup ? Value::markup(std::move(result)) : Value(std::move(result));
    }
    if (name == "+" && a.isSequence() && b.isSequence() && a.sequence().isTuple == b.sequence().isTuple) {
        std::vector<Value> items = a.sequence().items;
        items.insert(items.end(), b.sequence().items.begin(), b.sequence().items.end());
        return interpreter.checked(a.sequence().isTuple ? Value::tuple(std::move(items))
                                                        : Value::list(std::move(items)));
    }
    const auto repeatable = [](const Value& value) { return value.isString() || value.isSequence(); };
    const auto whole = [](const Value& value) { return value.isInteger() || value.isBool(); };
    if (name == "*" && repeatable(a) && whole(b))
        return repeated(interpreter, a, b.integer());
    if (name == "*" && whole(a) && repeatable(b))
        return repeated(interpreter, b, a.integer());
    return failure(unsupported(name, a, b));
}

Result<bool> contains(Interpreter& interpreter, const Value& container, const Value& item)
{
    if (container.isString()) {
        HILO_CHECK(defined(item));
        if (!item.isString())
            return failure(templateError("'in <string>' requires string as left operand, not " + item.typeName()));
        HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(container.string().size() / 64)));
        return container.string().find(item.string()) != std::string::npos;
    }
    if (container.isDictionary())
        return container.dictionary().find(item) != nullptr;
    HILO_TRY(const std::vector<Value> all, interpreter.items(container));
    for (const Value& candidate : all)
        if (equal(candidate, item))
            return true;
    return false;
}

Result<bool> comparisonHolds(Interpreter& interpreter, const std::string& name, const Value& a, const Value& b)
{
    if (name == "==" || name == "!=")
        return equal(a, b) == (name == "==");
    if (name == "in" || name == "not in") {
        HILO_TRY(const bool found, contains(interpreter, b, a));
        return found == (name == "in");
    }
    HILO_TRY(const int order, compare(a, b));
    const bool unordered = a.isNumber() && b.isNumber() && (std::isnan(a.number()) || std::isnan(b.number()));
    return !unordered && (name == "<" ? order < 0 : name == "<=" ? order <= 0 : name == ">" ? order > 0 : order >= 0);
}

Result<std::string> formatted(const std::string& form, const Value& values)
{
    const bool several = values.isSequence() && values.sequence().isTuple;
    const std::size_t given = several ? values.sequence().items.size() : 1;
    std::size_t used = 0;
    std::string result;
    for (std::size_t at = 0; at < form.size(); ++at) {
        if (form[at] != '%') {
            result += form[at];
            continue;
        }
        ++at;
        Value value;
        bool named = false;
        if (at < form.size() && form[at] == '(') {
            const std::size_t close = form.find(')', at);
            if (close == std::string::npos || !values.isDictionary())
                return failure(templateError("a format with names needs a dict"));
            const Value* found = values.dictionary().find(std::string_view(form).substr(at + 1, close - at - 1));
            if (!found)
                return failure(templateError("the format's key is not in the dict"));
            value = *found;
            named = true;
            at = close + 1;
        }
        HILO_TRY(const std::string flags, flagsAt(form, at));
        if (at >= form.size())
            return failure(templateError("incomplete format"));
        const char kind = form[at];
        if (kind == '%') {
            result += '%';
            continue;
        }
        if (!named) {
            if (used == given)
                return failure(templateError("not enough arguments for format string"));
            value = several ? values.sequence().items[used] : values;
            ++used;
        }
        HILO_CHECK(defined(value));
        const bool isInteger = kind == 'd' || kind == 'i' || kind == 'u' || kind == 'x' || kind == 'X' || kind == 'o';
        if (kind == 's' || kind == 'r')
            result += padded(flags, kind == 's' ? text(value) : representation(value));
        else if (kind == 'c' && value.isInteger() && value.integer() >= 0 && value.integer() < 0xd800)
            utf8::append(result, static_cast<std::uint32_t>(value.integer()));
        else if (kind == 'c' && value.isString())
            result += value.string();
        else if (std::string_view("diuxXofFeEgG").find(kind) == std::string_view::npos)
            return failure(templateError(std::string("unsupported format character '") + kind + "'"));
        else if (!value.isNumber() || (isInteger && value.isFloat() && !std::isfinite(value.number())))
            return failure(
                templateError(std::string("%") + kind + " format: a number is required, not " + value.typeName()));
        else
            result += printedNumber(flags, kind == 'i' || kind == 'u' ? 'd' : kind, value);
    }
    if (!values.isDictionary() && used < given && !(used == 0 && values.isSequence() && !several))
        return failure(templateError("not all arguments converted during string formatting"));
    return result;
}

} // namespace hilo::jinja
