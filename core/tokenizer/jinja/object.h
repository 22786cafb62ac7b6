// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokenizer/jinja/value.h"

#include <functional>
#include <map>
#include <optional>

namespace hilo::jinja {

class Interpreter;

/// What a call passes.
struct Arguments
{
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;

    /// nullptr when it was not passed by name.
    const Value* find(std::string_view name) const;
    /// The argument at a position or of a name, else the fallback.
    Value at(std::size_t position, std::string_view name, const Value& fallback = {}) const;
    bool has(std::size_t position, std::string_view name) const;
};

class Object
{
  public:
    virtual ~Object() = default;
    virtual std::string typeName() const = 0;
    virtual bool isCallable() const { return false; }
    virtual Result<Value> call(Interpreter& interpreter, const Arguments& arguments);
    /// Nothing when there is no such attribute.
    virtual std::optional<Value> attribute(const std::string& name) const;
};

/// A function of the program.
class Function : public Object
{
  public:
    using Body = std::function<Result<Value>(Interpreter&, const Arguments&)>;
    Function(std::string name, Body body) : name_(std::move(name)), body_(std::move(body)) {}
    std::string typeName() const override { return "function"; }
    bool isCallable() const override { return true; }
    Result<Value> call(Interpreter& interpreter, const Arguments& arguments) override
    {
        return body_(interpreter, arguments);
    }

  private:
    std::string name_;
    Body body_;
};
Value function(std::string name, Function::Body body);

/// namespace(a=1): the one thing that a template may change.
class Namespace : public Object
{
  public:
    std::string typeName() const override { return "Namespace"; }
    std::optional<Value> attribute(const std::string& name) const override;
    void set(const std::string& name, Value value) { values_[name] = std::move(value); }

  private:
    std::map<std::string, Value> values_;
};

} // namespace hilo::jinja
