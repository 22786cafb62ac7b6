// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/printing.h"

#include "tokenizer/jinja/object.h"
#include "tokenizer/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <unordered_map>
#include <utility>

namespace hilo::jinja {
namespace {

std::string hexadecimal(const char* form, std::uint32_t number)
{
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), form, number);
    return buffer.data();
}

bool isPrintable(std::uint32_t point)
{
    // Python's str.isprintable: other and separator characters are not, but for the blank.
    switch (u_charType(static_cast<UChar32>(point))) {
    case U_UNASSIGNED:
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return false;
    case U_SPACE_SEPARATOR:
        return point == ' ';
    default:
        return true;
    }
}

/// What repr and json.dumps escape alike in a text between such marks; false for every other character.
bool appendEscape(std::string& result, std::uint32_t point, char quote)
{
    if (point == '\\' || point == static_cast<std::uint32_t>(quote))
        result += std::string("\\") + static_cast<char>(point);
    else if (point == '\n')
        result += "\\n";
    else if (point == '\r')
        result += "\\r";
    else if (point == '\t')
        result += "\\t";
    else
        return false;
    return true;
}

/// A text as repr writes it.
std::string quoted(const std::string& value)
{
    const bool doubles = value.find('\'') != std::string::npos && value.find('"') == std::string::npos;
    const char quote = doubles ? '"' : '\'';
    std::string result(1, quote);
    for (std::size_t at = 0; at < value.size();) {
        const std::size_t begin = at;
        const std::uint32_t point = utf8::next(value, at);
        if (appendEscape(result, point, quote))
            continue;
        if (isPrintable(point))
            result.append(value, begin, at - begin);
        else if (point < 0x100)
            result += hexadecimal("\\x%02x", point);
        else
            result += point < 0x10000 ? hexadecimal("\\u%04x", point) : hexadecimal("\\U%08x", point);
    }
    return result + quote;
}

/// A text as json.dumps writes it.
std::string jsonText(const std::string& value, bool ascii)
{
    std::string result = "\"";
    for (std::size_t at = 0; at < value.size();) {
        const std::size_t begin = at;
        const std::uint32_t point = utf8::next(value, at);
        if (appendEscape(result, point, '"'))
            continue;
        if (point == '\b')
            result += "\\b";
        else if (point == '\f')
            result += "\\f";
        else if (point < 0x20 || (ascii && point >= 0x7f && point < 0x10000))
            // json.dumps leaves U+007F as it is.
            result += point == 0x7f ? std::string(1, '\x7f') : hexadecimal("\\u%04x", point);
        else if (ascii && point >= 0x10000)
            result += hexadecimal("\\u%04x", 0xd7c0 + (point >> 10)) + hexadecimal("\\u%04x", 0xdc00 + (point & 0x3ff));
        else
            result.append(value, begin, at - begin);
    }
    return result + "\"";
}

std::string lineOf(const JsonForm& form, int depth)
{
    std::string line = "\n";
    for (int i = 0; i < depth; ++i)
        line += *form.indent;
    return line;
}

Result<std::string> jsonKey(const Value& key, bool ascii)
{
    if (key.isString())
        return jsonText(key.string(), ascii);
    if (key.isBool())
        return std::string(key.boolean() ? "\"true\"" : "\"false\"");
    if (key.isNone())
        return std::string("\"null\"");
    if (key.isNumber())
        return "\"" + text(key) + "\"";
    return failure(templateError("keys must be str, int, float, bool or None, not " + key.typeName()));
}

thread_local bool wroteTooMuch = false;

constexpr std::int64_t valueSize = 16;

using Sizes = std::unordered_map<const void*, std::int64_t>;

std::int64_t sizeOf(const Value& value, Sizes& known)
{
    if (value.isString())
        return valueSize + static_cast<std::int64_t>(value.string().size());
    if (!value.isSequence() && !value.isDictionary())
        return valueSize;
    const void* place = value.isSequence() ? static_cast<const void*>(&value.sequence())
                                           : static_cast<const void*>(&value.dictionary());
    if (const auto found = known.find(place); found != known.end())
        return found->second;
    std::int64_t size = valueSize;
    const auto add = [&](const Value& one) { size = std::min(mostWritten, size + sizeOf(one, known)); };
    if (value.isSequence())
        for (const Value& item : value.sequence().items)
            add(item);
    else
        for (const auto& [key, item] : value.dictionary().entries) {
            add(key);
            add(item);
        }
    known.emplace(place, size);
    return size;
}

Result<std::string> jsonOf(const Value& value, const JsonForm& form, int depth)
{
    if (value.isString())
        return jsonText(value.string(), form.ascii);
    if (value.isNone())
        return std::string("null");
    if (value.isBool())
        return std::string(value.boolean() ? "true" : "false");
    if (value.isFloat() && !std::isfinite(value.number()))
        return std::string(std::isnan(value.number()) ? "NaN" : value.number() > 0 ? "Infinity" : "-Infinity");
    if (value.isNumber())
        return text(value);
    if (value.isUndefined())
        return failure(templateError("'" + value.undefinedName() + "' is undefined and cannot become JSON"));
    if (!value.isSequence() && !value.isDictionary())
        return failure(templateError("Object of type " + value.typeName() + " is not JSON serializable"));
    std::vector<std::string> parts;
    if (value.isSequence()) {
        for (const Value& item : value.sequence().items) {
            HILO_TRY(std::string part, jsonOf(item, form, depth + 1));
            parts.push_back(std::move(part));
        }
    } else {
        std::vector<const std::pair<Value, Value>*> entries;
        for (const auto& entry : value.dictionary().entries)
            entries.push_back(&entry);
        if (form.sortKeys) {
            for (std::size_t i = 1; i < entries.size(); ++i)
                for (std::size_t j = i; j > 0; --j) {
                    HILO_TRY(const int order, compare(entries[j - 1]->first, entries[j]->first));
                    if (order <= 0)
                        break;
                    std::swap(entries[j - 1], entries[j]);
                }
        }
        for (const auto* entry : entries) {
            HILO_TRY(const std::string key, jsonKey(entry->first, form.ascii));
            HILO_TRY(const std::string part, jsonOf(entry->second, form, depth + 1));
            parts.push_back(key + form.keySeparator + part);
        }
    }
    const char open = value.isSequence() ? '[' : '{', close = value.isSequence() ? ']' : '}';
    if (parts.empty())
        return std::string{open, close};
    std::string result(1, open);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            result += form.itemSeparator;
        if (form.indent)
            result += lineOf(form, depth + 1);
        result += parts[i];
    }
    if (form.indent)
        result += lineOf(form, depth);
    return result + close;
}

} // namespace

std::int64_t writtenSize(const Value& value)
{
    Sizes known;
    return std::min(mostWritten, sizeOf(value, known));
}

bool takeTooLarge()
{
    return std::exchange(wroteTooMuch, false);
}

bool isTooLarge(const Value& value)
{
    if ((!value.isSequence() && !value.isDictionary()) || writtenSize(value) < mostWritten)
        return false;
    wroteTooMuch = true;
    return true;
}

std::string floatText(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value > 0 ? "inf" : "-inf";
    std::array<char, 400> buffer{};
    const double magnitude = std::fabs(value);
    // Python writes a fixed point from 1e-4 to below 1e16, with the shortest digits that read back.
    const bool fixed = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
    const auto form = fixed ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form).ptr;
    std::string result(buffer.data(), end);
    if (fixed && result.find('.') == std::string::npos)
        result += ".0";
    return result;
}

std::string text(const Value& value)
{
    if (value.isString())
        return value.string();
    if (value.isUndefined())
        return {};
    return representation(value);
}

namespace {

std::string representationOf(const Value& value)
{
    if (value.isUndefined())
        return "Undefined";
    if (value.isNone())
        return "None";
    if (value.isBool())
        return value.boolean() ? "True" : "False";
    if (value.isInteger())
        return std::to_string(value.integer());
    if (value.isFloat())
        return floatText(value.number());
    if (value.isString())
        return quoted(value.string());
    std::string result;
    if (value.isSequence()) {
        for (const Value& item : value.sequence().items)
            result += (result.empty() ? "" : ", ") + representationOf(item);
        if (!value.sequence().isTuple)
            return "[" + result + "]";
        return "(" + result + (value.sequence().items.size() == 1 ? ",)" : ")");
    }
    if (value.isDictionary()) {
        for (const auto& [key, item] : value.dictionary().entries)
            result += (result.empty() ? "" : ", ") + representationOf(key) + ": " + representationOf(item);
        return "{" + result + "}";
    }
    return "<" + value.object()->typeName() + ">";
}

} // namespace

std::string representation(const Value& value)
{
    return isTooLarge(value) ? std::string() : representationOf(value);
}

std::string escapedHtml(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '\'':
            result += "&#39;";
            break;
        case '"':
            result += "&#34;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

Result<std::string> json(const Value& value, const JsonForm& form)
{
    const auto between = static_cast<std::int64_t>(form.itemSeparator.size() + form.keySeparator.size() +
                                                   (form.indent ? form.indent->size() : 0) *
                                                       static_cast<std::size_t>(value.depth() + 1));
    const std::int64_t size = writtenSize(value);
    if (size >= mostWritten || size / valueSize * between >= mostWritten)
        return failure(templateError("a value is too large to be written as JSON"));
    return jsonOf(value, form, 0);
}

} // namespace hilo::jinja
