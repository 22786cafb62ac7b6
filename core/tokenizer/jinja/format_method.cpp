// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/format_method.h"

#include "tokenizer/jinja/interpreter.h"
#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"
#include "tokenizer/jinja/python_text.h"
#include "tokenizer/utf8.h"

#include <charconv>

namespace hilo::jinja {
namespace {

using python::Side;

/// What stands behind the colon.
struct Specification
{
    std::string fill = " ";
    char alignment = '\0'; ///< '<', '>', '^', '='
    char sign = '-';
    bool zeros = false, comma = false;
    std::int64_t width = 0, precision = -1;
    char kind = '\0';
};

Result<std::int64_t> digitsAt(const std::string& text, std::size_t& at)
{
    std::int64_t number = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        number = number * 10 + (text[at++] - '0');
        if (number > 10000)
            return failure(templateError("a width of more than 10000 in a format"));
    }
    return number;
}

Result<Specification> specificationOf(const std::string& text)
{
    Specification result;
    std::size_t at = 0;
    const std::string_view alignments = "<>^=";
    const std::size_t first = text.empty() ? 0 : utf8::lengthFrom(static_cast<unsigned char>(text[0]));
    if (first < text.size() && alignments.find(text[first]) != std::string_view::npos) {
        result.fill = text.substr(0, first);
        result.alignment = text[first];
        at = first + 1;
    } else if (!text.empty() && alignments.find(text[0]) != std::string_view::npos) {
        result.alignment = text[at++];
    }
    if (at < text.size() && (text[at] == '+' || text[at] == '-' || text[at] == ' '))
        result.sign = text[at++];
    if (at < text.size() && text[at] == '0') {
        result.zeros = true;
        ++at;
    }
    HILO_TRY(result.width, digitsAt(text, at));
    if (at < text.size() && text[at] == ',') {
        result.comma = true;
        ++at;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        HILO_TRY(result.precision, digitsAt(text, at));
    }
    if (at < text.size())
        result.kind = text[at++];
    if (at < text.size())
        return failure(templateError("Invalid format specifier '" + text + "'"));
    return result;
}

std::string withCommas(const std::string& digits)
{
    const std::size_t whole = std::min(digits.find('.'), digits.size());
    std::string result = digits.substr(whole);
    for (std::size_t i = 0; i < whole; ++i) {
        if (i > 0 && i % 3 == 0)
            result.insert(0, ",");
        result.insert(0, 1, digits[whole - 1 - i]);
    }
    return result;
}

/// Without its sign.
Result<std::string> magnitudeOf(const Value& value, const Specification& form)
{
    const bool whole = !value.isFloat();
    const char kind = form.kind ? form.kind : whole ? 'd' : '\0';
    if (whole && (kind == 'd' || kind == 'x' || kind == 'X' || kind == 'o' || kind == 'b')) {
        char buffer[80];
        const std::int64_t number = value.integer();
        const auto positive = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
        const int base = kind == 'd' ? 10 : kind == 'o' ? 8 : kind == 'b' ? 2 : 16;
        std::string digits(buffer, std::to_chars(buffer, buffer + sizeof buffer, positive, base).ptr);
        return kind == 'X' ? python::upper(digits) : digits;
    }
    const double number = std::abs(value.number());
    if (!kind && form.precision < 0)
        return floatText(number);
    if (std::string_view("fFeEgG%").find(kind) == std::string_view::npos && kind)
        return failure(templateError(std::string("Unknown format code '") + kind + "' for object of type '" +
                                     value.typeName() + "'"));
    const std::string precision = std::to_string(form.precision < 0 ? 6 : form.precision);
    const char printed = kind == '%' ? 'f' : kind ? kind : 'g';
    HILO_TRY(std::string digits, formatted("%." + precision + printed, Value(kind == '%' ? number * 100 : number)));
    return kind == '%' ? digits + "%" : digits;
}

Result<std::string> placed(const Value& value, const Specification& form)
{
    if (value.isNumber() && !(value.isBool() && !form.kind) && form.kind != 's') {
        HILO_TRY(std::string digits, magnitudeOf(value, form));
        if (form.comma)
            digits = withCommas(digits);
        const bool negative = value.number() < 0;
        const std::string sign = negative ? "-" : form.sign == '-' ? "" : std::string(1, form.sign);
        const char alignment = form.alignment ? form.alignment : form.zeros ? '=' : '>';
        const std::string fill = form.zeros && !form.alignment ? "0" : form.fill;
        if (alignment == '=')
            return sign +
                   python::padded(digits, form.width - static_cast<std::int64_t>(sign.size()), Side::Right, fill);
        const Side side = alignment == '<' ? Side::Left : alignment == '^' ? Side::Both : Side::Right;
        return python::padded(sign + digits, form.width, side, fill);
    }
    if (form.kind && form.kind != 's')
        return failure(templateError(std::string("Unknown format code '") + form.kind + "' for object of type '" +
                                     value.typeName() + "'"));
    std::string shown = text(value);
    if (form.precision >= 0 && python::length(shown) > form.precision) {
        std::size_t at = 0;
        for (std::int64_t i = 0; i < form.precision; ++i)
            utf8::next(shown, at);
        shown.resize(at);
    }
    // Python puts the odd blank at the right when it centres by a format.
    if (form.alignment == '^') {
        const std::int64_t missing = std::max<std::int64_t>(0, form.width - python::length(shown));
        shown = python::padded(shown, python::length(shown) + missing / 2, Side::Right, form.fill);
        return python::padded(shown, form.width, Side::Left, form.fill);
    }
    return python::padded(shown, form.width, form.alignment == '>' ? Side::Right : Side::Left, form.fill);
}

} // namespace

Result<Value> formatMethod(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    const std::string& form = self.string();
    std::string result;
    std::size_t automatic = 0;
    for (std::size_t at = 0; at < form.size(); ++at) {
        if (form[at] != '{' && form[at] != '}') {
            result += form[at];
            continue;
        }
        if (at + 1 < form.size() && form[at + 1] == form[at]) {
            result += form[at++];
            continue;
        }
        const std::size_t close = form.find('}', at);
        if (form[at] == '}' || close == std::string::npos)
            return failure(templateError("a single '" + std::string(1, form[at]) + "' in a format"));
        std::string field = form.substr(at + 1, close - at - 1), specification;
        if (const std::size_t colon = field.find(':'); colon != std::string::npos) {
            specification = field.substr(colon + 1);
            field.resize(colon);
        }
        char conversion = 's';
        const bool converts = field.size() >= 2 && field[field.size() - 2] == '!';
        if (converts) {
            conversion = field.back();
            field.resize(field.size() - 2);
        }
        Value value;
        if (field.empty() || field.find_first_not_of("0123456789") == std::string::npos) {
            std::size_t position = automatic;
            if (field.empty())
                ++automatic;
            else
                std::from_chars(field.data(), field.data() + field.size(), position);
            if (position >= arguments.positional.size())
                return failure(templateError("the format has more fields than arguments"));
            value = arguments.positional[position];
        } else if (const Value* named = arguments.find(field)) {
            value = *named;
        } else {
            return failure(templateError("the format's field '" + field + "' was not given"));
        }
        if (converts)
            value = Value(conversion == 'r' ? representation(value) : text(value));
        HILO_TRY(const Specification parsed, specificationOf(specification));
        HILO_TRY(const std::string part, placed(value, parsed));
        HILO_CHECK(interpreter.spend(1, static_cast<std::int64_t>(part.size())));
        result += part;
        at = close;
    }
    return Value(std::move(result));
}

} // namespace hilo::jinja
