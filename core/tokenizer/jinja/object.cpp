// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/object.h"

namespace hilo::jinja {

const Value* Arguments::find(std::string_view name) const
{
    for (const auto& [key, value] : named)
        if (key == name)
            return &value;
    return nullptr;
}

Value Arguments::at(std::size_t position, std::string_view name, const Value& fallback) const
{
    if (position < positional.size())
        return positional[position];
    const Value* value = find(name);
    return value ? *value : fallback;
}

bool Arguments::has(std::size_t position, std::string_view name) const
{
    return position < positional.size() || find(name);
}

Result<Value> Object::call(Interpreter&, const Arguments&)
{
    return failure(templateError("'" + typeName() + "' object is not callable"));
}

std::optional<Value> Object::attribute(const std::string&) const
{
    return std::nullopt;
}

Value function(std::string name, Function::Body body)
{
    return Value(std::static_pointer_cast<Object>(std::make_shared<Function>(std::move(name), std::move(body))));
}

std::optional<Value> Namespace::attribute(const std::string& name) const
{
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional<Value>(found->second);
}

} // namespace hilo::jinja
