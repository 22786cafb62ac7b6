// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/macro.h"

#include <algorithm>

namespace hilo::jinja {
namespace {

class Macro : public Object
{
  public:
    Macro(const Statement& statement, const Scope& scope) : statement_(statement), scope_(scope), alive_(scope.alive())
    {
    }
    std::string typeName() const override { return "Macro"; }
    bool isCallable() const override { return true; }

    Result<Value> call(Interpreter& interpreter, const Arguments& arguments) override
    {
        if (alive_.expired())
            return failure(templateError("the macro " + statement_.text + " was defined in a block that has ended"));
        const Value* caller = arguments.find("caller");
        return interpreter.runMacro(statement_, scope_, arguments, caller);
    }

    std::optional<Value> attribute(const std::string& name) const override
    {
        if (name == "name")
            return Value(statement_.text);
        return std::nullopt;
    }

  private:
    const Statement& statement_;
    const Scope& scope_;
    std::weak_ptr<const bool> alive_;
};

} // namespace

Value makeMacro(const Statement& macro, const Scope& definedIn)
{
    return Value(std::static_pointer_cast<Object>(std::make_shared<Macro>(macro, definedIn)));
}

Status bindParameters(Interpreter& interpreter, const Statement& macro, const Arguments& arguments, Scope& scope)
{
    const std::string name = macro.text.empty() ? "caller" : macro.text;
    for (std::size_t i = 0; i < macro.parameters.size(); ++i) {
        const Parameter& parameter = macro.parameters[i];
        const Value* named = arguments.find(parameter.name);
        if (i < arguments.positional.size() && named)
            return failure(templateError("macro '" + name + "' got two values for '" + parameter.name + "'"));
        if (i < arguments.positional.size()) {
            scope.set(parameter.name, arguments.positional[i]);
        } else if (named) {
            scope.set(parameter.name, *named);
        } else if (parameter.fallback) {
            HILO_TRY(const Value value, interpreter.evaluate(*parameter.fallback, scope));
            scope.set(parameter.name, value);
        } else {
            scope.set(parameter.name, Value::undefined("parameter '" + parameter.name + "' was not provided"));
        }
    }
    std::vector<Value> rest;
    for (std::size_t i = macro.parameters.size(); i < arguments.positional.size(); ++i)
        rest.push_back(arguments.positional[i]);
    Dictionary others;
    for (const auto& [key, value] : arguments.named)
        if (key != "caller" && std::none_of(macro.parameters.begin(), macro.parameters.end(),
                                            [&key = key](const Parameter& parameter) { return parameter.name == key; }))
            others.set(Value(key), value);
    scope.set("varargs", Value::tuple(std::move(rest)));
    scope.set("kwargs", Value::dictionary(std::move(others)));
    return {};
}

} // namespace hilo::jinja
