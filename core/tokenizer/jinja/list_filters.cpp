// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/list_filters.h"

#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"
#include "tokenizer/jinja/python_text.h"

#include <algorithm>
#include <optional>

namespace hilo::jinja {
namespace {

/// "a.b.0" of a value, as the attribute arguments of filters have it.
Result<Value> attributeOf(Interpreter& interpreter, const Value& value, const Value& path)
{
    if (path.isInteger())
        return interpreter.subscript(value, path);
    Value current = value;
    for (const std::string& part : python::split(text(path), std::string("."), -1)) {
        const bool isNumber = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
        HILO_TRY(current,
                 interpreter.subscript(current, isNumber && part.size() < 10 ? Value(std::stoi(part)) : Value(part)));
    }
    return current;
}

Result<Value> firstOrLast(Interpreter& interpreter, const Value& input, bool first)
{
    HILO_TRY(const std::vector<Value> all, interpreter.items(input));
    if (all.empty())
        return Value::undefined(first ? "No first item, sequence was empty." : "No last item, sequence was empty.");
    return first ? all.front() : all.back();
}

Result<Value> length(Interpreter&, const Value& input, const Arguments&)
{
    if (input.isUndefined())
        return Value(0);
    if (input.isString())
        return Value(python::length(input.string()));
    if (input.isSequence())
        return Value(static_cast<std::int64_t>(input.sequence().items.size()));
    if (input.isDictionary())
        return Value(static_cast<std::int64_t>(input.dictionary().entries.size()));
    return failure(templateError("object of type '" + input.typeName() + "' has no len()"));
}

Result<Value> join(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    const std::string separator = text(arguments.at(0, "d", Value("")));
    const Value path = arguments.at(1, "attribute");
    HILO_TRY(const std::vector<Value> all, interpreter.items(input));
    std::string result;
    for (std::size_t i = 0; i < all.size(); ++i) {
        Value part = all[i];
        if (!path.isNone()) {
            HILO_TRY(part, attributeOf(interpreter, part, path));
        }
        const std::string more = (i > 0 ? separator : "") + text(part);
        HILO_CHECK(interpreter.spend(1, static_cast<std::int64_t>(more.size())));
        result += more;
    }
    return Value(std::move(result));
}

Result<Value> list(Interpreter& interpreter, const Value& input, const Arguments&)
{
    HILO_TRY(std::vector<Value> all, interpreter.items(input));
    return Value::list(std::move(all));
}

Result<Value> reverse(Interpreter& interpreter, const Value& input, const Arguments&)
{
    HILO_TRY(std::vector<Value> all, interpreter.items(input));
    std::reverse(all.begin(), all.end());
    if (!input.isString())
        return Value::list(std::move(all));
    std::string result;
    for (const Value& character : all)
        result += character.string();
    return Value(std::move(result));
}

Result<Value> map(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    // As in Jinja, what is empty or none has nothing to map; so too below.
    HILO_TRY(const std::vector<Value> all, interpreter.items(input.isTrue() ? input : Value::list({})));
    std::vector<Value> results;
    const Value* path = arguments.find("attribute");
    if (!path && arguments.positional.empty())
        return failure(templateError("map requires a filter argument"));
    for (const Value& value : all) {
        Value mapped;
        if (path) {
            HILO_TRY(mapped, attributeOf(interpreter, value, *path));
            if (const Value* fallback = arguments.find("default"); fallback && mapped.isUndefined())
                mapped = *fallback;
        } else {
            Arguments rest;
            rest.positional.assign(arguments.positional.begin() + 1, arguments.positional.end());
            rest.named = arguments.named;
            HILO_TRY(mapped, interpreter.filter(text(arguments.positional.front()), value, rest));
        }
        results.push_back(std::move(mapped));
    }
    return Value::list(std::move(results));
}

/// select, reject and their forms with an attribute.
Filter selection(bool keep, bool byAttribute)
{
    return
        [keep, byAttribute](Interpreter& interpreter, const Value& input, const Arguments& arguments) -> Result<Value> {
            HILO_TRY(const std::vector<Value> all, interpreter.items(input.isTrue() ? input : Value::list({})));
            const std::size_t first = byAttribute ? 1 : 0;
            if (arguments.positional.size() < first)
                return failure(templateError("the name of an attribute is missing"));
            std::vector<Value> kept;
            for (const Value& value : all) {
                HILO_CHECK(interpreter.spend(1));
                Value tested = value;
                if (byAttribute) {
                    HILO_TRY(tested, attributeOf(interpreter, value, arguments.positional.front()));
                }
                bool holds = tested.isTrue();
                if (arguments.positional.size() > first) {
                    const std::vector<Value> rest(arguments.positional.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                                                  arguments.positional.end());
                    HILO_TRY(holds, interpreter.test(text(arguments.positional[first]), tested, rest));
                }
                if (holds == keep)
                    kept.push_back(value);
            }
            return Value::list(std::move(kept));
        };
}

/// What is compared: an attribute where one is named, and texts without their case unless it counts.
Result<Value> keyOf(Interpreter& interpreter, const Value& value, const Value& path, bool caseCounts)
{
    const auto folded = [caseCounts](const Value& key) {
        return key.isString() && !caseCounts ? Value(python::lower(key.string())) : key;
    };
    if (path.isNone())
        return folded(value);
    if (!path.isString() || path.string().find(',') == std::string::npos) {
        HILO_TRY(const Value key, attributeOf(interpreter, value, path));
        return folded(key);
    }
    // "age,name": by the first, then by the second.
    std::vector<Value> keys;
    for (const std::string& part : python::split(path.string(), std::string(","), -1)) {
        HILO_TRY(const Value key, attributeOf(interpreter, value, Value(part)));
        keys.push_back(folded(key));
    }
    return Value::list(std::move(keys));
}

/// Stable, with errors where values have no order.
Status sortByKeys(Interpreter& interpreter, std::vector<std::pair<Value, Value>>& keyed, bool reverse)
{
    std::optional<Error> error;
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(keyed.size()) * 16));
    std::stable_sort(keyed.begin(), keyed.end(), [&error, reverse](const auto& a, const auto& b) {
        const auto order = compare(a.first, b.first);
        if (!order) {
            error = order.error();
            return false;
        }
        return reverse ? *order > 0 : *order < 0;
    });
    if (error)
        return failure(*error);
    return {};
}

Result<std::vector<std::pair<Value, Value>>> keyedItems(Interpreter& interpreter, const Value& input, const Value& path,
                                                        bool caseCounts)
{
    HILO_TRY(const std::vector<Value> all, interpreter.items(input));
    std::vector<std::pair<Value, Value>> keyed;
    for (const Value& value : all) {
        HILO_TRY(Value key, keyOf(interpreter, value, path, caseCounts));
        keyed.emplace_back(std::move(key), value);
    }
    return keyed;
}

Result<Value> sort(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    const bool reverse = arguments.at(0, "reverse", Value(false)).isTrue();
    const bool caseCounts = arguments.at(1, "case_sensitive", Value(false)).isTrue();
    HILO_TRY(auto keyed, keyedItems(interpreter, input, arguments.at(2, "attribute"), caseCounts));
    HILO_CHECK(sortByKeys(interpreter, keyed, reverse));
    std::vector<Value> sorted;
    for (auto& [key, value] : keyed)
        sorted.push_back(std::move(value));
    return Value::list(std::move(sorted));
}

Filter extreme(bool largest)
{
    return [largest](Interpreter& interpreter, const Value& input, const Arguments& arguments) -> Result<Value> {
        const bool caseCounts = arguments.at(0, "case_sensitive", Value(false)).isTrue();
        HILO_TRY(const auto keyed, keyedItems(interpreter, input, arguments.at(1, "attribute"), caseCounts));
        if (keyed.empty())
            return Value::undefined("No aggregated item, sequence was empty.");
        std::size_t best = 0;
        for (std::size_t i = 1; i < keyed.size(); ++i) {
            HILO_TRY(const int order, compare(keyed[i].first, keyed[best].first));
            if (largest ? order > 0 : order < 0)
                best = i;
        }
        return keyed[best].second;
    };
}

Result<Value> unique(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    const bool caseCounts = arguments.at(0, "case_sensitive", Value(false)).isTrue();
    HILO_TRY(const auto keyed, keyedItems(interpreter, input, arguments.at(1, "attribute"), caseCounts));
    std::vector<Value> seen, kept;
    for (const auto& [key, value] : keyed) {
        HILO_CHECK(interpreter.spend(1 + static_cast<std::int64_t>(seen.size() / 4)));
        if (std::any_of(seen.begin(), seen.end(), [&key = key](const Value& other) { return equal(key, other); }))
            continue;
        seen.push_back(key);
        kept.push_back(value);
    }
    return Value::list(std::move(kept));
}

Result<Value> sum(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    const Value path = arguments.at(0, "attribute");
    Value total = arguments.at(1, "start", Value(0));
    HILO_TRY(const std::vector<Value> all, interpreter.items(input));
    for (const Value& value : all) {
        Value part = value;
        if (!path.isNone()) {
            HILO_TRY(part, attributeOf(interpreter, value, path));
        }
        HILO_TRY(total, binaryOperation(interpreter, "+", total, part));
    }
    return total;
}

Result<Value> batch(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    HILO_TRY(const std::int64_t size, integerArgument(arguments, 0, "linecount", 1));
    HILO_TRY(const std::vector<Value> all, interpreter.items(input));
    if (size < 1 || size > 1'000'000)
        return failure(templateError("batch needs a size from 1 to 1000000"));
    std::vector<Value> batches, current;
    const Value fill = arguments.at(1, "fill_with");
    for (const Value& value : all) {
        current.push_back(value);
        if (static_cast<std::int64_t>(current.size()) == size)
            batches.push_back(Value::list(std::exchange(current, {})));
    }
    if (!current.empty()) {
        while (!fill.isNone() && static_cast<std::int64_t>(current.size()) < size)
            current.push_back(fill);
        batches.push_back(Value::list(std::move(current)));
    }
    return Value::list(std::move(batches));
}

Result<Value> dictSort(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    if (!input.isDictionary())
        return failure(templateError("dictsort needs a dict, not " + input.typeName()));
    const bool caseCounts = arguments.at(0, "case_sensitive", Value(false)).isTrue();
    const bool byValue = text(arguments.at(1, "by", Value("key"))) == "value";
    const bool reverse = arguments.at(2, "reverse", Value(false)).isTrue();
    std::vector<std::pair<Value, Value>> keyed;
    for (const auto& [key, value] : input.dictionary().entries) {
        HILO_TRY(Value order, keyOf(interpreter, byValue ? value : key, {}, caseCounts));
        keyed.emplace_back(std::move(order), Value::tuple({key, value}));
    }
    HILO_CHECK(sortByKeys(interpreter, keyed, reverse));
    std::vector<Value> sorted;
    for (auto& [key, value] : keyed)
        sorted.push_back(std::move(value));
    return Value::list(std::move(sorted));
}

Result<Value> itemsOf(Interpreter&, const Value& input, const Arguments&)
{
    if (input.isUndefined())
        return Value::list({});
    if (!input.isDictionary())
        return failure(templateError("Can only get item pairs from a mapping."));
    std::vector<Value> pairs;
    for (const auto& [key, value] : input.dictionary().entries)
        pairs.push_back(Value::tuple({key, value}));
    return Value::list(std::move(pairs));
}

Result<Value> groupBy(Interpreter& interpreter, const Value& input, const Arguments& arguments)
{
    const Value path = arguments.at(0, "attribute");
    HILO_TRY(auto keyed, keyedItems(interpreter, input, path, false));
    if (const Value* fallback = arguments.find("default"))
        for (auto& [key, value] : keyed)
            if (key.isUndefined())
                key = *fallback;
    HILO_CHECK(sortByKeys(interpreter, keyed, false));
    std::vector<Value> groups;
    for (std::size_t begin = 0; begin < keyed.size();) {
        std::size_t end = begin;
        std::vector<Value> members;
        while (end < keyed.size() && equal(keyed[end].first, keyed[begin].first))
            members.push_back(keyed[end++].second);
        HILO_TRY(Value shown, keyOf(interpreter, members.front(), path, true));
        groups.push_back(Value::tuple({shown.isUndefined() ? keyed[begin].first : shown, Value::list(members)}));
        begin = end;
    }
    return Value::list(std::move(groups));
}

} // namespace

Filters listFilters()
{
    return {
        {"first", [](Interpreter& interpreter, const Value& input,
                     const Arguments&) { return firstOrLast(interpreter, input, true); }},
        {"last", [](Interpreter& interpreter, const Value& input,
                    const Arguments&) { return firstOrLast(interpreter, input, false); }},
        {"length", length},
        {"count", length},
        {"join", join},
        {"list", list},
        {"reverse", reverse},
        {"map", map},
        {"select", selection(true, false)},
        {"reject", selection(false, false)},
        {"selectattr", selection(true, true)},
        {"rejectattr", selection(false, true)},
        {"sort", sort},
        {"min", extreme(false)},
        {"max", extreme(true)},
        {"unique", unique},
        {"sum", sum},
        {"batch", batch},
        {"dictsort", dictSort},
        {"items", itemsOf},
        {"groupby", groupBy},
        {"attr",
         [](Interpreter& interpreter, const Value& input, const Arguments& arguments) {
             return interpreter.attribute(input, text(arguments.at(0, "name")));
         }},
    };
}

} // namespace hilo::jinja
