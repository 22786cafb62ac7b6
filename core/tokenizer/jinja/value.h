// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hilo::jinja {

class Value;

/// A Python list, or a tuple, which prints otherwise.
struct Sequence
{
    std::vector<Value> items;
    bool isTuple = false;
    int depth = 1; ///< of nesting; bounded by the interpreter, so that no value is too deep to print or to free
};

/// A Python dict in the order of insertion.
struct Dictionary
{
    std::vector<std::pair<Value, Value>> entries;
    int depth = 1;

    /// nullptr when there is none.
    const Value* find(const Value& key) const;
    const Value* find(std::string_view key) const;
    void set(const Value& key, Value value);
};

/// What a template can call or ask for attributes beside data: functions, macros, namespaces, loops.
class Object;

/// A value of a template, with Python's meaning. Data is immutable, as in the sandbox that transformers renders
/// templates in; only a namespace changes.
class Value
{
  public:
    /// A name or attribute that is not there; name says which, for messages.
    struct Undefined
    {
        std::string name;
    };
    struct None
    {
    };

    Value() : data_(None{}) {}
    Value(bool value) : data_(value) {}
    Value(std::int64_t value) : data_(value) {}
    Value(int value) : data_(std::int64_t{value}) {}
    Value(double value) : data_(value) {}
    Value(std::string value) : data_(std::make_shared<const std::string>(std::move(value))) {}
    Value(const char* value) : Value(std::string(value)) {}
    Value(std::shared_ptr<const Sequence> value) : data_(std::move(value)) {}
    Value(std::shared_ptr<const Dictionary> value) : data_(std::move(value)) {}
    Value(std::shared_ptr<Object> value) : data_(std::move(value)) {}
    static Value undefined(std::string name);
    static Value list(std::vector<Value> items);
    static Value tuple(std::vector<Value> items);
    static Value dictionary(Dictionary dictionary);
    static Value fromJson(const Json& json);

    bool isUndefined() const { return std::holds_alternative<Undefined>(data_); }
    bool isNone() const { return std::holds_alternative<None>(data_); }
    bool isBool() const { return std::holds_alternative<bool>(data_); }
    bool isInteger() const { return std::holds_alternative<std::int64_t>(data_); }
    bool isFloat() const { return std::holds_alternative<double>(data_); }
    /// An integer, a float or a bool, which counts as 0 or 1.
    bool isNumber() const { return isBool() || isInteger() || isFloat(); }
    bool isString() const { return std::holds_alternative<std::shared_ptr<const std::string>>(data_); }
    bool isSequence() const { return std::holds_alternative<std::shared_ptr<const Sequence>>(data_); }
    bool isDictionary() const { return std::holds_alternative<std::shared_ptr<const Dictionary>>(data_); }
    bool isObject() const { return std::holds_alternative<std::shared_ptr<Object>>(data_); }

    bool boolean() const { return std::get<bool>(data_); }
    std::int64_t integer() const; ///< of an integer or a bool
    double number() const;        ///< of any number
    const std::string& string() const { return *std::get<std::shared_ptr<const std::string>>(data_); }
    const Sequence& sequence() const { return *std::get<std::shared_ptr<const Sequence>>(data_); }
    const Dictionary& dictionary() const { return *std::get<std::shared_ptr<const Dictionary>>(data_); }
    const std::shared_ptr<Object>& object() const { return std::get<std::shared_ptr<Object>>(data_); }
    const std::string& undefinedName() const { return std::get<Undefined>(data_).name; }
    /// How deep lists and dicts are nested in it; 0 for everything else.
    int depth() const;

    /// A text that counts as safe HTML: what is added to it by + is escaped, as Jinja's Markup does it also where
    /// nothing else is escaped.
    static Value markup(std::string text);
    bool isMarkup() const { return isString() && markup_; }

    /// Python's bool(x).
    bool isTrue() const;
    /// "str", "int", "list", …, as Python's messages name it.
    std::string typeName() const;

  private:
    using Data =
        std::variant<Undefined, None, bool, std::int64_t, double, std::shared_ptr<const std::string>,
                     std::shared_ptr<const Sequence>, std::shared_ptr<const Dictionary>, std::shared_ptr<Object>>;
    Data data_;
    bool markup_ = false;
};

/// Python's x == y.
bool equal(const Value& a, const Value& b);
/// Python's order: negative, 0 or positive. Errors: types that have no order, as a text and a number.
Result<int> compare(const Value& a, const Value& b);

/// An error of a template, without its place, which the interpreter adds.
Error templateError(std::string message, std::string hint = {});

} // namespace hilo::jinja
