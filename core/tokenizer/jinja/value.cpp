// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/value.h"

#include "tokenizer/jinja/object.h"
#include "tokenizer/jinja/printing.h"

#include <algorithm>

namespace hilo::jinja {
namespace {

int sign(std::int64_t a, std::int64_t b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

} // namespace

Error templateError(std::string message, std::string hint)
{
    return badInput({}, {}, std::move(message), std::move(hint));
}

const Value* Dictionary::find(const Value& key) const
{
    for (const auto& [name, value] : entries)
        if (equal(name, key))
            return &value;
    return nullptr;
}

const Value* Dictionary::find(std::string_view key) const
{
    for (const auto& [name, value] : entries)
        if (name.isString() && name.string() == key)
            return &value;
    return nullptr;
}

void Dictionary::set(const Value& key, Value value)
{
    for (auto& [name, old] : entries)
        if (equal(name, key)) {
            old = std::move(value);
            return;
        }
    entries.emplace_back(key, std::move(value));
}

Value Value::undefined(std::string name)
{
    Value value;
    value.data_ = Undefined{std::move(name)};
    return value;
}

namespace {

Value sequenceOf(std::vector<Value> items, bool isTuple)
{
    Sequence made{std::move(items), isTuple, 1};
    for (const Value& item : made.items)
        made.depth = std::max(made.depth, 1 + item.depth());
    return Value(std::make_shared<const Sequence>(std::move(made)));
}

} // namespace

Value Value::markup(std::string text)
{
    Value value(std::move(text));
    value.markup_ = true;
    return value;
}

Value Value::list(std::vector<Value> items)
{
    return sequenceOf(std::move(items), false);
}

Value Value::tuple(std::vector<Value> items)
{
    return sequenceOf(std::move(items), true);
}

Value Value::dictionary(Dictionary made)
{
    for (const auto& [key, value] : made.entries)
        made.depth = std::max({made.depth, 1 + key.depth(), 1 + value.depth()});
    return Value(std::make_shared<const Dictionary>(std::move(made)));
}

int Value::depth() const
{
    return isSequence() ? sequence().depth : isDictionary() ? dictionary().depth : 0;
}

Value Value::fromJson(const Json& json)
{
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        return json.get<double>();
    if (json.is_number_integer())
        return json.get<std::int64_t>();
    if (json.is_number_float())
        return json.get<double>();
    if (json.is_string())
        return json.get<std::string>();
    if (json.is_array()) {
        std::vector<Value> items;
        for (const Json& item : json)
            items.push_back(fromJson(item));
        return list(std::move(items));
    }
    if (json.is_object()) {
        Dictionary object;
        // JSON's keys are unique already.
        for (const auto& [key, value] : json.items())
            object.entries.emplace_back(key, fromJson(value));
        return dictionary(std::move(object));
    }
    return {};
}

std::int64_t Value::integer() const
{
    return isBool() ? (boolean() ? 1 : 0) : std::get<std::int64_t>(data_);
}

double Value::number() const
{
    return isFloat() ? std::get<double>(data_) : static_cast<double>(integer());
}

bool Value::isTrue() const
{
    if (isUndefined() || isNone())
        return false;
    if (isNumber())
        return number() != 0;
    if (isString())
        return !string().empty();
    if (isSequence())
        return !sequence().items.empty();
    if (isDictionary())
        return !dictionary().entries.empty();
    return true;
}

std::string Value::typeName() const
{
    if (isUndefined())
        return "Undefined";
    if (isNone())
        return "NoneType";
    if (isBool())
        return "bool";
    if (isInteger())
        return "int";
    if (isFloat())
        return "float";
    if (isString())
        return "str";
    if (isSequence())
        return sequence().isTuple ? "tuple" : "list";
    return isDictionary() ? "dict" : object()->typeName();
}

namespace {

bool equalValues(const Value& a, const Value& b)
{
    if (a.isNumber() && b.isNumber()) {
        if (!a.isFloat() && !b.isFloat())
            return a.integer() == b.integer();
        return a.number() == b.number();
    }
    if (a.isString() && b.isString())
        return a.string() == b.string();
    // As Python's lists: what is the same one is equal.
    if (a.isSequence() && b.isSequence())
        return &a.sequence() == &b.sequence() ||
               (a.sequence().isTuple == b.sequence().isTuple &&
                std::equal(a.sequence().items.begin(), a.sequence().items.end(), b.sequence().items.begin(),
                           b.sequence().items.end(), equalValues));
    if (a.isDictionary() && b.isDictionary()) {
        const Dictionary& left = a.dictionary();
        if (&left == &b.dictionary())
            return true;
        if (left.entries.size() != b.dictionary().entries.size())
            return false;
        return std::all_of(left.entries.begin(), left.entries.end(), [&b](const auto& entry) {
            const Value* other = b.dictionary().find(entry.first);
            return other && equalValues(entry.second, *other);
        });
    }
    if (a.isObject() && b.isObject())
        return a.object() == b.object();
    return (a.isNone() && b.isNone()) || (a.isUndefined() && b.isUndefined());
}

} // namespace

bool equal(const Value& a, const Value& b)
{
    return !(isTooLarge(a) && isTooLarge(b)) && equalValues(a, b);
}

Result<int> compare(const Value& a, const Value& b)
{
    if (a.isNumber() && b.isNumber()) {
        if (!a.isFloat() && !b.isFloat())
            return sign(a.integer(), b.integer());
        return a.number() < b.number() ? -1 : a.number() > b.number() ? 1 : 0;
    }
    if (a.isString() && b.isString()) {
        // UTF-8 keeps the order of code points.
        const int order = a.string().compare(b.string());
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    if (a.isSequence() && b.isSequence() && a.sequence().isTuple == b.sequence().isTuple) {
        const auto& left = a.sequence().items;
        const auto& right = b.sequence().items;
        for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i)
            if (!equal(left[i], right[i]))
                return compare(left[i], right[i]);
        return sign(static_cast<std::int64_t>(left.size()), static_cast<std::int64_t>(right.size()));
    }
    if (a.isUndefined() || b.isUndefined())
        return failure(templateError("'" + (a.isUndefined() ? a : b).undefinedName() + "' is undefined"));
    return failure(templateError("'" + a.typeName() + "' and '" + b.typeName() + "' have no order"));
}

} // namespace hilo::jinja
