// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/loop.h"

namespace hilo::jinja {

Result<Value> Loop::call(Interpreter& interpreter, const Arguments& arguments)
{
    if (!recursion_ || arguments.positional.size() != 1)
        return Object::call(interpreter, arguments);
    // A copy: the call may end the loop that holds it.
    const auto recursion = recursion_;
    return recursion(arguments.positional.front());
}

std::optional<Value> Loop::attribute(const std::string& name) const
{
    const auto index = static_cast<std::int64_t>(index_), size = static_cast<std::int64_t>(values_.size());
    if (name == "index")
        return Value(index + 1);
    if (name == "index0")
        return Value(index);
    if (name == "revindex")
        return Value(size - index);
    if (name == "revindex0")
        return Value(size - index - 1);
    if (name == "first")
        return Value(index == 0);
    if (name == "last")
        return Value(index + 1 == size);
    if (name == "length")
        return Value(size);
    if (name == "depth")
        return Value(depth_);
    if (name == "depth0")
        return Value(depth_ - 1);
    if (name == "previtem")
        return index > 0 ? values_[index_ - 1] : Value::undefined("there is no previous item");
    if (name == "nextitem")
        return index + 1 < size ? values_[index_ + 1] : Value::undefined("there is no next item");
    if (name == "cycle")
        return function("cycle", [index](Interpreter&, const Arguments& arguments) -> Result<Value> {
            if (arguments.positional.empty())
                return failure(templateError("no items for cycling given"));
            return arguments.positional[static_cast<std::size_t>(index) % arguments.positional.size()];
        });
    if (name == "changed")
        return function("changed", [last = last_](Interpreter&, const Arguments& arguments) -> Result<Value> {
            const Value now = Value::tuple(arguments.positional);
            const bool changed = !*last || !equal(**last, now);
            *last = now;
            return Value(changed);
        });
    return std::nullopt;
}

} // namespace hilo::jinja
