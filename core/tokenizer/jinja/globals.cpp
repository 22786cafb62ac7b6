// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/globals.h"

#include "tokenizer/jinja/operations.h"
#include "tokenizer/jinja/printing.h"

#include <array>
#include <ctime>

namespace hilo::jinja {
namespace {

Result<Value> range(Interpreter& interpreter, const Arguments& arguments)
{
    std::array<std::int64_t, 3> bounds = {0, 0, 1};
    const std::size_t given = arguments.positional.size();
    if (given < 1 || given > 3)
        return failure(templateError("range expected 1 to 3 arguments, got " + std::to_string(given)));
    for (std::size_t i = 0; i < given; ++i) {
        const Value& value = arguments.positional[i];
        HILO_CHECK(defined(value));
        if (!value.isInteger() && !value.isBool())
            return failure(templateError("'" + value.typeName() + "' object cannot be interpreted as an integer"));
        bounds[given == 1 ? 1 : i] = value.integer();
    }
    const auto [begin, end, step] = bounds;
    if (step == 0)
        return failure(templateError("range() arg 3 must not be zero"));
    // The sandbox of transformers stops at the same number.
    constexpr std::int64_t most = 100000;
    const auto distance = static_cast<double>(step > 0 ? end : begin) - static_cast<double>(step > 0 ? begin : end);
    if (distance / std::abs(static_cast<double>(step)) > most)
        return failure(templateError("Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)."));
    std::vector<Value> values;
    for (std::int64_t at = begin; step > 0 ? at < end : at > end;) {
        values.emplace_back(at);
        if (__builtin_add_overflow(at, step, &at))
            break;
    }
    HILO_CHECK(interpreter.spend(static_cast<std::int64_t>(values.size())));
    return Value::list(std::move(values));
}

Result<Value> dictionary(Interpreter& interpreter, const Arguments& arguments)
{
    Dictionary made;
    if (!arguments.positional.empty()) {
        const Value& source = arguments.positional.front();
        if (source.isDictionary()) {
            made = source.dictionary();
        } else {
            HILO_TRY(const std::vector<Value> pairs, interpreter.items(source));
            for (const Value& pair : pairs) {
                HILO_TRY(const std::vector<Value> two, interpreter.items(pair));
                if (two.size() != 2)
                    return failure(templateError("dict() needs pairs"));
                made.set(two[0], two[1]);
            }
        }
    }
    for (const auto& [name, value] : arguments.named)
        made.set(Value(name), value);
    return Value::dictionary(std::move(made));
}

Result<Value> makeNamespace(Interpreter& interpreter, const Arguments& arguments)
{
    HILO_TRY(const Value first, dictionary(interpreter, arguments));
    const auto names = std::make_shared<Namespace>();
    for (const auto& [key, value] : first.dictionary().entries)
        names->set(text(key), value);
    return Value(std::static_pointer_cast<Object>(names));
}

class Cycler : public Object
{
  public:
    explicit Cycler(std::vector<Value> values) : values_(std::move(values)) {}
    std::string typeName() const override { return "Cycler"; }
    std::optional<Value> attribute(const std::string& name) const override
    {
        if (name == "current")
            return values_[*at_];
        if (name == "next")
            return function("next", [values = values_, at = at_](Interpreter&, const Arguments&) -> Result<Value> {
                const Value value = values[*at];
                *at = (*at + 1) % values.size();
                return value;
            });
        if (name == "reset")
            return function("reset", [at = at_](Interpreter&, const Arguments&) -> Result<Value> {
                *at = 0;
                return Value();
            });
        return std::nullopt;
    }

  private:
    std::vector<Value> values_;
    std::shared_ptr<std::size_t> at_ = std::make_shared<std::size_t>(0);
};

Result<Value> cycler(Interpreter&, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return failure(templateError("at least one item has to be provided"));
    return Value(std::static_pointer_cast<Object>(std::make_shared<Cycler>(arguments.positional)));
}

Result<Value> joiner(Interpreter&, const Arguments& arguments)
{
    const auto used = std::make_shared<bool>(false);
    const std::string separator = text(arguments.at(0, "sep", Value(", ")));
    return function("joiner", [used, separator](Interpreter&, const Arguments&) -> Result<Value> {
        return Value(std::exchange(*used, true) ? separator : "");
    });
}

Result<Value> raiseException(Interpreter&, const Arguments& arguments)
{
    return failure(templateError("the template refuses this conversation: " + text(arguments.at(0, "message"))));
}

Function::Body timeFunction(std::int64_t now)
{
    return [now](Interpreter&, const Arguments& arguments) -> Result<Value> {
        const std::string form = text(arguments.at(0, "format"));
        if (form.size() > 200)
            return failure(templateError("a format of time of more than 200 characters"));
        const auto seconds = static_cast<std::time_t>(now);
        std::tm parts{};
        gmtime_r(&seconds, &parts);
        std::array<char, 4096> buffer{};
        return Value(std::string(buffer.data(), std::strftime(buffer.data(), buffer.size(), form.c_str(), &parts)));
    };
}

} // namespace

void addGlobals(Scope& scope, std::int64_t now)
{
    scope.set("range", function("range", range));
    scope.set("dict", function("dict", dictionary));
    scope.set("namespace", function("namespace", makeNamespace));
    scope.set("cycler", function("cycler", cycler));
    scope.set("joiner", function("joiner", joiner));
    scope.set("raise_exception", function("raise_exception", raiseException));
    scope.set("strftime_now", function("strftime_now", timeFunction(now)));
}

} // namespace hilo::jinja
