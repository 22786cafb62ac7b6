// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/methods.h"

#include "tokenizer/jinja/format_method.h"
#include "tokenizer/jinja/interpreter.h"
#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"
#include "tokenizer/jinja/python_text.h"

#include <algorithm>
#include <map>

namespace hilo::jinja {
namespace {

using python::Side;
using Method = Result<Value> (*)(Interpreter&, const Value&, const Arguments&);
using Methods = std::map<std::string, Method, std::less<>>;

Result<std::string> textAt(const Arguments& arguments, std::size_t position, std::string_view name)
{
    const Value value = arguments.at(position, name);
    if (!value.isString())
        return failure(templateError(std::string(name) + " must be str, not " + value.typeName()));
    return value.string();
}

/// None and nothing count as not given.
Result<std::optional<std::string>> optionalTextAt(const Arguments& arguments, std::size_t position,
                                                  std::string_view name)
{
    if (arguments.at(position, name).isNone())
        return std::optional<std::string>();
    HILO_TRY(std::string text, textAt(arguments, position, name));
    return std::optional<std::string>(std::move(text));
}

Result<std::int64_t> integerAt(const Arguments& arguments, std::size_t position, std::string_view name,
                               std::int64_t fallback)
{
    const Value value = arguments.at(position, name, Value(fallback));
    if (!value.isInteger() && !value.isBool())
        return failure(templateError(std::string(name) + " must be int, not " + value.typeName()));
    return value.integer();
}

Value listOf(const std::vector<std::string>& texts)
{
    std::vector<Value> values(texts.begin(), texts.end());
    return Value::list(std::move(values));
}

template <Side side>
Result<Value> strip(Interpreter&, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::optional<std::string> characters, optionalTextAt(arguments, 0, "chars"));
    return Value(python::stripped(self.string(), side, characters));
}

template <bool fromRight>
Result<Value> split(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::optional<std::string> separator, optionalTextAt(arguments, 0, "sep"));
    HILO_TRY(const std::int64_t most, integerAt(arguments, 1, "maxsplit", -1));
    if (separator && separator->empty())
        return failure(templateError("empty separator"));
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(self.string().size() / 8),
                                 static_cast<std::int64_t>(self.string().size() * 8)));
    return listOf(fromRight ? python::splitFromRight(self.string(), separator, most)
                            : python::split(self.string(), separator, most));
}

template <bool atEnd>
Result<Value> beginsOrEnds(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    const Value wanted = arguments.at(0, "prefix");
    std::vector<Value> all = {wanted};
    if (wanted.isSequence() && wanted.sequence().isTuple) {
        HILO_TRY(all, interpreter.items(wanted));
    }
    for (const Value& one : all) {
        if (!one.isString())
            return failure(templateError("the first argument must be str or a tuple of str, not " + one.typeName()));
        if (atEnd ? self.string().ends_with(one.string()) : self.string().starts_with(one.string()))
            return Value(true);
    }
    return Value(false);
}

template <std::string (*change)(const std::string&)>
Result<Value> changed(Interpreter& interpreter, const Value& self, const Arguments&)
{
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(self.string().size() / 8)));
    return Value(change(self.string()));
}

template <bool (*belongs)(std::uint32_t)>
Result<Value> isAll(Interpreter&, const Value& self, const Arguments&)
{
    return Value(python::isAllOf(self.string(), belongs));
}

template <bool (*holds)(const std::string&)>
Result<Value> isCase(Interpreter&, const Value& self, const Arguments&)
{
    return Value(holds(self.string()));
}

std::int64_t occurrences(const std::string& text, const std::string& part)
{
    if (part.empty())
        return python::length(text) + 1;
    std::int64_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

Result<Value> replace(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::string from, textAt(arguments, 0, "old"));
    HILO_TRY(const std::string to, textAt(arguments, 1, "new"));
    HILO_TRY(const std::int64_t most, integerAt(arguments, 2, "count", -1));
    const std::int64_t count = occurrences(self.string(), from);
    const auto bytes =
        static_cast<std::int64_t>(self.string().size()) + count * static_cast<std::int64_t>(to.size() + 1);
    HILO_CHECK(interpreter.spend(bytes / 64, bytes));
    return Value(python::replaced(self.string(), from, to, most));
}

Result<Value> joinedBy(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::vector<Value> parts, interpreter.items(arguments.at(0, "iterable")));
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].isString())
            return failure(templateError("sequence item " + std::to_string(i) + ": expected str instance, " +
                                         parts[i].typeName() + " found"));
        const std::string more = (i > 0 ? self.string() : "") + parts[i].string();
        HILO_CHECK(interpreter.spend(1, static_cast<std::int64_t>(more.size())));
        result += more;
    }
    return Value(std::move(result));
}

template <bool fromRight, bool mustBeThere>
Result<Value> find(Interpreter&, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::string part, textAt(arguments, 0, "sub"));
    const std::size_t at = fromRight ? self.string().rfind(part) : self.string().find(part);
    if (at == std::string::npos && mustBeThere)
        return failure(templateError("substring not found"));
    return Value(at == std::string::npos ? std::int64_t{-1} : python::position(self.string(), at));
}

Result<Value> countOfText(Interpreter&, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::string part, textAt(arguments, 0, "sub"));
    return Value(occurrences(self.string(), part));
}

template <Side side>
Result<Value> pad(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::int64_t width, integerAt(arguments, 0, "width", 0));
    const Value fill = arguments.at(1, "fillchar", Value(" "));
    if (!fill.isString() || python::length(fill.string()) != 1)
        return failure(templateError("the fill character must be exactly one character long"));
    HILO_CHECK(interpreter.spend(std::max<std::int64_t>(width, 0) / 64, std::max<std::int64_t>(width, 0) * 4));
    return Value(python::padded(self.string(), width, side, fill.string()));
}

Result<Value> zeroFill(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::int64_t width, integerAt(arguments, 0, "width", 0));
    HILO_CHECK(interpreter.spend(std::max<std::int64_t>(width, 0) / 64, std::max<std::int64_t>(width, 0)));
    const std::string& text = self.string();
    const bool isSigned = text.starts_with('-') || text.starts_with('+');
    const std::string sign = isSigned ? text.substr(0, 1) : "";
    return Value(sign + python::padded(text.substr(sign.size()), width - static_cast<std::int64_t>(sign.size()),
                                       Side::Right, "0"));
}

template <bool fromRight>
Result<Value> partition(Interpreter&, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::string separator, textAt(arguments, 0, "sep"));
    if (separator.empty())
        return failure(templateError("empty separator"));
    const std::string& text = self.string();
    const std::size_t at = fromRight ? text.rfind(separator) : text.find(separator);
    if (at == std::string::npos)
        return fromRight ? Value::tuple({"", "", text}) : Value::tuple({text, "", ""});
    return Value::tuple({text.substr(0, at), separator, text.substr(at + separator.size())});
}

template <bool atEnd>
Result<Value> removeAffix(Interpreter&, const Value& self, const Arguments& arguments)
{
    HILO_TRY(const std::string part, textAt(arguments, 0, atEnd ? "suffix" : "prefix"));
    const std::string& text = self.string();
    if (atEnd ? !text.ends_with(part) : !text.starts_with(part))
        return self;
    return Value(atEnd ? text.substr(0, text.size() - part.size()) : text.substr(part.size()));
}

Result<Value> splitLines(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(self.string().size() / 8)));
    return listOf(python::lines(self.string(), arguments.at(0, "keepends", Value(false)).isTrue()));
}

const Methods& textMethods()
{
    static const Methods methods = {
        {"strip", strip<Side::Both>},
        {"lstrip", strip<Side::Left>},
        {"rstrip", strip<Side::Right>},
        {"split", split<false>},
        {"rsplit", split<true>},
        {"splitlines", splitLines},
        {"startswith", beginsOrEnds<false>},
        {"endswith", beginsOrEnds<true>},
        {"upper", changed<python::upper>},
        {"lower", changed<python::lower>},
        {"casefold", changed<python::lower>},
        {"title", changed<python::titled>},
        {"capitalize", changed<python::capitalised>},
        {"swapcase", changed<python::swappedCase>},
        {"isspace", isAll<python::isSpace>},
        {"isalpha", isAll<python::isAlphabetic>},
        {"isdigit", isAll<python::isDigit>},
        {"isnumeric", isAll<python::isNumeric>},
        {"isdecimal", isAll<python::isDecimal>},
        {"isalnum", isAll<python::isAlphanumeric>},
        {"isupper", isCase<python::isUpper>},
        {"islower", isCase<python::isLower>},
        {"replace", replace},
        {"join", joinedBy},
        {"find", find<false, false>},
        {"rfind", find<true, false>},
        {"index", find<false, true>},
        {"rindex", find<true, true>},
        {"count", countOfText},
        {"center", pad<Side::Both>},
        {"ljust", pad<Side::Left>},
        {"rjust", pad<Side::Right>},
        {"zfill", zeroFill},
        {"partition", partition<false>},
        {"rpartition", partition<true>},
        {"removeprefix", removeAffix<false>},
        {"removesuffix", removeAffix<true>},
        {"format", formatMethod},
    };
    return methods;
}

Result<Value> dictionaryItems(Interpreter& interpreter, const Value& self, const Arguments&)
{
    std::vector<Value> items;
    for (const auto& [key, value] : self.dictionary().entries)
        items.push_back(Value::tuple({key, value}));
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(items.size()),
                                 static_cast<std::int64_t>(items.size() * 4 * sizeof(Value))));
    return Value::list(std::move(items));
}

Result<Value> dictionaryKeys(Interpreter& interpreter, const Value& self, const Arguments&)
{
    HILO_TRY(std::vector<Value> keys, interpreter.items(self));
    return Value::list(std::move(keys));
}

Result<Value> dictionaryValues(Interpreter&, const Value& self, const Arguments&)
{
    std::vector<Value> values;
    for (const auto& [key, value] : self.dictionary().entries)
        values.push_back(value);
    return Value::list(std::move(values));
}

Result<Value> get(Interpreter&, const Value& self, const Arguments& arguments)
{
    if (!arguments.has(0, "key"))
        return failure(templateError("get expected at least 1 argument, got 0"));
    const Value* found = self.dictionary().find(arguments.at(0, "key"));
    return found ? *found : arguments.at(1, "default");
}

Result<Value> copy(Interpreter&, const Value& self, const Arguments&)
{
    return self;
}

Result<Value> changes(Interpreter&, const Value& self, const Arguments&)
{
    return failure(templateError("the template changes a " + self.typeName() +
                                     ", which the sandbox that transformers renders templates in refuses too",
                                 "make a new one, or use a namespace"));
}

const Methods& dictionaryMethods()
{
    static const Methods methods = {{"items", dictionaryItems},
                                    {"keys", dictionaryKeys},
                                    {"values", dictionaryValues},
                                    {"get", get},
                                    {"copy", copy},
                                    {"pop", changes},
                                    {"update", changes},
                                    {"setdefault", changes},
                                    {"popitem", changes},
                                    {"clear", changes}};
    return methods;
}

Result<Value> indexOf(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    const auto& items = self.sequence().items;
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(items.size() / 8)));
    const auto found = std::find_if(items.begin(), items.end(), [wanted = arguments.at(0, "value")](const Value& item) {
        return equal(item, wanted);
    });
    if (found == items.end())
        return failure(templateError(representation(arguments.at(0, "value")) + " is not in list"));
    return Value(static_cast<std::int64_t>(found - items.begin()));
}

Result<Value> countOfItems(Interpreter& interpreter, const Value& self, const Arguments& arguments)
{
    const auto& items = self.sequence().items;
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(items.size() / 8)));
    return Value(static_cast<std::int64_t>(
        std::count_if(items.begin(), items.end(),
                      [wanted = arguments.at(0, "value")](const Value& item) { return equal(item, wanted); })));
}

const Methods& listMethods()
{
    static const Methods methods = {{"index", indexOf},  {"count", countOfItems}, {"copy", copy},
                                    {"append", changes}, {"extend", changes},     {"insert", changes},
                                    {"pop", changes},    {"remove", changes},     {"reverse", changes},
                                    {"sort", changes},   {"clear", changes}};
    return methods;
}

const Methods& tupleMethods()
{
    static const Methods methods = {{"index", indexOf}, {"count", countOfItems}};
    return methods;
}

} // namespace

std::optional<Value> methodOf(const Value& value, const std::string& name)
{
    static const Methods none;
    const Methods& methods = value.isString()                                 ? textMethods()
                             : value.isDictionary()                           ? dictionaryMethods()
                             : value.isSequence() && value.sequence().isTuple ? tupleMethods()
                             : value.isSequence()                             ? listMethods()
                                                                              : none;
    const auto found = methods.find(name);
    if (found == methods.end())
        return std::nullopt;
    return function(name, [self = value, method = found->second](Interpreter& interpreter, const Arguments& arguments) {
        return method(interpreter, self, arguments);
    });
}

} // namespace hilo::jinja
