// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/text_filters.h"

#include "tokenizer/jinja/methods.h"
#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"
#include "tokenizer/jinja/python_text.h"
#include "tokenizer/utf8.h"

#include <charconv>
#include <cmath>

namespace hilo::jinja {
namespace {

using python::Side;

/// The method of the same meaning, on the value's text.
Result<Value> byMethod(Interpreter& interpreter, const std::string& name, const Value& input,
                       const Arguments& arguments)
{
    const auto method = methodOf(Value(text(input)), name);
    return interpreter.call(*method, arguments);
}

Filter method(const std::string& name)
{
    return [name](Interpreter& interpreter, const Value& input, const Arguments& arguments) {
        return byMethod(interpreter, name, input, arguments);
    };
}

/// Jinja's title: large first letters behind blanks, hyphens and opening brackets.
Result<Value> title(Interpreter& interpreter, const Value& input, const Arguments&)
{
    const std::string whole = text(input);
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(whole.size() / 8)));
    std::string result, word;
    const auto flush = [&result, &word] {
        result += python::capitalised(word);
        word.clear();
    };
    for (const char c : whole) {
        if (std::string_view("-({[<").find(c) != std::string_view::npos ||
            std::isspace(static_cast<unsigned char>(c))) {
            flush();
            result += c;
        } else {
            word += c;
        }
    }
    flush();
    return Value(std::move(result));
}

Result<Value> defaultValue(Interpreter&, const Value& input, const Arguments& arguments)
{
    const bool alsoFalse = arguments.at(1, "boolean", Value(false)).isTrue();
    if (input.isUndefined() || (alsoFalse && !input.isTrue()))
        return arguments.at(0, "default_value", Value(""));
    return input;
}

Result<Value> indent(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    const Value width = arguments.at(0, "width", Value(4));
    std::string blanks = width.isString() ? width.string() : "";
    if (!width.isString()) {
        HILO_TRY(const std::int64_t count, integerArgument(arguments, 0, "width", 4));
        HILO_CHECK(interpreter.spend(std::max<std::int64_t>(count, 0) / 64, std::max<std::int64_t>(count, 0)));
        blanks.assign(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)), ' ');
    }
    const bool first = arguments.at(1, "first", Value(false)).isTrue();
    const bool blank = arguments.at(2, "blank", Value(false)).isTrue();
    // A newline at the end begins a line of its own.
    const std::string whole = text(input);
    const auto breaks = static_cast<std::int64_t>(std::count(whole.begin(), whole.end(), '\n')) + 1;
    const auto each = static_cast<std::int64_t>(blanks.size());
    // Before anything is made: the lines' blanks may be far more than the text.
    HILO_CHECK(interpreter.spend(breaks, std::min(breaks, mostWritten) * std::min(each, mostWritten)));
    const std::vector<std::string> lines = python::lines(whole + "\n", false);
    std::string result = first ? blanks : "";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        HILO_CHECK(interpreter.spend(1, static_cast<std::int64_t>(lines[i].size())));
        if (i > 0)
            result += "\n" + (blank || !lines[i].empty() ? blanks : "");
        result += lines[i];
    }
    return Value(std::move(result));
}

Result<Value> toJson(Interpreter&, const Value& input, const Arguments& arguments)
{
    JsonForm form;
    form.ascii = arguments.at(0, "ensure_ascii", Value(false)).isTrue();
    const Value indentation = arguments.at(1, "indent");
    if (indentation.isString()) {
        form.indent = indentation.string();
    } else if (!indentation.isNone()) {
        HILO_TRY(const std::int64_t count, integerArgument(arguments, 1, "indent", 0));
        if (count > 1000)
            return failure(templateError("an indentation of more than 1000"));
        form.indent = std::string(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)), ' ');
    }
    if (form.indent)
        form.itemSeparator = ",";
    const Value separators = arguments.at(2, "separators");
    if (!separators.isNone()) {
        if (!separators.isSequence() || separators.sequence().items.size() != 2)
            return failure(templateError("separators must be two texts"));
        form.itemSeparator = text(separators.sequence().items[0]);
        form.keySeparator = text(separators.sequence().items[1]);
    }
    form.sortKeys = arguments.at(3, "sort_keys", Value(false)).isTrue();
    HILO_TRY(std::string result, json(input, form));
    return Value(std::move(result));
}

Result<Value> escape(Interpreter&, const Value& input, const Arguments&)
{
    return input.isMarkup() ? input : Value::markup(escapedHtml(text(input)));
}

Result<Value> toInteger(Interpreter&, const Value& input, const Arguments& arguments)
{
    const Value fallback = arguments.at(0, "default", Value(0));
    HILO_TRY(const std::int64_t base, integerArgument(arguments, 1, "base", 10));
    if (input.isFloat())
        return std::abs(input.number()) < 9e18 ? Value(static_cast<std::int64_t>(input.number())) : fallback;
    if (input.isNumber())
        return Value(input.integer());
    if (!input.isString())
        return fallback;
    std::string digits = python::stripped(input.string(), Side::Both);
    if (digits.starts_with('+'))
        digits.erase(0, 1);
    if (base == 16 && (digits.starts_with("0x") || digits.starts_with("0X")))
        digits.erase(0, 2);
    std::int64_t whole = 0;
    const char* const end = digits.data() + digits.size();
    if (base >= 2 && base <= 36) {
        const auto [stop, code] = std::from_chars(digits.data(), end, whole, static_cast<int>(base));
        if (code == std::errc() && stop == end && !digits.empty())
            return Value(whole);
    }
    double number = 0;
    const auto [stop, code] = std::from_chars(digits.data(), end, number);
    if (code == std::errc() && stop == end && std::abs(number) < 9e18)
        return Value(static_cast<std::int64_t>(number));
    return fallback;
}

Result<Value> toFloat(Interpreter&, const Value& input, const Arguments& arguments)
{
    if (input.isNumber())
        return Value(input.number());
    const Value fallback = arguments.at(0, "default", Value(0.0));
    if (!input.isString())
        return fallback;
    const std::string digits = python::stripped(input.string(), Side::Both);
    double number = 0;
    const auto [stop, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return code == std::errc() && stop == digits.data() + digits.size() ? Value(number) : fallback;
}

Result<Value> absolute(Interpreter& interpreter, const Value& input, const Arguments&)
{
    if (!input.isNumber())
        return failure(templateError("bad operand type for abs(): '" + input.typeName() + "'"));
    if (input.isFloat())
        return Value(std::abs(input.number()));
    return input.integer() < 0 ? binaryOperation(interpreter, "-", Value(0), input) : Value(input.integer());
}

Result<Value> round(Interpreter&, const Value& input, const Arguments& arguments)
{
    HILO_TRY(const std::int64_t digits, integerArgument(arguments, 0, "precision", 0));
    const std::string way = text(arguments.at(1, "method", Value("common")));
    if (!input.isNumber())
        return failure(templateError("a number is required, not " + input.typeName()));
    if (digits < -300 || digits > 300)
        return failure(templateError("a precision beyond 300"));
    const double scale = std::pow(10.0, static_cast<double>(digits));
    if (way == "ceil")
        return Value(std::ceil(input.number() * scale) / scale);
    if (way == "floor")
        return Value(std::floor(input.number() * scale) / scale);
    if (way != "common")
        return failure(templateError("method must be common, ceil or floor"));
    if (!input.isFloat() && digits >= 0)
        return Value(input.integer());
    // Half to even, of the number as it is written in decimal, as Python rounds.
    if (digits >= 0) {
        HILO_TRY(const std::string shown, formatted("%." + std::to_string(digits) + "f", input));
        double number = 0;
        std::from_chars(shown.data(), shown.data() + shown.size(), number);
        return Value(number);
    }
    const double rounded = std::nearbyint(input.number() * scale) / scale;
    return input.isFloat() ? Value(rounded) : Value(static_cast<std::int64_t>(rounded));
}

Result<Value> truncate(Interpreter&, const Value& input, const Arguments& arguments)
{
    HILO_TRY(const std::int64_t most, integerArgument(arguments, 0, "length", 255));
    const bool kill = arguments.at(1, "killwords", Value(false)).isTrue();
    const std::string end = text(arguments.at(2, "end", Value("...")));
    HILO_TRY(const std::int64_t leeway, integerArgument(arguments, 3, "leeway", 5));
    const std::string whole = text(input);
    if (most < python::length(end) || leeway < 0)
        return failure(templateError("truncate needs a length of at least its end's"));
    if (python::length(whole) <= most + leeway)
        return Value(whole);
    const std::int64_t wanted = most - python::length(end);
    std::size_t at = 0;
    for (std::int64_t i = 0; i < wanted && at < whole.size(); ++i)
        utf8::next(whole, at);
    std::string kept = whole.substr(0, at);
    if (!kill)
        kept = kept.substr(0, kept.rfind(' '));
    return Value(kept + end);
}

Result<Value> urlEncoded(Interpreter&, const Value& input, const Arguments&)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text(input)) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x80 && std::isalnum(byte)) || std::string_view("_.-~/").find(c) != std::string_view::npos) {
            result += c;
        } else {
            result += '%';
            result += digits[byte >> 4];
            result += digits[byte & 15];
        }
    }
    return Value(std::move(result));
}

Result<Value> wordCount(Interpreter&, const Value& input, const Arguments&)
{
    return Value(static_cast<std::int64_t>(python::split(text(input), {}, -1).size()));
}

Result<Value> format(Interpreter&, const Value& input, const Arguments& arguments)
{
    Value values = Value::tuple(arguments.positional);
    if (!arguments.named.empty()) {
        Dictionary names;
        for (const auto& [name, value] : arguments.named)
            names.set(Value(name), value);
        values = Value::dictionary(std::move(names));
    }
    HILO_TRY(std::string result, formatted(text(input), values));
    return Value(std::move(result));
}

} // namespace

Filters textFilters()
{
    const Filter safe = [](Interpreter&, const Value& input, const Arguments&) -> Result<Value> {
        return Value::markup(text(input));
    };
    const Filter string = [](Interpreter&, const Value& input, const Arguments&) -> Result<Value> {
        return input.isMarkup() ? input : Value(text(input));
    };
    return {
        {"upper", method("upper")},
        {"lower", method("lower")},
        {"capitalize", method("capitalize")},
        {"title", title},
        {"trim", method("strip")},
        {"replace", method("replace")},
        {"center",
         [](Interpreter& interpreter, const Value& input, const Arguments& arguments) {
             Arguments width;
             width.positional = {arguments.at(0, "width", Value(80))};
             return byMethod(interpreter, "center", input, width);
         }},
        {"string", string},
        {"safe", safe},
        {"default", defaultValue},
        {"d", defaultValue},
        {"indent", indent},
        {"tojson", toJson},
        {"escape", escape},
        {"e", escape},
        {"forceescape", escape},
        {"int", toInteger},
        {"float", toFloat},
        {"abs", absolute},
        {"round", round},
        {"truncate", truncate},
        {"urlencode", urlEncoded},
        {"wordcount", wordCount},
        {"format", format},
        {"pprint",
         [](Interpreter&, const Value& input, const Arguments&) -> Result<Value> {
             return Value(representation(input));
         }},
    };
}

} // namespace hilo::jinja
