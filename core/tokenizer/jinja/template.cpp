// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/template.h"

#include "tokenizer/jinja/globals.h"
#include "tokenizer/jinja/parser.h"

#include <algorithm>

namespace hilo::jinja {
namespace {

constexpr std::size_t mostBytes = std::size_t{4} << 20;

bool hasGeneration(const Statements& statements)
{
    return std::any_of(statements.begin(), statements.end(), [](const auto& statement) {
        return statement->kind == Statement::Kind::Generation || hasGeneration(statement->body) ||
               hasGeneration(statement->otherwise);
    });
}

} // namespace

Result<Template> Template::parse(std::string_view source)
{
    if (source.size() > mostBytes)
        return failure(templateError("the template has more than 4 MiB"));
    HILO_TRY(Statements statements, jinja::parse(source));
    Template made;
    made.marksGeneration_ = hasGeneration(statements);
    made.statements_ = std::make_shared<const Statements>(std::move(statements));
    return made;
}

Result<Rendered> Template::render(const Json& names, std::int64_t now, const Limits& limits) const
{
    Scope globals;
    addGlobals(globals, now);
    Scope given(&globals);
    for (const auto& [name, value] : names.items())
        given.set(name, Value::fromJson(value));
    Interpreter interpreter(limits, given);
    HILO_CHECK(interpreter.run(*statements_));
    return Rendered{interpreter.output(), interpreter.generated()};
}

} // namespace hilo::jinja
